"""The register of labels: kinds, labels granted, who awaits another's; granting and ending one."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from grappe.actions.grant_label import LabelContent, end_label, grant_label
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError, UnknownThing
from grappe.domain.roles import Grant, may, may_somewhere
from grappe.policy.label_register import LABEL_RULES, Giver, LabelKind, LabelRule, right_to_give
from grappe.policy.labels import labels as kinds_of_labels
from grappe.present import label_tables
from grappe.present.plain import Plain
from grappe.queries import labels as queries
from grappe.queries import navigation
from grappe.queries.applications import clusters_of
from grappe.queries.cluster_desk import country_of
from grappe.queries.clusters import list_clusters
from grappe.queries.filters import COUNTRIES, cluster_filter
from grappe.queries.moment import moment
from grappe.web.jinja import language
from grappe.web.pages.call_forms import seen_version
from grappe.web.pages.event_forms import see_other
from grappe.web.pages.render import one_of, show, when_of
from grappe.web.pages.signed_in import by_of, grants_of, show_form, signed_in
from grappe.web.pages.workbook import workbook
from grappe.web.reader import reader


def labels(request: HttpRequest) -> HttpResponse:
    """Kinds with their law, labels granted, and clusters between two authorities."""
    when = when_of(request)
    kind, country = _chosen(request)
    found = queries.labels(when, kind=kind, country=country)
    grants = grants_of(request)
    for one in found["labels"]:
        one["may_end"] = one["state"] != "ended" and may_give(grants, one)
    ids = {one["authority"] for one in found["register"]}
    ids |= {id for one in found["labels"] for id in (one["giver"], one["receiver"])}
    ids |= {id for one in found["awaiting"] for id in (one["cluster"], one["received_by"], one["awaits"])}
    return show(
        request,
        "labels/register.html",
        when,
        found=found,
        kind=kind,
        kinds=list(LabelKind),
        country=country,
        countries=COUNTRIES,
        grants=[one for one in LabelKind if may_give_kind(grants, LABEL_RULES[one])],
        mine=clusters_of(by_of(request)) if reader(request) is not None else {},
        named=navigation.named(ids),
        givers={
            one.giver_id: one.giver[language()]
            for one in kinds_of_labels().values()
            if one.giver_id is not None
        },
    )


def sheet(request: HttpRequest) -> HttpResponse:
    """The register as a workbook."""
    kind, country = _chosen(request)
    found = queries.labels(when_of(request), kind=kind, country=country)
    tables = {
        _("Kinds of labels"): label_tables.kind_rows(found["register"], language()),
        _("Labels granted"): label_tables.label_rows(found["labels"], language()),
        _("Between two authorities"): label_tables.awaiting_rows(found["awaiting"], language()),
    }
    return workbook(request, "labels", _("Register of labels"), tables, on=found["on"])


@signed_in
def grant(request: HttpRequest, *, by: Actor, kind: str) -> HttpResponse:
    """Grant a label of one kind, by the rule of that kind."""
    if kind not in tuple(LabelKind):
        raise UnknownThing(kind="label", id=kind)
    code = LabelKind(kind)
    rule = LABEL_RULES[code]
    mine = clusters_of(by)

    def form(error: GrappeError | None = None) -> HttpResponse:
        rows = list_clusters(cluster_filter({"scope": ["all"]}), moment(None, None))
        return show_form(
            request,
            "labels/grant.html",
            error,
            kind=kind,
            rule=rule,
            register=next(one for one in queries.label_register() if one["kind"] == kind),
            given=request.POST,
            mine=mine,
            clusters=[one for one in rows if rule.country is None or one["country"] == rule.country],
            countries=COUNTRIES,
            named=navigation.named([rule.authority or ""]),
            cards=navigation.source_cards(),
        )

    if request.method != "POST":
        return form()
    try:
        grant_label(_content(request, code, rule, mine), by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return form(error)
    return see_other("labels", at="#granted")


@signed_in
def end(request: HttpRequest, *, by: Actor, number: int) -> HttpResponse:
    """End a label, with a reason."""
    found = queries.label(number, datetime.now(UTC).date())

    def form(error: GrappeError | None = None) -> HttpResponse:
        return show_form(request, "labels/end.html", error, one=found, given=request.POST)

    if request.method != "POST":
        return form()
    try:
        end_label(
            number,
            request.POST.get("why", ""),
            end=day_of(request, "end"),
            by=by,
            at=datetime.now(UTC),
            seen=seen_version(request),
        )
    except GrappeError as error:
        return form(error)
    return see_other("labels", at="#granted")


def may_give(grants: Iterable[Grant], one: Plain) -> bool:
    """Tell whether somebody acts for the giver of a label."""
    capability, scope = right_to_give(LABEL_RULES[LabelKind(one["kind"])].giver, one["giver"], one["country"])
    return may(grants, capability, scope)


def may_give_kind(grants: Iterable[Grant], rule: LabelRule) -> bool:
    """Tell whether somebody acts for a giver of this kind at all."""
    held = tuple(grants)
    if rule.giver is Giver.AUTHORITY and rule.country is not None:
        return may(held, *right_to_give(rule.giver, "", rule.country))
    # The id only fills the question: over which one the right is held is asked when the label is given.
    return may_somewhere(held, right_to_give(rule.giver, "any", rule.country or "any")[0])


def day_of(request: HttpRequest, name: str) -> date | None:
    """A day of a form; nothing if it is left empty.

    Raises
    ------
    BadChoice
        If something else stands there.
    """
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadChoice(name=name, value=text, accepted="2027-03-01") from None


def _chosen(request: HttpRequest) -> tuple[str | None, str | None]:
    return one_of(request, "kind", LabelKind), one_of(request, "country", COUNTRIES)


def _content(request: HttpRequest, kind: LabelKind, rule: LabelRule, mine: Plain) -> LabelContent:
    post = request.POST
    start = day_of(request, "start")
    if start is None:
        raise BadChoice(name="start", value="", accepted="2027-03-01")
    giver, receiver = post.get("giver", "").strip(), post.get("receiver", "").strip() or None
    giver_name, receiver_name = post.get("giver_name", "").strip(), post.get("receiver_name", "").strip()
    country = rule.country or post.get("country", "")
    if rule.authority is not None:
        giver = rule.authority
    if rule.giver is Giver.CLUSTER:
        giver_name, country = str(mine.get(giver) or giver), country_of(giver)
    names = navigation.named([giver, receiver or ""])
    if receiver is not None and receiver not in names:
        raise UnknownThing(kind="cluster", id=receiver)
    return LabelContent(
        kind=kind,
        country=country,
        giver=giver,
        giver_name=giver_name or str((names.get(giver) or {}).get("name") or "") or _printed_giver(giver),
        receiver=receiver,
        receiver_name=receiver_name or str((names.get(receiver or "") or {}).get("name") or ""),
        start=start,
        end=day_of(request, "end"),
        why=post.get("why", ""),
        contract=post.get("contract", "").strip() or None,
    )


def _printed_giver(id: str) -> str:
    """Name of an authority that the census does not hold, as the list of kinds has it; names are French."""
    return next((one.giver["fr"] for one in kinds_of_labels().values() if one.giver_id == id), "")
