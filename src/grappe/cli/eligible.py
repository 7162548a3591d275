"""Commands on schemes: what they say, and which clusters meet their conditions."""

from typing import Any

import click

from grappe.cli.contracts import own_folders
from grappe.cli.ready import ready
from grappe.cli.show import as_json, as_table
from grappe.policy.parameter_values import pairs
from grappe.policy.scheme_files import scheme as one_scheme
from grappe.policy.scheme_files import schemes as every_scheme
from grappe.present.policies import scheme_line, scheme_plain
from grappe.present.policy_tables import answer_row, move_row, moves_words, scheme_rows

LINES = ("id", "country", "kind", "name", "valid_from", "not_given")
ANSWERS = ("cluster", "answer", "not_met", "missing")
MOVES = ("cluster", "before", "after", "passes", "fails")


@click.command()
@click.argument("id", metavar="[ID]", required=False)
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
@click.pass_obj
def schemes(language: str, /, id: str | None, json_: bool) -> None:
    """Schemes of support: all of them, or what one says, each item with its citation."""
    if id is None:
        known = sorted(every_scheme(own_folders()).values(), key=lambda one: (one.country, one.id))
        lines = [scheme_line(one) for one in known]
        if json_:
            as_json(lines)
        else:
            as_table([line | {"name": line["name"][language]} for line in lines], LINES)
        return
    one = one_scheme(id, own_folders())
    if json_:
        as_json(scheme_plain(one))
    else:
        as_table(scheme_rows(one, language), ("part", "item", "value", "cites"))


@click.command()
@click.argument("id", metavar="SCHEME")
@click.option("--cluster", "clusters", multiple=True, metavar="ID", help="Cluster; may be repeated.")
@click.option("--on", metavar="DATE", help="Day of the question (YYYY, YYYY-MM or YYYY-MM-DD).")
@click.option("--known", metavar="DATE", help="Use only decisions recorded by this day.")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="NAME=VALUE",
    help="Change a threshold (members.min=10) or name a parameter; may be repeated.",
)
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
@click.pass_obj
def eligible(
    language: str,
    /,
    id: str,
    clusters: tuple[str, ...],
    on: str | None,
    known: str | None,
    changes: tuple[str, ...],
    json_: bool,
) -> None:
    """Which clusters meet the conditions of a scheme; with --set, who enters and who leaves."""
    ready()
    from grappe.queries.eligibility import ask, eligibility
    from grappe.queries.moment import moment

    changed = pairs(changes, "--set")
    if json_:
        as_json(eligibility(id, moment(on, known), clusters=clusters, changed=changed))
        return
    found = ask(id, moment(on, known), clusters=clusters, changed=changed)
    rows = [answer_row(found.scheme, one, answer, language) for one, answer in found.answers.items()]
    as_table(rows, ANSWERS)
    if found.moves is not None:
        _show_moves(found, language)


def _show_moves(found: Any, language: str) -> None:
    for name, changes in (("enters", found.moves.enters), ("leaves", found.moves.leaves)):
        rows = [move_row(found.scheme, one, language) for one in changes]
        click.echo(f"\n{moves_words(name, len(rows), language)}")
        if rows:
            as_table(rows, MOVES)
