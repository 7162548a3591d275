"""Commands that read documents: `read`, and the template of the identity sheet."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from grappe.cli.changing import operator
from grappe.cli.ready import ready
from grappe.cli.show import as_json, as_long_table
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", metavar="SOURCE_ID", help="Source that the statements will cite.")
@click.option("--edition", metavar="DATE", help="Day the document speaks of; by default that of the source.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="File of proposals to write.")
@click.option("--diff", is_flag=True, help="Against the census: new, changed, confirmed, contradicted.")
@click.option("--encoding", metavar="NAME", help="Encoding of a text that is not UTF-8, such as cp1252.")
@click.option(
    "--accept", is_flag=True, help="FILE is a file of proposals: store those whose step is accepted."
)
@click.option(
    "--title", metavar="TEXT", help="With --accept: title of a source that the census does not know."
)
@click.option("--json", "json_", is_flag=True, help="JSON instead of tables.")
@click.pass_obj
def read(
    language: str, /, file: Path, source: str | None, edition: str | None, out: Path | None, diff: bool,
    encoding: str | None, accept: bool, title: str | None, json_: bool,
) -> None:  # fmt: skip
    """Read FILE (text, Markdown, HTML, DOCX, PDF, XLSX, CSV) into proposed statements; nothing is stored."""
    ready()
    if accept:
        _accept(file, title, json_)
        return
    if source is None:
        raise BadChoice("source_needed")
    from grappe.census.reading import plain_reading, proposals_text
    from grappe.present.proposals import reading_words
    from grappe.queries.document_proposals import read_file

    if out is not None:
        check_suffix(out, (".yml", ".yaml"))
        check_writable(out)
    found = read_file(file, source, edition, encoding)
    plain = plain_reading(found.reading, found.edition, found.differences if diff else ())
    if out is not None:
        with replacing(out) as part:
            part.write_text(proposals_text(plain, out.name), "utf-8")
    worded = reading_words(plain, language)
    if json_:
        as_json(worded)
    else:
        _show(worded, language, diff=diff)


def _show(plain: dict[str, Any], language: str, *, diff: bool) -> None:
    from grappe.present.proposals import value_words

    rows = [one | {"value": value_words(one, language)} for one in plain["proposals"]]
    columns = ["locator", "entity", "label", "value", "confidence"]
    as_long_table(rows, [*columns, "change_label"] if diff else columns, language)
    click.echo("")
    as_long_table(plain["leftovers"], ("locator", "text", "message"), language)
    counts = Counter(one["change"] for one in plain["proposals"]) if diff else Counter()
    found = f"{len(plain['proposals'])} proposals, {len(plain['leftovers'])} left over"
    click.echo(
        ", ".join([found, *(f"{count} {change}" for change, count in sorted(counts.items()))]), err=True
    )


def _accept(file: Path, title: str | None, json_: bool) -> None:
    from grappe.actions.accept_proposals import accept_file
    from grappe.census.reading import load_proposals

    done = accept_file(
        load_proposals(file), by=operator(), at=datetime.now(UTC).replace(microsecond=0), title=title
    )
    if json_:
        as_json({name: getattr(done, name) for name in done.__slots__})
    else:
        click.echo(f"{done.source}: {done.accepted} accepted, {done.rejected} rejected, {done.entities} new.")


@click.group()
def template() -> None:
    """Write templates to fill in."""


@template.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("sheets.xlsx"), show_default=True, metavar="FILE",
    help="File to write: .xlsx with lists to choose from, or .csv.",
)  # fmt: skip
@click.option("--json", "json_", is_flag=True, help="JSON of the columns instead of a sentence.")
def sheet(out: Path, json_: bool) -> None:
    """Write the template of the identity sheet: a row per cluster, with help and lists in three languages."""
    from grappe.census.reading.template import columns, template_bytes

    suffix = check_suffix(out, (".xlsx", ".csv"))
    check_writable(out)
    with replacing(out) as part:
        part.write_bytes(template_bytes(suffix))
    if json_:
        as_json({"file": str(out), "columns": [column.field for column in columns()]})
    else:
        click.echo(f"{out}: {len(columns())} columns.")
