"""Writes docs/fields.md from the declarations, so that the manual cannot differ from them.

``python -m tests.docs`` writes it; a test compares.
"""

from grappe.domain.entity import Kind
from grappe.domain.field import ATTRIBUTE_LISTS, Field, declaration
from grappe.domain.source import Part
from grappe.domain.vocabulary import vocabularies, vocabulary
from tests.docs.markdown import ROOT

PAGE = ROOT / "docs" / "fields.md"
HEAD = """# Fields and controlled lists

This page is written from `grappe/domain/fields/*.yml` and `grappe/domain/vocabulary/`; correct those,
then run `.venv/bin/python -m tests.docs`. Types and attributes are explained in
[the data set format](dataset-format.md).

How to read *notes*: **many**, each value is a statement of its own and absence denies nothing; **by** *x*,
only statements of one *x* can contradict each other; **personal**, can be redacted; **no winner**, two
values of one source are both shown; **trust**, order of the parts of a source where it is not sheet,
table, text, footnote.
"""


def page() -> str:
    """Text of the page."""
    return "\n".join([HEAD, *(_kind(kind) for kind in Kind), _lists()]) + "\n"


def _kind(kind: Kind) -> str:
    declared = declaration(kind)
    rows = [
        f"## {kind.value}",
        "",
        f"Captioned by `{declared.caption}`.",
        "",
        "| field | English | French | Arabic | type | notes |",
        "|---|---|---|---|---|---|",
        *(_row(field) for field in declared.fields.values()),
        "",
    ]
    return "\n".join(rows)


def _row(field: Field) -> str:
    cells = [
        f"`{field.name}`",
        *(field.label[code] for code in ("en", "fr", "ar")),
        _type(field),
        _notes(field),
    ]
    return f"| {' | '.join(cells)} |"


def _type(field: Field) -> str:
    if field.vocabulary and field.type == "tag":
        return f"tag of `{field.vocabulary}`"
    if field.refers:
        return f"{field.type.value} to {', '.join(kind.value for kind in field.refers)}"
    return field.type.value


def _notes(field: Field) -> str:
    own = sorted(
        field.attributes - {"note", "precision", "low", "high", "modality", "perimeter", "unit", "period"}
    )
    found = [
        "many" if field.many else "",
        f"by `{field.key}`" if field.key else "",
        f"`of` from `{field.vocabulary}`" if field.type == "figure" and field.vocabulary else "",
        f"unit {field.unit}" if field.unit else "",
        f"attributes {', '.join(f'`{name}`' for name in own)}" if own else "",
        "personal" if field.personal else "",
        "no winner" if field.no_winner else "",
        f"trust {', '.join(field.trust)}" if field.trust != tuple(Part) else "",
        field.help.get("en", ""),
    ]
    return "; ".join(note for note in found if note)


def _lists() -> str:
    rows = [
        "## Controlled lists",
        "",
        "Attributes with a list: "
        + ", ".join(f"`{a}` (`{v}`)" for a, v in sorted(ATTRIBUTE_LISTS.items()))
        + ".",
        "",
    ]
    for name in vocabularies():
        rows += [f"### {name}", "", "| code | English | French | Arabic |", "|---|---|---|---|"]
        rows += [
            f"| `{code}` | {labels['en']} | {labels['fr']} | {labels['ar']} |"
            for code, labels in vocabulary(name).items()
        ]
        rows.append("")
    return "\n".join(rows).rstrip("\n")
