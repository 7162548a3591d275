"""Readings of documents: the list for a person, and a page of one with its lines beside its proposals."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q

from grappe.census.reading.proposal import Step
from grappe.census.reading.proposals_file import proposals_text
from grappe.census.reading.reading_states import ReadingState
from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.domain.field import FieldType, declaration
from grappe.domain.roles import Capability, may_somewhere
from grappe.present.plain import Plain
from grappe.queries.navigation import named
from grappe.store.grants import held_by
from grappe.store.models import DocumentReading, ReadProposal, Source
from grappe.store.readings import check_may_handle

WINDOW_LINES = 90
"""Lines of the document that stand on one page, at most."""
WINDOW_PROPOSALS = 150
"""Proposals beside them, unless one line alone has more."""
AROUND = 2
"""Lines shown before and after those that a sheet rests on."""
LONGEST_SHOWN = 2_000
"""Characters of a line that are shown; a paragraph of a study has fewer."""
LEFT_OVER_PAGE = 100
"""Lines left over that one page lists."""


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What a person looks at: a sheet, or what stands to the census and to people in some way, or a place.

    `start` is a line of the document, 0 for the first page with something to decide; `page`
    counts parts of a long list from one; `edit` is the proposal whose form is open.
    """

    sheet: str = ""
    change: str = ""
    step: str = ""
    start: int = 0
    page: int = 1
    edit: str = ""

    @property
    def filtered(self) -> bool:
        """Whether it shows a choice of proposals, and not the document from one line on."""
        return bool(self.sheet or self.change or self.step)


def list_readings(by: Actor) -> list[Plain]:
    """Readings that a person may go through, the newest first, each with its progress."""
    rows = DocumentReading.objects.defer("content", "lines", "leftovers")
    if not may_somewhere(held_by(by), Capability.DECIDE_FACTS):
        rows = rows.filter(owner_id=by.account)
    steps: dict[int, Counter[str]] = defaultdict(Counter)
    counted = ReadProposal.objects.values_list("reading_id", "step").annotate(count=Count("id")).order_by()
    for reading, step, count in counted:
        steps[reading][step] = count
    return [
        {**_head(row), "mine": row.owner_id is not None and row.owner_id == by.account,
         **_progress(steps[row.pk])}
        for row in rows
    ]  # fmt: skip


def find_reading(reading: int, by: Actor) -> DocumentReading:
    """The row of a reading.

    Raises
    ------
    UnknownThing
        If there is none, or it is not for this person.
    """
    row = DocumentReading.objects.defer("content").filter(pk=reading).first()
    if row is None:
        raise UnknownThing("unknown_reading", id=reading)
    check_may_handle(row, by)
    return row


def _head(row: DocumentReading) -> Plain:
    return {
        "id": row.pk,
        "document": row.document,
        "form": row.form,
        "source": row.source,
        "title": row.title,
        "edition": row.edition,
        "language": row.language,
        "state": row.state,
        "version": row.version,
        "made_by": row.made_by,
        "made_at": row.made_at,
        "changed_by": row.changed_by,
        "changed_at": row.changed_at,
    }


def _progress(steps: Counter[str]) -> Plain:
    total = sum(steps.values())
    return {
        "total": total,
        "decided": total - steps[Step.PROPOSED],
        **{str(step): steps[step] for step in Step},
    }


def reading_head(row: DocumentReading) -> Plain:
    """What stands above every page of a reading: its terms, progress, sheets and counts."""
    counts = row.proposals.order_by().values_list("step", "change").annotate(count=Count("id"))
    steps: Counter[str] = Counter()
    changes: Counter[str] = Counter()
    for step, change, count in counts:
        steps[step] += count
        changes[change] += count
    return {
        **_head(row),
        **_progress(steps),
        "changes": dict(changes),
        "known_source": Source.objects.filter(id=row.source).exists(),
        "open": row.state == ReadingState.OPEN,
        "leftovers": len(row.leftovers),
        "lines": len(row.lines),
        "sheets": _sheets(row),
    }


def _sheets(row: DocumentReading) -> list[Plain]:
    """Sheets in the order of the document, each with its name and how far it is."""
    rows = (
        row.proposals.order_by()
        .values("sheet")
        .annotate(first=Min("place"), total=Count("id"), left=Count("id", filter=Q(step=str(Step.PROPOSED))))
        .order_by("first")
    )
    found = list(rows)
    names = _names(row, {one["sheet"] for one in found})
    return [
        {"id": one["sheet"], "name": names.get(one["sheet"], one["sheet"]), "total": one["total"],
         "left": one["left"]}
        for one in found
    ]  # fmt: skip


def _names(row: DocumentReading, ids: set[str]) -> dict[str, str]:
    """Names of entities: those of the census, then those that the reading proposes."""
    names: dict[str, str] = {}
    contents = row.proposals.filter(content__field__in=("name", "craft")).values_list("content", flat=True)
    for content in contents:
        if content["entity"] in ids and content["field"] == declaration(Kind(content["kind"])).caption:
            names.setdefault(content["entity"], str(content["value"]))
    names |= {id: found["name"] for id, found in named(ids).items() if found["name"]}
    return names


def reading_part(row: DocumentReading, view: ReadingView) -> Plain:
    """Lines of the document with their use, and the proposals that rest on them, for one view.

    Raises
    ------
    BadChoice
        If the view asks for a sheet, a step or a change that there is not.
    """
    if view.filtered:
        chosen, pages = _chosen(row, view)
        runs = _runs(row, {line for one in chosen for line in lines_of(one)})
        page = min(view.page, pages)
        windows: list[int] = []
        at = 0
    else:
        windows = _windows(row)
        start = view.start or _first_open(row)
        at = max(i for i, first in enumerate(windows) if first <= start)
        first = windows[at]
        last = windows[at + 1] - 1 if at + 1 < len(windows) else len(row.lines)
        chosen = list(row.proposals.filter(line__gte=first, line__lte=last))
        runs = [(first, last)] if last >= first else []
        page = pages = 1
    on_line: dict[int, list[str]] = defaultdict(list)
    for one in chosen:
        for line in lines_of(one):
            on_line[line].append(one.code)
    return {
        "runs": [_run(row, first, last, on_line) for first, last in runs],
        "groups": _groups(row, chosen, view.edit),
        "shown": len(chosen),
        "page": page,
        "pages": pages,
        "windows": [
            {"first": first, "last": (windows[i + 1] - 1 if i + 1 < len(windows) else len(row.lines))}
            for i, first in enumerate(windows)
        ],
        "at": at,
    }


def lines_of(one: ReadProposal) -> Sequence[int]:
    """Lines that a proposal rests on."""
    found = one.content.get("line", [])
    return found if isinstance(found, list) else [found]


def _first_open(row: DocumentReading) -> int:
    found = row.proposals.filter(step=str(Step.PROPOSED)).aggregate(line=Min("line"))["line"]
    return found or 1


def _chosen(row: DocumentReading, view: ReadingView) -> tuple[list[ReadProposal], int]:
    rows = row.proposals.all()
    if view.sheet:
        rows = rows.filter(sheet=view.sheet)
        if not rows.exists():
            raise BadChoice("no_such_sheet", value=view.sheet)
    if view.change:
        rows = rows.filter(change=view.change)
    if view.step:
        rows = rows.filter(step=view.step)
    pages = max(1, -(-rows.count() // WINDOW_PROPOSALS))
    page = min(view.page, pages)
    return list(rows[(page - 1) * WINDOW_PROPOSALS : page * WINDOW_PROPOSALS]), pages


def _runs(row: DocumentReading, cited: set[int]) -> list[tuple[int, int]]:
    """Stretches of lines around those cited; two that touch are one."""
    runs: list[tuple[int, int]] = []
    for line in sorted(cited):
        first, last = max(1, line - AROUND), min(len(row.lines), line + AROUND)
        if runs and first <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return runs


def _windows(row: DocumentReading) -> list[int]:
    """First lines of the pages of a document: few lines, and few proposals beside them."""
    counts = Counter(row.proposals.order_by().values_list("line", flat=True))
    starts, lines, proposals = [1], 0, 0
    for number in range(1, len(row.lines) + 1):
        more = counts[number]
        if lines and (lines >= WINDOW_LINES or proposals + more > WINDOW_PROPOSALS):
            starts.append(number)
            lines = proposals = 0
        lines += 1
        proposals += more
    return starts


def _run(row: DocumentReading, first: int, last: int, on_line: dict[int, list[str]]) -> Plain:
    lines = []
    for number, (text, locator, use) in enumerate(row.lines[first - 1 : last], first):
        lines.append(
            {
                "number": number,
                "text": text[:LONGEST_SHOWN].replace("\t", " │ "),
                "locator": locator,
                "use": use,
                "codes": on_line.get(number, []),
            }
        )
    return {"first": first, "last": last, "lines": lines}


def _groups(row: DocumentReading, chosen: Iterable[ReadProposal], edit: str) -> list[Plain]:
    """Proposals by sheet and, in a sheet, by what they speak of."""
    rows = list(chosen)
    ids = {one.sheet for one in rows} | {one.content["entity"] for one in rows}
    for one in rows:
        ids.update(_referred(one.content))
    names = _names(row, ids)
    totals = {
        sheet: (total, left)
        for sheet, total, left in row.proposals.order_by()
        .filter(sheet__in={one.sheet for one in rows})
        .values_list("sheet")
        .annotate(total=Count("id"), left=Count("id", filter=Q(step=str(Step.PROPOSED))))
    }
    groups: dict[str, Plain] = {}
    for one in rows:
        group = groups.setdefault(
            one.sheet,
            {"id": one.sheet, "name": names.get(one.sheet, one.sheet), "entities": {},
             "total": totals[one.sheet][0], "left": totals[one.sheet][1]},
        )  # fmt: skip
        content = one.content
        entity = group["entities"].setdefault(
            content["entity"],
            {"id": content["entity"], "kind": content["kind"], "known": content.get("known", False),
             "name": names.get(content["entity"]), "rows": []},
        )  # fmt: skip
        entity["rows"].append(
            {
                **content,
                "code": one.code,
                "step": one.step,
                "change": one.change,
                "read": one.read,
                "decided_by": one.decided_by,
                "names": {id: names[id] for id in _referred(content) if id in names},
                "editing": _form(content) if one.code == edit else None,
            }
        )
    return [{**group, "entities": list(group["entities"].values())} for group in groups.values()]


def _referred(content: Plain) -> list[str]:
    field = declaration(Kind(content["kind"])).fields.get(content["field"])
    if field is None or field.type not in (FieldType.REF, FieldType.PLACES):
        return []
    value = content["value"]
    return [str(part) for part in value] if isinstance(value, list) else [str(value)]


def _form(content: Plain) -> Plain:
    """What the form of a correction offers: fields of the kind, and the codes where there is a list."""
    fields = declaration(Kind(content["kind"])).fields
    field = fields[content["field"]]
    value = content["value"]
    counted = field.vocabulary if field.type is FieldType.FIGURE else None
    return {
        "fields": list(fields),
        "vocabulary": field.vocabulary if field.type is FieldType.TAG else None,
        "counted": counted,
        "type": str(field.type),
        "value": ", ".join(map(str, value)) if isinstance(value, list) else _plain_text(value),
        "of": content.get("attributes", {}).get("of", ""),
    }


def _plain_text(value: Any) -> str:
    return "yes" if value is True else str(value)


def leftovers_page(row: DocumentReading, page: int) -> Plain:
    """Lines that were not understood, in their order, a page of them."""
    pages = max(1, -(-len(row.leftovers) // LEFT_OVER_PAGE))
    page = min(page, pages)
    return {
        "rows": row.leftovers[(page - 1) * LEFT_OVER_PAGE : page * LEFT_OVER_PAGE],
        "page": page,
        "pages": pages,
        "total": len(row.leftovers),
    }


def reading_file(row: DocumentReading, name: str) -> str:
    """The reading as a file of proposals, with what was decided so far: `grappe read --accept` takes it."""
    rows = row.proposals.all()
    return proposals_text(
        {
            "document": row.document,
            "digest": row.digest,
            "form": row.form,
            "cited_by": "line" if row.cited_by_line else "key",
            "source": row.source,
            "edition": row.edition,
            "proposals": [{**one.content, "step": one.step} for one in rows],
            "leftovers": row.leftovers,
        },
        name,
    )
