"""Keep a reading of a document, so that its proposals can be decided on one by one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from grappe.actions.reading_record import trace
from grappe.census.reading import Difference, Reading
from grappe.census.reading.proposals_file import plain_proposal, plain_reading
from grappe.census.reading.sheets_of import sheets_of
from grappe.domain.actor import Actor
from grappe.domain.dates import is_date
from grappe.domain.errors import BadChoice, InputRefused
from grappe.domain.identifiers import is_identifier
from grappe.domain.roles import Capability, check_may_somewhere
from grappe.domain.vocabulary import LANGUAGES
from grappe.store.grants import held_by
from grappe.store.models import DocumentReading, ReadProposal

MOST_BYTES_KEPT = 10_000_000
"""Size of the largest document that is gone through on a page."""
MOST_LINES_KEPT = 20_000
"""Lines of the longest one; a study of three countries has 1,500."""
MOST_KEPT = 40_000
"""Proposals of the longest one; a study of three countries has 2,500."""


@dataclass(frozen=True, slots=True)
class ReadTerms:
    """What a person says of a document that is to be read: the source it will be cited as."""

    source: str
    title: str = ""
    edition: str = ""
    language: str = "fr"
    encoding: str = ""


def check_terms(terms: ReadTerms) -> None:
    """Refuse terms that no statement could cite; asked before anything is read.

    Raises
    ------
    BadChoice
        If the source is no identifier, the day no date, or the language unknown.
    """
    if not is_identifier(terms.source) or len(terms.source) > 60:
        raise BadChoice("reading_source", value=terms.source)
    if terms.edition and not is_date(terms.edition):
        raise BadChoice("reading_edition", value=terms.edition)
    if terms.language not in LANGUAGES:
        raise BadChoice(name="language", value=terms.language, accepted=", ".join(LANGUAGES))


def check_size(name: str, size: int, lines: int = 0) -> None:
    """Refuse a document that a page cannot show; the command reads longer ones.

    Raises
    ------
    InputRefused
        With its size or length, and the limit.
    """
    if size > MOST_BYTES_KEPT:
        raise InputRefused("document_too_large", path=name, size=size, most=MOST_BYTES_KEPT)
    if lines > MOST_LINES_KEPT:
        raise InputRefused("page_too_long", path=name, lines=lines, most=MOST_LINES_KEPT)


def keep_reading(
    reading: Reading,
    differences: Sequence[Difference],
    content: bytes,
    terms: ReadTerms,
    *,
    edition: str,
    by: Actor,
    at: datetime,
) -> int:
    """Keep a reading with its document, open for decisions; nothing of it enters the census.

    Returns
    -------
    int
        Number of the reading.

    Raises
    ------
    Forbidden
        If the person may not enter facts of anything.
    BadChoice
        If the terms are none.
    InputRefused
        If the document or its proposals are too many for a page, or there is no proposal at all.
    """
    check_may_somewhere(held_by(by), Capability.ENTER_FACTS)
    check_terms(terms)
    document = reading.document
    check_size(document.name, len(content), len(document.lines))
    if not reading.proposals:
        raise InputRefused("nothing_read", path=document.name, lines=len(document.lines))
    if len(reading.proposals) > MOST_KEPT:
        raise InputRefused(
            "too_many_proposals", path=document.name, count=len(reading.proposals), most=MOST_KEPT
        )
    plain = plain_reading(reading, edition)
    sheets = sheets_of(reading.proposals)
    change = {one.proposal.id: one for one in differences}
    with transaction.atomic():
        row = DocumentReading.objects.create(
            owner_id=by.account,
            document=document.name[:200],
            form=document.form,
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
            encoding=terms.encoding[:40],
            cited_by_line=document.cited_by_line,
            source=terms.source,
            title=terms.title.strip()[:200],
            edition=edition,
            language=terms.language,
            lines=[[line.text, line.locator, str(reading.uses[line.number])] for line in document.lines],
            leftovers=[
                {**one, "params": dict(left.why.params)}
                for one, left in zip(plain["leftovers"], reading.leftovers, strict=True)
            ],
            made_by=str(by),
            made_at=at,
            changed_by=str(by),
            changed_at=at,
        )
        ReadProposal.objects.bulk_create(
            [
                ReadProposal(
                    reading=row,
                    place=place,
                    code=one.id,
                    sheet=sheets[one.entity],
                    line=one.lines[0] if one.lines else 1,
                    step=str(one.step),
                    change=str(change[one.id].change) if one.id in change else "",
                    content=plain_proposal(one, change.get(one.id)),
                )
                for place, one in enumerate(reading.proposals)
            ],
            batch_size=500,
        )
        trace(
            "read_document", row, by, at,
            document=row.document, digest=row.digest, source=row.source, edition=edition,
            proposals=len(reading.proposals), leftovers=len(reading.leftovers),
        )  # fmt: skip
    return row.pk
