"""Create a matchmaking event, in draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from grappe.actions.event_rights import check_may_run
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, InputRefused, Refused
from grappe.domain.identifiers import is_identifier
from grappe.domain.vocabulary import LANGUAGES
from grappe.network.matchmaking import Acceptance, Scheduling, terms_problems
from grappe.network.slot_grid import Grid, grid_problems, slots_of
from grappe.store.event_values import packed_breaks, packed_days
from grappe.store.models import Entity, EventSlot, MatchEvent

LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class EventTerms:
    """What an organiser says of an event when creating or changing it.

    `sides` are none, or two pairs of a code and its label, such as ``("north", "Nord")``.
    """

    title: str
    grid: Grid
    tables: int
    language: str = "fr"
    description: str = ""
    place: str = ""
    country: str = ""
    sides: Sequence[tuple[str, str]] = ()
    scheduling: Scheduling = Scheduling.ORGANISER
    acceptance: Acceptance = Acceptance.OPT_IN
    most_wishes: int = 10
    wishes_until: datetime | None = None

    def columns(self) -> dict[str, Any]:
        """The terms as columns of the row."""
        return {
            "title": self.title.strip(),
            "language": self.language,
            "description": self.description.strip(),
            "place": self.place.strip(),
            "country": self.country,
            "zone": self.grid.zone,
            "days": packed_days(sorted(self.grid.days)),
            "breaks": packed_breaks(self.grid.breaks),
            "slot_minutes": self.grid.slot_minutes,
            "pause_minutes": self.grid.pause_minutes,
            "tables": self.tables,
            "sides": [{"code": code, "label": label} for code, label in self.sides],
            "scheduling": str(self.scheduling),
            "acceptance": str(self.acceptance),
            "most_wishes": self.most_wishes,
            "wishes_until": self.wishes_until,
        }


def create_event(event: str, terms: EventTerms, *, by: Actor, at: datetime) -> MatchEvent:
    """Create an event with its slots, in draft.

    Raises
    ------
    Forbidden
        If somebody may not run that event.
    BadChoice
        If the id or the language is none.
    Refused
        If the id is taken.
    InputRefused
        With everything impossible in its days, slots, tables and sides.
    """
    if not is_identifier(event) or len(event) > LONGEST_ID:
        raise BadChoice("bad_event_id", value=event, longest=LONGEST_ID)
    check_may_run(event, by)
    check_terms(event, terms)
    with transaction.atomic():
        taken = MatchEvent.objects.filter(id=event).exists() or Entity.objects.filter(id=event).exists()
        if taken:
            raise Refused("event_exists", event=event)
        row = MatchEvent.objects.create(id=event, created_by=str(by), created_at=at, **terms.columns())
        write_slots(row, terms.grid)
        trace("create_event", event, by, at, version=row.version)
    return row


def check_terms(event: str, terms: EventTerms) -> None:
    """Refuse terms that are contradictory or impossible, each thing named.

    Raises
    ------
    BadChoice
        If the language is none of the three.
    InputRefused
        With every problem.
    """
    if terms.language not in LANGUAGES:
        raise BadChoice(name="language", value=terms.language, accepted=", ".join(LANGUAGES))
    sides = [code for code, _ in terms.sides]
    problems = grid_problems(terms.grid, event)
    problems += terms_problems(terms.title, terms.tables, sides, terms.most_wishes, event)
    if problems:
        raise InputRefused(
            "event_refused", event=terms.title or event, count=len(problems), problems=problems
        )


def write_slots(event: MatchEvent, grid: Grid) -> None:
    """Write the slots of an event anew."""
    event.slots.all().delete()
    EventSlot.objects.bulk_create(
        EventSlot(event=event, code=slot.code, start=slot.start, end=slot.end) for slot in slots_of(grid)
    )
