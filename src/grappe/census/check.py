"""Check of a data set at the desk: ``python -m grappe.census.check [FOLDER] [--study FILE]``."""

import sys
from pathlib import Path

from grappe.census.card import read_card
from grappe.census.proof import read_lines, unproved
from grappe.census.rows import read_yaml_rows
from grappe.census.validation import Validator, statements_of
from grappe.domain.errors import Problem

STUDY = Path("../shared/study/clusters-au-maghreb-2019.txt")


def main(arguments: list[str]) -> int:
    """Print every problem of a data set, then the printed texts that do not stand on their line."""
    study = Path(arguments[arguments.index("--study") + 1]) if "--study" in arguments else STUDY
    folders = [a for i, a in enumerate(arguments) if not a.startswith("-") and arguments[i - 1] != "--study"]
    folder = Path(folders[0]) if folders else Path(__file__).parent / "datasets" / "maghreb-2019"
    problems: list[Problem] = []
    card = read_card(folder, problems)
    statements = []
    if card is not None:
        validator = Validator(card, folder.name, problems)
        statements = statements_of(read_yaml_rows(folder, problems), validator)
        validator.finish()
    for p in problems:
        print(f"{p.file}:{p.line}: {p.field or ''} {p.code} {p.value!r} {dict(p.params)}"[:300])
    lost = []
    if card is not None and study.is_file():
        lines = read_lines(study)
        for source in card.sources.values():
            if source.cited_by == "line":
                lost = unproved(statements, source, lines)
    for s in lost:
        print(f"not printed there: {s.entity}.{s.field} {s.locator} {s.printed!r}")
    print(f"{len(statements)} statements, {len(problems)} problems, {len(lost)} not printed where cited")
    return 1 if problems or lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
