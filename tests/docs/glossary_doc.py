"""Writes the table of terms of docs/glossary.md from the glossary that the pages show.

``python -m tests.docs`` writes it; a test compares.
"""

from grappe.present.glossary import TERMS
from tests.docs.markdown import ROOT

PAGE = ROOT / "docs" / "glossary.md"
START = "<!-- terms: written from grappe/present/glossary.py by `python -m tests.docs` -->\n"
END = "<!-- end of terms -->\n"


def table() -> str:
    """The table of terms."""
    rows = [f"| {t.en} | {t.fr} | {t.ar} | {t.sourced} | {t.care} |" for t in TERMS]
    return (
        "\n".join(["| English | French | Arabic | Arabic seen in | care |", "|---|---|---|---|---|", *rows])
        + "\n"
    )


def page(text: str) -> str:
    """The page with its table written anew."""
    before, rest = text.split(START)
    return f"{before}{START}\n{table()}\n{END}{rest.split(END)[1]}"
