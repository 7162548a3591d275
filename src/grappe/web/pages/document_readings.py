"""Reading documents: upload one, go through its proposals beside its lines, store what was accepted."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_POST

from grappe.actions.accept_proposals import Accepted
from grappe.actions.decide_proposals import decide_proposals
from grappe.actions.drop_reading import drop_reading
from grappe.actions.edit_proposal import edit_proposal
from grappe.actions.keep_reading import ReadTerms, check_size, check_terms, keep_reading
from grappe.actions.reopen_reading import reopen_reading
from grappe.actions.store_reading import store_reading
from grappe.census.reading import Change, Step
from grappe.census.reading.document import FORMS, read_bytes
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.domain.roles import Capability, may_somewhere
from grappe.queries import readings as queries
from grappe.queries.document_proposals import propose
from grappe.queries.readings import ReadingView
from grappe.web.jinja import language
from grappe.web.pages.event_forms import SeeOther, see_other, seen
from grappe.web.pages.signed_in import grants_of, needs, show_form

FORM_SUFFIXES = ",".join(FORMS)


@needs(Capability.ENTER_FACTS, somewhere=True)
def readings(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """My readings, and the form that reads another document."""
    if request.method != "POST":
        return _readings(request, by, {"language": language()})
    given = {name: request.POST.get(name, "").strip() for name in ("source", "title", "edition", "encoding")}
    given["language"] = request.POST.get("language", "")
    try:
        number = _read(request, ReadTerms(**given), by)
    except GrappeError as error:
        return _readings(request, by, given, error)
    return see_other("reading", number)


def _read(request: HttpRequest, terms: ReadTerms, by: Actor) -> int:
    check_terms(terms)
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        raise BadChoice("reading_file")
    if not sent.name.lower().endswith(FORMS):
        raise BadChoice("unreadable_form", path=sent.name, accepted=", ".join(FORMS))
    check_size(sent.name, sent.size or 0)
    content = sent.read()
    document = read_bytes(content, sent.name, terms.encoding or None)
    check_size(sent.name, len(content), len(document.lines))
    found = propose(document, terms.source, terms.edition or None)
    return keep_reading(
        found.reading, found.differences, content, terms, edition=found.edition, by=by, at=datetime.now(UTC)
    )


def _readings(
    request: HttpRequest, by: Actor, given: dict[str, str], error: GrappeError | None = None
) -> HttpResponse:
    rows = queries.list_readings(by)
    return show_form(
        request, "reading/list.html", error, rows=rows, given=given, suffixes=FORM_SUFFIXES, forms=FORMS
    )


def view_of(query: QueryDict) -> ReadingView:
    """What the address asks to see.

    Raises
    ------
    BadChoice
        If a step, a change or a number is none.
    """
    change, step = query.get("change", ""), query.get("step", "")
    if change and change not in tuple(Change):
        raise BadChoice(name="change", value=change, accepted=", ".join(Change))
    if step and step not in tuple(Step):
        raise BadChoice(name="step", value=step, accepted=", ".join(Step))
    return ReadingView(
        sheet=query.get("sheet", ""),
        change=change,
        step=step,
        start=_number(query, "from") if query.get("from") else 0,
        page=_number(query, "page"),
        edit=query.get("edit", ""),
    )


def _number(query: QueryDict, name: str) -> int:
    text = query.get(name) or "1"
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise BadChoice(name=name, value=text, accepted="1, 2, 3…")
    return int(text)


@needs(Capability.ENTER_FACTS, somewhere=True)
def reading(request: HttpRequest, *, by: Actor, reading: int) -> HttpResponse:
    """The document at one side, its proposals at the other."""
    return _reading(request, by, reading, view_of(request.GET))


def _reading(
    request: HttpRequest,
    by: Actor,
    number: int,
    view: ReadingView,
    error: GrappeError | None = None,
    **context: Any,
) -> HttpResponse:
    row = queries.find_reading(number, by)
    head = queries.reading_head(row)
    part = queries.reading_part(row, view) if head["state"] != "dropped" else None
    return show_form(
        request, "reading/reading.html", error, head=head, part=part, view=view,
        query=_Query(number, view), may_store=may_somewhere(grants_of(request), Capability.DECIDE_FACTS),
        changes=list(Change), steps=list(Step), **context,
    )  # fmt: skip


class _Query:
    """Addresses of the same reading under another view."""

    def __init__(self, number: int, view: ReadingView) -> None:
        self.here = reverse("reading", args=(language(), number))
        self.view = view

    @property
    def text(self) -> str:
        """The query of the present view, with its question mark."""
        return self.with_().removeprefix(self.here)

    def with_(self, **changes: object) -> str:
        """The address with some parts changed; an empty value leaves a part out."""
        view = self.view
        parts: dict[str, object] = {
            "sheet": view.sheet, "change": view.change, "step": view.step,
            "from": view.start or "", "page": view.page if view.page > 1 else "",
        }  # fmt: skip
        parts |= {key.rstrip("_"): value for key, value in changes.items()}
        query = urlencode({key: value for key, value in parts.items() if value})
        return f"{self.here}?{query}" if query else self.here


@needs(Capability.ENTER_FACTS, somewhere=True)
def leftovers(request: HttpRequest, *, by: Actor, reading: int) -> HttpResponse:
    """Lines that no rule understood."""
    row = queries.find_reading(reading, by)
    part = queries.leftovers_page(row, _number(request.GET, "page"))
    return show_form(request, "reading/leftovers.html", head=queries.reading_head(row), part=part)


@needs(Capability.ENTER_FACTS, somewhere=True)
def proposals_file(request: HttpRequest, *, by: Actor, reading: int) -> HttpResponse:
    """The reading as a file that `grappe read --accept` takes."""
    row = queries.find_reading(reading, by)
    name = f"proposals-{row.source}-{row.pk}.yml"
    answer = HttpResponse(queries.reading_file(row, name), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@needs(Capability.ENTER_FACTS, somewhere=True)
def decide(request: HttpRequest, *, by: Actor, reading: int) -> HttpResponse:
    """Accept, reject or leave open again one proposal, or a sheet."""
    post, at = request.POST, datetime.now(UTC)
    view = view_of(request.GET)
    for deed, step in (("accept", Step.ACCEPTED), ("reject", Step.REJECTED), ("undo", Step.PROPOSED)):
        if code := post.get(deed):
            what: dict[str, Any] = {"codes": [code]}
            goal = f"#{code}"
        elif sheet := post.get(f"{deed}_sheet"):
            what, goal = {"sheet": sheet}, f"#sheet-{sheet}"
        else:
            continue
        try:
            decide_proposals(reading, step, **what, by=by, at=at, seen=seen(request))
        except GrappeError as error:
            return _reading(request, by, reading, view, error, refused_at="decide")
        return SeeOther(_Query(reading, view).with_() + goal)
    raise BadChoice(name="deed", value="", accepted="accept, reject, undo")


@require_POST
@needs(Capability.ENTER_FACTS, somewhere=True)
def edit(request: HttpRequest, *, by: Actor, reading: int, code: str) -> HttpResponse:
    """Correct a proposal, and accept it so."""
    post = request.POST
    view = view_of(request.GET)
    given = {name: post.get(name, "") for name in ("entity", "field", "value", "of")}
    try:
        edit_proposal(reading, code, **given, by=by, at=datetime.now(UTC), seen=seen(request))
    except GrappeError as error:
        again = ReadingView(view.sheet, view.change, view.step, view.start, view.page, code)
        return _reading(request, by, reading, again, error, refused_at="edit", given=given)
    return SeeOther(_Query(reading, view).with_() + f"#{code}")


@require_POST
@needs(Capability.ENTER_FACTS, somewhere=True)
def change_state(request: HttpRequest, *, by: Actor, reading: int) -> HttpResponse:
    """Store what was accepted, open the reading again, or give it up."""
    post, at = request.POST, datetime.now(UTC)
    view = view_of(request.GET)
    deed = post.get("deed", "")
    given = {name: post.get(name, "").strip() for name in ("title", "edition")}
    try:
        match deed:
            case "store":
                done = store_reading(reading, **given, by=by, at=at, seen=seen(request))
                return SeeOther(_stored_address(reading, done))
            case "reopen":
                reopen_reading(reading, by=by, at=at, seen=seen(request))
            case "drop":
                drop_reading(reading, by=by, at=at, seen=seen(request))
                return see_other("readings")
            case _:
                raise BadChoice(name="deed", value=deed, accepted="store, reopen, drop")
    except GrappeError as error:
        return _reading(request, by, reading, view, error, refused_at="store", given=given)
    return see_other("reading", reading)


def _stored_address(reading: int, done: Accepted) -> str:
    return f"{reverse('reading', args=(language(), reading))}?stored={done.accepted}#store"
