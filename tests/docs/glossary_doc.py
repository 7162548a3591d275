"""Writes the table of terms of docs/glossary.md from the glossary that the pages show.

``python -m tests.docs`` writes it; a test compares.
"""

from grappe.present.glossary import TERMS
from tests.docs.markdown import ROOT, between_marks

PAGE = ROOT / "docs" / "glossary.md"
START = "<!-- terms: written from grappe/present/glossary.py by `python -m tests.docs` -->"
END = "<!-- end of terms -->"


def table() -> str:
    """The table of terms."""
    rows = [f"| {t.en} | {t.fr} | {t.ar} | {t.sourced} | {t.care} |" for t in TERMS]
    return "\n".join(
        ["| English | French | Arabic | Arabic seen in | care |", "|---|---|---|---|---|", *rows]
    )


def page(text: str) -> str:
    """The page with its table written anew."""
    return between_marks(text, START, END, table())
