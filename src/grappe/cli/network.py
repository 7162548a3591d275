"""Commands on the cooperation graph: the graph and its measures, the way from one actor to another."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from grappe.cli.listing import moment_options
from grappe.cli.ready import ready
from grappe.cli.show import as_json, as_long_table, as_table
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.present.plain import Plain

Command = TypeVar("Command", bound=Callable[..., Any])
NODES = ("id", "name", "kind", "country", "group", "degree", "betweenness", "community")
LOSSES = ("id", "name", "kind", "country", "life", "partners_before", "partners_after")
STEPS = ("source", "target", "level", "links")
"""Columns of the tables on a terminal."""
EXPORTS = (".gexf", ".graphml", ".csv")
"""Suffixes of the files that the graph can be written to."""


def network_options(command: Command) -> Command:
    """Add the filters of the graph."""
    options = (
        click.option("--kind", multiple=True, metavar="KIND", help="Kind of link; may be repeated."),
        click.option("--level", multiple=True, metavar="LEVEL", help="Computed level; may be repeated."),
        click.option("--stage", multiple=True, metavar="STAGE", help="contact, visit, agreement…"),
        click.option("--status", multiple=True, metavar="STATUS", help="active, done, ended, planned…"),
        click.option("--country", multiple=True, metavar="CODE", help="Country of an end; may be repeated."),
        click.option("--since", metavar="DATE", help="Dated links of this year or later."),
        click.option("--until", metavar="DATE", help="Dated links of this year or earlier."),
        click.option(
            "--others/--no-others",
            default=True,
            help="With links that are no cooperation (default); they never count.",
        ),
        click.option("--half-life", metavar="YEARS", help="Years in which an unconfirmed tie fades by half."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@network_options
@click.option("--focus", metavar="ID", help="Only the neighbourhood of one actor.")
@click.option("--depth", metavar="STEPS", help="Steps from the actor in focus; 1 by default.")
@click.option("--without", "gone", multiple=True, metavar="ID", help="What disappears if this actor goes.")
@click.option(
    "--export",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a .gexf, .graphml or .csv file (with a second one for the actors).",
)
@moment_options
@click.pass_obj
def network(
    language: str,
    /,
    on: str | None,
    known: str | None,
    json_: bool,
    gone: tuple[str, ...],
    export: Path | None,
    **filters: Any,
) -> None:
    """Who cooperates with whom: the graph of links, its measures, and what a loss would cost."""
    if export is not None:
        check_suffix(export, EXPORTS, "--export")
        check_writable(export)
    ready()
    from grappe.present.networks import network_words
    from grappe.queries.moment import moment
    from grappe.queries.network import network as ask
    from grappe.queries.network import without

    when = moment(on, known)
    if gone:
        _show_loss(without(when, gone, filters), json_, language)
        return
    answer = ask(when, filters)
    if export is not None:
        _write(answer, export)
    if json_:
        as_json(answer)
    elif export is None:
        rows = sorted(answer["nodes"], key=lambda node: (-node["degree"], node["id"]))
        as_long_table(rows, NODES, language)
        click.echo(network_words(answer, language), err=True)


@click.command()
@click.argument("source", metavar="A")
@click.argument("target", metavar="B")
@network_options
@moment_options
@click.pass_obj
def path(
    language: str, /, source: str, target: str, on: str | None, known: str | None, json_: bool, **filters: Any
) -> None:
    """The shortest way of alliances from A to B, every step with its links."""
    ready()
    from grappe.present.networks import path_words
    from grappe.queries.moment import moment
    from grappe.queries.network import path_between

    answer = path_between(moment(on, known), source, target, filters)
    if json_:
        as_json(answer)
        return
    if answer["steps"]:
        names = answer["names"]
        as_table(
            [
                step
                | {end: names[step[end]] for end in ("source", "target")}
                | {"links": _ids(step["links"])}
                for step in answer["steps"]
            ],
            STEPS,
        )
    click.echo(path_words(answer, language), err=True)


def _show_loss(answer: Plain, json_: bool, language: str) -> None:
    from grappe.present.networks import removal_words

    if json_:
        as_json(answer)
        return
    as_table(answer["losses"], LOSSES)
    click.echo(removal_words(answer, language), err=True)


def _write(answer: Plain, export: Path) -> None:
    # Imported here, as the words are: networkx and numpy take a second that `--help` need not wait for.
    from grappe.present.network_files import as_gexf, as_graphml, as_link_list, as_node_list

    suffix = export.suffix.casefold()
    if suffix == ".csv":
        bodies = {
            export: as_link_list(answer).encode("utf-8-sig"),
            export.with_name(f"{export.stem}-nodes.csv"): as_node_list(answer).encode("utf-8-sig"),
        }
    else:
        bodies = {export: (as_gexf if suffix == ".gexf" else as_graphml)(answer)}
    for path_, body in bodies.items():
        with replacing(path_) as unfinished:
            unfinished.write_bytes(body)


def _ids(links: Iterable[Plain]) -> list[str]:
    return [link["id"] for link in links]
