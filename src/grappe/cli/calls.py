"""Commands on calls for proposals: list them, show one, its results, its applications."""

from datetime import UTC, datetime
from pathlib import Path

import click

from grappe.cli.changing import operator
from grappe.cli.ready import set_up
from grappe.cli.show import as_json, as_table
from grappe.cli.writing import check_suffix, check_writable, replacing

CALLS = ("id", "country", "scheme", "standing", "opens_at", "closes_at", "budget", "currency")
RESULTS = ("cluster", "name", "verdict", "amount", "currency")
APPLICATIONS = ("rank", "id", "name", "state", "amount", "score", "spread", "fits", "granted")
"""Columns of the tables on a terminal."""


@click.group()
def call() -> None:
    """Calls for proposals: list them, show one, its results, its applications."""


@call.command("list")
@click.option("--drafts", is_flag=True, help="With those still in preparation.")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
def list_(drafts: bool, json_: bool) -> None:
    """List calls for proposals, the latest deadline first."""
    set_up()
    from grappe.queries.calls import list_calls

    rows = list_calls(operator() if drafts else None, at=datetime.now(UTC))
    as_json(rows) if json_ else as_table(rows, CALLS, f"{len(rows)} in all")


@call.command()
@click.argument("id")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
@click.pass_obj
def show(language: str, /, id: str, json_: bool) -> None:
    """Show the call ID: its terms, its questions, its scoring grid."""
    set_up()
    from grappe.queries.calls import call_page

    page = call_page(id, operator(), datetime.now(UTC))
    if json_:
        as_json(page)
        return
    as_table([page], CALLS)
    rows = [
        one | {"title": (one["title"] or {}).get(language, one["id"]), "cites": ", ".join(one["cites"])}
        for one in page["questions"]
    ]
    as_table(rows, ("id", "type", "needed", "title", "cites"))
    grid = [
        one | {"title": one["title"].get(language) or next(iter(one["title"].values()))}
        for one in page["grid"]
    ]
    as_table(grid, ("id", "title", "maximum", "weight"))


@call.command()
@click.argument("id")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
def results(id: str, json_: bool) -> None:
    """Show who was selected in the call ID and who is in reserve, once announced."""
    set_up()
    from grappe.queries.calls import announced

    rows = announced(id)
    as_json(rows) if json_ else as_table(rows, RESULTS)


@call.command()
@click.argument("id")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
@click.option(
    "--xlsx", type=click.Path(path_type=Path), metavar="FILE", help="Also a spreadsheet, with every opinion."
)
@click.pass_obj
def applications(language: str, /, id: str, json_: bool, xlsx: Path | None) -> None:
    """Show the applications to the call ID as its officer sees them: scores, ranks, the budget."""
    if xlsx is not None:
        check_suffix(xlsx, (".xlsx",), "--xlsx")
        check_writable(xlsx)
    set_up()
    from grappe.queries.calls import desk

    if xlsx is not None:
        from grappe.queries.call_tables import applications_workbook

        with replacing(xlsx) as part:
            part.write_bytes(applications_workbook(id, operator(), language, datetime.now(UTC)))
    rows = desk(id, operator())["applications"]
    as_json(rows) if json_ else as_table(rows, APPLICATIONS, f"{len(rows)} in all")
