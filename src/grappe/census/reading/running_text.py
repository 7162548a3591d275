"""Running text: lists of clusters, poles with specialities, potential creative clusters, partnerships."""

from collections.abc import Sequence

from grappe.census.reading.context import Around
from grappe.census.reading.document import Document
from grappe.census.reading.proposal import Notes, Use
from grappe.census.reading.rule_files import first_word, words_of
from grappe.domain.fold import fold


def read_running_text(document: Document, around: Sequence[Around], taken: dict[int, Use]) -> Notes:
    """Statements of all lines that no table or sheet has taken."""
    return Notes()


def has_trigger(text: str) -> bool:
    """Tell whether a line of prose may hold a fact of the census: it speaks of a cluster or a figure."""
    return bool("\t" in text or first_word(fold(text), words_of("text", "cluster")))
