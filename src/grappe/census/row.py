"""The row of a cluster: the columns by which it is listed, filtered and mapped."""

from collections.abc import Mapping
from dataclasses import dataclass

from grappe.census.disputes import shown_values
from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown
from grappe.domain.dates import PartialDate, partial_date
from grappe.domain.entity import Kind
from grappe.domain.finding import Severity
from grappe.domain.source import Part
from grappe.domain.statement import Statement


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster on a day as one line of a table; `None` is unknown, never zero or no.

    `disputed` names the fields with rivals, `contested` those whose rivals cannot both be true.
    """

    id: str
    name: str
    acronym: str | None
    country: str | None
    state: str | None
    sector: int | None
    partner_north: bool | None
    partner_south: bool | None
    anchoring: str | None
    places: tuple[str, ...]
    provisional_location: bool | None
    created: str | None
    website: str | None
    members_total: int | float | None
    jobs: int | float | None
    has_sheet: bool
    creative: bool | None
    legal_form: str | None
    emergence_mode: str | None
    listed: bool
    life: str | None
    craft: str | None
    disputed: tuple[str, ...]
    contested: tuple[str, ...]


def row_of(
    facts: Facts, entity: str, on: PartialDate, values: Mapping[str, list[Shown]] | None = None
) -> ClusterRow | None:
    """Row of a cluster on a day; nothing before anything is said of it."""
    shown = values if values is not None else shown_values(facts, entity, on)
    if "name" not in shown:
        return None
    sector = _one(shown, "sector")
    return ClusterRow(
        id=entity,
        name=str(_one(shown, "name")),
        acronym=_text(shown, "acronym"),
        country=_text(shown, "country"),
        state=_text(shown, "state"),
        sector=sector if isinstance(sector, int) else None,
        partner_north=_flag(shown, "partner_north"),
        partner_south=_flag(shown, "partner_south"),
        anchoring=_text(shown, "anchoring"),
        places=place_ids(shown),
        provisional_location=_provisional(shown),
        created=_text(shown, "created"),
        website=_text(shown, "website"),
        members_total=own_figure(shown, "members_total"),
        jobs=own_figure(shown, "jobs"),
        has_sheet=any(s.part is Part.SHEET for s in facts.statements(entity)),
        creative=_flag(shown, "creative") or (True if sector == 7 else None),
        legal_form=_text(shown, "legal_form"),
        emergence_mode=_text(shown, "emergence_mode"),
        listed=bool(_flag(shown, "listed")),
        life=_text(shown, "life"),
        craft=_text(shown, "craft"),
        disputed=tuple(name for name, slots in shown.items() if any(s.disputed for s in slots)),
        contested=tuple(n for n, slots in shown.items() if any(s.severity is Severity.MAJOR for s in slots)),
    )


def rows(facts: Facts, on: PartialDate) -> list[ClusterRow]:
    """Rows of all clusters on a day, in the order of country and name."""
    found = [row for one in facts.of_kind(Kind.CLUSTER) if (row := row_of(facts, one, on)) is not None]
    return sorted(found, key=lambda row: (row.country or "", row.name.casefold(), row.id))


def breakpoints(statements: tuple[Statement, ...]) -> list[PartialDate]:
    """Days from which something said of an entity may change, in order: its row is constant between them."""
    days = {partial_date(s.as_of).first for s in statements if not (s.valid_from or s.valid_to)}
    days |= {partial_date(d).first for s in statements for d in (s.valid_from, s.valid_to) if d}
    return [PartialDate(day.isoformat()) for day in sorted(days)]


def own_figure(shown: Mapping[str, list[Shown]], name: str) -> int | float | None:
    """A cluster's own figure: of its members, observed or estimated; never a target, never a sector's."""
    for one in shown.get(name, []):
        if one.slot[:2] == ("members", "observed") and isinstance(one.statement.value, int | float):
            return one.statement.value
    return None


def place_ids(shown: Mapping[str, list[Shown]]) -> tuple[str, ...]:
    """Ids of all places shown for a cluster, without repetition; rivals of one source are all shown."""
    found: dict[str, None] = {}
    for one in shown.get("place", []):
        for statement in one.statements:
            for place in statement.places:
                found[place] = None
    return tuple(found)


def _provisional(shown: Mapping[str, list[Shown]]) -> bool | None:
    marks = [s.attributes.get("provisional") for one in shown.get("place", []) for s in one.statements]
    return True if True in marks else None


def _one(shown: Mapping[str, list[Shown]], name: str) -> object:
    return shown[name][0].statement.value if name in shown else None


def _text(shown: Mapping[str, list[Shown]], name: str) -> str | None:
    value = _one(shown, name)
    return None if value is None else str(value)


def _flag(shown: Mapping[str, list[Shown]], name: str) -> bool | None:
    value = _one(shown, name)
    return value if isinstance(value, bool) else None
