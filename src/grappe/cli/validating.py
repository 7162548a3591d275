"""The command that checks a data set at the desk, before it is loaded."""

import sys
from pathlib import Path

import click

from grappe.cli.ready import DEFAULT_DATASET
from grappe.cli.show import as_json
from grappe.domain.errors import DatasetError
from grappe.present.problems import problem_words


@click.command()
@click.argument("dataset", default=DEFAULT_DATASET)
@click.option(
    "--document",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Text of the source: every printed text is looked for on its cited line.",
)
@click.option("--json", "json_", is_flag=True, help="JSON instead of sentences.")
@click.pass_obj
def validate(language: str, dataset: str, document: Path | None, json_: bool) -> None:
    """Check DATASET without loading it: every problem, and every text not printed where it is cited."""
    from grappe.census.census import find_dataset, read_dataset
    from grappe.census.proof import read_lines, unproved

    folder = find_dataset(dataset)
    problems: list[str] = []
    lost: list[str] = []
    count = 0
    try:
        read = read_dataset(folder)
        count = len(read.statements)
        lines = read_lines(document) if document else []
        for source in read.card.sources.values():
            if lines and source.cited_by == "line":
                lost += [
                    f"{s.entity}.{s.field} {s.locator}: {s.printed}"
                    for s in unproved(read.statements, source, lines)
                ]
    except DatasetError as error:
        problems = [problem_words(problem, language) for problem in error.problems]
    if json_:
        as_json({"dataset": folder.name, "statements": count, "problems": problems, "not_printed": lost})
    else:
        for line in (*problems, *(f"not printed there: {one}" for one in lost)):
            click.echo(line)
        click.echo(
            f"{folder.name}: {count:,} statements, {len(problems)} problem(s), {len(lost)} not printed there."
        )
    if problems or lost:
        sys.exit(DatasetError.exit_code)
