"""Store what was accepted of a reading: it becomes statements of its source."""

from datetime import datetime

from django.db import transaction

from grappe.actions.accept_proposals import Accepted, accept_proposals, described_source
from grappe.actions.reading_record import change_state, check_open, reading_to_change, record
from grappe.census.reading.reading_states import ReadingState
from grappe.domain.actor import Actor
from grappe.domain.dates import is_date
from grappe.domain.errors import BadChoice
from grappe.store.codec import unpack_source
from grappe.store.models import Source
from grappe.store.readings import proposals_of


def store_reading(
    reading: int, *, title: str, edition: str, by: Actor, at: datetime, seen: int | None = None
) -> Accepted:
    """Make statements of all accepted proposals of a reading, or of none.

    A source that the census knows is cited as it is; any other is described by `title` and `edition`.
    What was not decided on stays: the reading may be opened again, and storing the same twice adds nothing.

    Raises
    ------
    UnknownThing
        If there is no such reading.
    BadChoice
        If a source that the census does not know has no title, or the day is no date.
    Refused
        If nothing is accepted, the reading is not open, was changed meanwhile, or the store holds inventions.
    InputRefused
        With every accepted proposal that cannot be a statement; nothing is stored then.
    Forbidden
        If the person may not decide on facts of these countries.
    """
    with transaction.atomic():
        row = reading_to_change(reading, by, seen)
        check_open(row)
        if not is_date(edition):
            raise BadChoice("reading_edition", value=edition)
        proposals = proposals_of(row.proposals.all())
        known = Source.objects.filter(id=row.source).first()
        if known is not None:
            source = unpack_source(known.id, known.content)
        elif title.strip():
            source = described_source(
                row.source, title.strip(), edition, proposals,
                by_line=row.cited_by_line, language=row.language,
            )  # fmt: skip
        else:
            raise BadChoice("reading_title", source=row.source)
        places = {one.id: one.lines[0] for one in proposals if one.lines}
        done = accept_proposals(
            proposals, source, edition=edition, by=by, at=at, file=row.document, lines=places
        )
        row.title, row.edition = title.strip()[:200] or row.title, edition
        change_state(row, ReadingState.STORED)
        record("store_reading", row, by, at, accepted=done.accepted, entities=done.entities)
    return done
