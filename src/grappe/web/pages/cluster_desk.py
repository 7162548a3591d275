"""The desk of a cluster: its collaborative projects, the start-ups that it supports, figures."""

from datetime import UTC, date, datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from grappe.actions.save_project import save_project, save_start_up_case
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.domain.fold import fold
from grappe.policy.project_stages import (
    BENEFITS,
    STAGE_MOVES,
    SUPPORT_STEPS,
    CaseContent,
    ProjectContent,
    Stage,
    SupportStep,
)
from grappe.present import label_tables
from grappe.present.plain import Plain
from grappe.queries import cluster_desk as queries
from grappe.queries import labels
from grappe.web.jinja import language
from grappe.web.pages.call_forms import amount_of, seen_version
from grappe.web.pages.event_forms import choice, see_other
from grappe.web.pages.labels import day_of
from grappe.web.pages.signed_in import show_form, signed_in
from grappe.web.pages.workbook import workbook

NEW = "new_one"
"""Part of an address that no project or case can bear: keys have no underscore."""
EMPTY_STEPS = 3
"""Empty lines for steps below those filled."""


@signed_in
def desks(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """All that somebody follows: own clusters, projects, start-ups, figures."""
    return show_form(request, "labels/desks.html", found=queries.followed(by))


@signed_in
def desks_sheet(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, "projects-and-start-ups", queries.followed(by))


@signed_in
def desk(request: HttpRequest, *, by: Actor, cluster: str) -> HttpResponse:
    """Projects, start-ups and figures of one cluster."""
    return show_form(request, "labels/desk.html", desk=queries.desk(cluster, by))


@signed_in
def sheet(request: HttpRequest, *, by: Actor, cluster: str) -> HttpResponse:
    """The same as a workbook."""
    return _sheet(request, f"desk-{cluster}", queries.desk(cluster, by))


@signed_in
def project(request: HttpRequest, *, by: Actor, cluster: str, key: str) -> HttpResponse:
    """A project as it stands, with its savings; who speaks for the cluster saves it anew."""
    page = queries.desk(cluster, by)
    new = key == NEW
    if not new:
        queries.belongs(key, cluster)
    savings = [] if new else labels.project_savings(key)
    now = savings[-1] if savings else None
    stages = [Stage(now["stage"]), *sorted(STAGE_MOVES[Stage(now["stage"])])] if now else list(Stage)

    def form(error: GrappeError | None = None) -> HttpResponse:
        return show_form(
            request,
            "labels/project.html",
            error,
            desk=page,
            key=key,
            new=new,
            now=now,
            savings=savings,
            stages=[one for one in Stage if one in stages],
            given=request.POST if error is not None else _given_project(now),
        )

    if request.method != "POST":
        return form()
    try:
        saved = save_project(
            _key(request.POST, "title") if new else key,
            _project(request),
            cluster=cluster,
            cluster_name=page["name"],
            country=page["country"],
            contract=request.POST.get("contract", "").strip() or None,
            by=by,
            at=datetime.now(UTC),
            seen=0 if new else seen_version(request),
        )
    except GrappeError as error:
        return form(error)
    return see_other("desk-project", cluster, saved.key)


@signed_in
def start_up(request: HttpRequest, *, by: Actor, cluster: str, key: str) -> HttpResponse:
    """The support to a start-up as it stands, with its savings."""
    page = queries.desk(cluster, by)
    new = key == NEW
    if not new:
        queries.belongs(key, cluster, start_up=True)
    savings = [] if new else labels.case_savings(key)
    now = savings[-1] if savings else None
    given_labels = [
        one
        for one in labels.list_labels(datetime.now(UTC).date(), receiver=None)
        if one["giver"] == cluster and one["receiver_kind"] == "startup"
    ]

    def form(error: GrappeError | None = None) -> HttpResponse:
        filled = _typed_steps(request.POST) if error is not None else (now["steps"] if now else [])
        return show_form(
            request,
            "labels/start_up.html",
            error,
            desk=page,
            key=key,
            new=new,
            now=now,
            savings=savings,
            given=request.POST if error is not None else _given_case(now),
            chosen=request.POST.getlist("benefits")
            if error is not None
            else (now["benefits"] if now else []),
            steps=[*filled, *({"step": "", "on": "", "note": ""},) * EMPTY_STEPS],
            pathway=SUPPORT_STEPS,
            benefits=BENEFITS,
            labels=given_labels,
        )

    if request.method != "POST":
        return form()
    try:
        number = request.POST.get("label", "")
        saved = save_start_up_case(
            _key(request.POST, "startup") if new else key,
            _case(request),
            cluster=cluster,
            cluster_name=page["name"],
            country=page["country"],
            label=int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else None,
            by=by,
            at=datetime.now(UTC),
            seen=0 if new else seen_version(request),
        )
    except GrappeError as error:
        return form(error)
    return see_other("desk-start-up", cluster, saved.key)


def _sheet(request: HttpRequest, name: str, found: Plain) -> HttpResponse:
    tables = {
        _("Collaborative projects"): label_tables.project_rows(found["projects"], language()),
        _("Start-ups"): label_tables.case_rows(found["start_ups"], language()),
        _("Figures per cluster"): label_tables.figure_rows(found["figures"], language()),
    }
    title = _("Projects and start-ups of clusters")
    return workbook(request, name, title, tables, on=datetime.now(UTC).date().isoformat())


def _key(post: QueryDict, name: str) -> str:
    """The id that was typed, or one made of the title: letters and digits of its plain spelling."""
    typed = post.get("key", "").strip()
    if typed:
        return typed
    plain = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(post.get(name, "")))
    return "-".join(plain.split())[:60].strip("-")


def _lines(post: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in post.get(name, "").splitlines() if line.strip())


def _currency(post: QueryDict) -> str:
    return post.get("currency", "").strip().upper()


def _project(request: HttpRequest) -> ProjectContent:
    post = request.POST
    return ProjectContent(
        title=post.get("title", ""),
        lead=post.get("lead", "").strip(),
        partners=_lines(post, "partners"),
        stage=choice(post, "stage", Stage),
        laboratory=post.get("laboratory", ""),
        funder=post.get("funder", ""),
        label=post.get("label", ""),
        amount=amount_of(post, "amount"),
        currency=_currency(post) if post.get("amount", "").strip() else "",
        result=post.get("result", ""),
        start=day_of(request, "start"),
        end=day_of(request, "end"),
    )


def _case(request: HttpRequest) -> CaseContent:
    post = request.POST
    sought: Decimal | None = amount_of(post, "sought")
    obtained: Decimal | None = amount_of(post, "obtained")
    return CaseContent(
        startup=post.get("startup", ""),
        steps=tuple(
            SupportStep(one["step"], _step_day(one), one["note"])
            for one in _typed_steps(post)
            if one["step"] or one["on"] or one["note"]
        ),
        fairs=_lines(post, "fairs"),
        sought=sought,
        obtained=obtained,
        currency=_currency(post) if sought is not None or obtained is not None else "",
        funder=post.get("funder", ""),
        benefits=tuple(post.getlist("benefits")),
    )


def _typed_steps(post: QueryDict) -> list[dict[str, str]]:
    """Lines of steps as they were typed, empty ones left out."""
    columns = [post.getlist(name) for name in ("step", "step-on", "step-note")]
    rows = [dict(zip(("step", "on", "note"), row, strict=True)) for row in zip(*columns, strict=False)]
    return [one for one in rows if any(value.strip() for value in one.values())]


def _step_day(one: dict[str, str]) -> date:
    try:
        return date.fromisoformat(one["on"])
    except ValueError:
        raise BadChoice(name="on", value=one["on"], accepted="2027-03-01") from None


def _given_project(now: Plain | None) -> dict[str, object]:
    """What fills the form: the last saving."""
    if now is None:
        return {}
    return {name: value for name, value in now.items() if value is not None} | {
        "partners": "\n".join(now["partners"])
    }


def _given_case(now: Plain | None) -> dict[str, object]:
    if now is None:
        return {}
    filled = {name: value for name, value in now.items() if value is not None}
    return filled | {"fairs": "\n".join(now["fairs"]), "label": now["label_id"] or ""}
