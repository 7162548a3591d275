"""The table of messages in docs/dataset-format.md, written from the messages themselves."""

from grappe.present.problems import PROBLEMS
from tests.docs.markdown import ROOT

PAGE = ROOT / "docs" / "dataset-format.md"
START = "<!-- messages: written from grappe/present/problems.py by `python -m tests.docs` -->\n"
END = "<!-- end of messages -->\n"


def table() -> str:
    """The table of messages, as they are worded in English."""
    worded = {
        code: m.replace("{{", "{").replace("}}", "}").replace("|", r"\|") for code, m in PROBLEMS.items()
    }
    rows = [f"| `{code}` | {message} |" for code, message in worded.items()]
    return "\n".join(["| code | message |", "|---|---|", *rows]) + "\n"


def page(text: str) -> str:
    """The page with its table written anew."""
    before, rest = text.split(START)
    return f"{before}{START}\n{table()}\n{END}{rest.split(END)[1]}"
