"""What a document proposes, against the census as it stands."""

from dataclasses import dataclass
from pathlib import Path

from grappe.census.facts import Facts
from grappe.census.reading import Difference, Document, Reading, compare, name_index, open_document, read
from grappe.domain.dates import is_date
from grappe.domain.errors import BadChoice
from grappe.domain.identifiers import is_identifier
from grappe.queries.facts import all_facts


@dataclass(frozen=True, slots=True)
class DocumentProposals:
    """A reading, the day its document speaks of, and how each proposal stands to the census."""

    reading: Reading
    edition: str
    differences: tuple[Difference, ...]


def read_file(
    path: Path, source: str, edition: str | None = None, encoding: str | None = None
) -> DocumentProposals:
    """Read a file against the census.

    Raises
    ------
    BadChoice
        If the source is no identifier, the edition no date, or the file of no known form.
    UnknownThing
        If there is no such file.
    InputRefused
        If the file cannot be read.
    """
    check_terms(source, edition)
    return propose(open_document(path, encoding), source, edition)


def check_terms(source: str, edition: str | None) -> None:
    """Check the source and the edition of a reading before anything is read.

    Raises
    ------
    BadChoice
        If the source is no identifier, or the edition no date.
    """
    if not is_identifier(source):
        raise BadChoice(name="--source", value=source, accepted="ipemed-2019, xx-study-2024")
    if edition is not None and not is_date(edition):
        raise BadChoice(name="--edition", value=edition, accepted="YYYY, YYYY-MM, YYYY-MM-DD")


def propose(document: Document, source: str, edition: str | None = None) -> DocumentProposals:
    """Proposals of a document at hand; a page that has the bytes of an upload calls this.

    Without an edition, the day is that of the source where the census knows it.

    Raises
    ------
    BadChoice
        If no edition is given and the source is not known.
    """
    facts = all_facts()
    day = edition or _day_of(facts, source)
    reading = read(document, name_index(facts), source)
    return DocumentProposals(reading, day, tuple(compare(reading.proposals, facts, day)))


def _day_of(facts: Facts, source: str) -> str:
    if source not in facts.sources:
        raise BadChoice("edition_needed", source=source)
    return facts.sources[source].date
