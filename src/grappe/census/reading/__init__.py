"""Reading documents: a study's text or a spreadsheet of sheets becomes proposed statements with locators."""

from grappe.census.reading.difference import Change, Difference, compare, tally
from grappe.census.reading.document import Document, Line, document_of, open_document
from grappe.census.reading.names import Match, NameIndex, name_index
from grappe.census.reading.proposal import Leftover, Mention, Proposal, Reason, Step, Use
from grappe.census.reading.proposals_file import load_proposals, plain_reading, proposals_text
from grappe.census.reading.reader import Reading, read
from grappe.census.reading.statements import statements_of

__all__ = [
    "Change",
    "Difference",
    "Document",
    "Leftover",
    "Line",
    "Match",
    "Mention",
    "NameIndex",
    "Proposal",
    "Reading",
    "Reason",
    "Step",
    "Use",
    "compare",
    "document_of",
    "load_proposals",
    "name_index",
    "open_document",
    "plain_reading",
    "proposals_text",
    "read",
    "statements_of",
    "tally",
]
