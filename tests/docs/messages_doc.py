"""The table of messages in docs/dataset-format.md, written from the messages themselves."""

from grappe.present.problems import PROBLEMS
from tests.docs.markdown import ROOT, between_marks

PAGE = ROOT / "docs" / "dataset-format.md"
START = "<!-- messages: written from grappe/present/problems.py by `python -m tests.docs` -->"
END = "<!-- end of messages -->"


def table() -> str:
    """The table of messages, as they are worded in English."""
    worded = {
        code: m.replace("{{", "{").replace("}}", "}").replace("|", r"\|") for code, m in PROBLEMS.items()
    }
    rows = [f"| `{code}` | {message} |" for code, message in worded.items()]
    return "\n".join(["| code | message |", "|---|---|", *rows])


def page(text: str) -> str:
    """The page with its table written anew."""
    return between_marks(text, START, END, table())
