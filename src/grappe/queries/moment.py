"""The moment a question is asked of: the day spoken of, and by which decisions."""

from dataclasses import dataclass
from datetime import UTC, datetime

from grappe.domain.dates import PartialDate, is_date
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.store import models


@dataclass(frozen=True, slots=True)
class Moment:
    """`on` is the day spoken of; `known`, if given, takes only decisions recorded by then."""

    on: PartialDate
    known: datetime | None = None
    default: bool = True


def moment(on: str | None = None, known: str | None = None) -> Moment:
    """Moment of a question; by default the day of the newest data set, with all decisions.

    Raises
    ------
    BadChoice
        If `on` or `known` is not a date.
    UnknownThing
        If nothing is loaded.
    """
    for name, given in (("on", on), ("known", known)):
        if given is not None and not is_date(given):
            raise BadChoice(name=name, value=given, accepted="YYYY, YYYY-MM, YYYY-MM-DD")
    newest = models.Dataset.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    if newest is None:
        raise UnknownThing("nothing_loaded")
    until = None
    if known is not None:
        end = PartialDate(known).end
        until = datetime(end.year, end.month, end.day, tzinfo=UTC)
    return Moment(PartialDate(on or newest), until, default=on is None and known is None)
