"""Readings of invented documents, kept as a page keeps them."""

from grappe.actions.keep_reading import ReadTerms, keep_reading
from grappe.census.reading.document import read_bytes
from grappe.domain.actor import Actor
from grappe.queries.document_proposals import propose
from grappe.store.models import DocumentReading
from tests.actions.stored import MONDAY
from tests.census.reading.invented import FRENCH_SHEET

TERMS = ReadTerms("xx-study", "A study of nothing", "2024")


def kept(by: Actor, text: str = FRENCH_SHEET, terms: ReadTerms = TERMS) -> DocumentReading:
    """A reading of a text."""
    content = text.encode()
    found = propose(read_bytes(content, "study.txt"), terms.source, terms.edition)
    number = keep_reading(
        found.reading, found.differences, content, terms, edition=found.edition, by=by, at=MONDAY
    )
    return DocumentReading.objects.get(pk=number)


def code_of(row: DocumentReading, field: str, entity: str | None = None) -> str:
    """Code of the first proposal of a field."""
    rows = row.proposals.filter(content__field=field)
    rows = rows.filter(content__entity=entity) if entity else rows
    found = rows.first()
    assert found is not None, field
    return found.code
