"""Commands that list: clusters, links, organisations, forms, programmes, instruments, potential clusters."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from grappe.cli.ready import ready
from grappe.cli.show import as_json, as_table, wide
from grappe.present.clusters import KEYS

Command = TypeVar("Command", bound=Callable[..., Any])


NARROW = ("id", "name", "country", "state", "sector", "places", "members_total")
WIDE = (
    *NARROW[:5],
    "partner_north",
    "partner_south",
    "anchoring",
    "places",
    "created",
    "members_total",
    "jobs",
)
"""Columns of the table of clusters, on a terminal and on a wide one; JSON has every key."""


def moment_options(command: Command) -> Command:
    """Add ``--on``, ``--known`` and ``--json``."""
    command = click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")(command)
    command = click.option("--known", metavar="DATE", help="Use only decisions recorded by this day.")(
        command
    )
    return click.option("--on", metavar="DATE", help="Day spoken of (YYYY, YYYY-MM or YYYY-MM-DD).")(command)


@click.command()
@click.option("--country", multiple=True, metavar="CODE", help="MA, DZ, TN, MR or LY; may be repeated.")
@click.option("--sector", multiple=True, metavar="1-7", help="Sector code; may be repeated.")
@click.option("--state", multiple=True, metavar="STATE", help="constituted, emerging, expected or potential.")
@click.option("--anchoring", multiple=True, metavar="KIND", help="rooted, constructed or none.")
@click.option("--north", is_flag=True, help="With a printed partnership in the North.")
@click.option("--south", is_flag=True, help="With a printed partnership in the South.")
@click.option("--creative", is_flag=True, help="Creative and cultural clusters only.")
@click.option("--q", default="", metavar="TEXT", help="Words of names, people, niches, places, members.")
@click.option("--scope", default="tables", metavar="SCOPE", help="tables (default), mentioned or all.")
@click.option(
    "--sort",
    default="source",
    metavar="COLUMN",
    help="source, name, sector, state, members…; -name reverses.",
)
@moment_options
def clusters(on: str | None, known: str | None, json_: bool, sort: str, **options: Any) -> None:
    """List clusters; unknown values are null."""
    ready()
    from grappe.queries.clusters import list_clusters
    from grappe.queries.filters import cluster_filter
    from grappe.queries.moment import moment

    when = moment(on, known)
    rows = list_clusters(cluster_filter(options), when, sort)
    if json_:
        as_json([{key: row[key] for key in KEYS} for row in rows])
    else:
        as_table(rows, WIDE if wide() else NARROW, f"{len(rows)} clusters, as of {when.on}")


@click.command()
@click.option("--kind", metavar="KIND", help="partnership, convention, membership, hosting, support…")
@click.option(
    "--level",
    metavar="LEVEL",
    help="Computed level: national, intra_maghreb, euromed, africa, south_south, other.",
)
@click.option("--cluster", metavar="ID", help="Links of one cluster.")
@moment_options
def links(on: str | None, known: str | None, json_: bool, **options: str | None) -> None:
    """List links: partnerships, memberships, hosting, support, events."""
    ready()
    from grappe.queries.lists import list_links
    from grappe.queries.moment import moment

    rows = list_links(moment(on, known), **options)
    if json_:
        as_json(rows)
    else:
        as_table(
            rows,
            (
                "kind",
                "source_name",
                "target_name",
                "level_printed",
                "level",
                "stage",
                "status",
                "start",
                "cites",
            ),
            f"{len(rows)} links",
        )


def _listing(name: str, kinds: tuple[str, ...], columns: tuple[str, ...], text: str) -> click.Command:
    @click.command(name, help=text)
    @click.option("--country", metavar="CODE", help="Two-letter country code.")
    @click.option("--q", default="", metavar="TEXT", help="Words of names, acronyms, specialities.")
    @moment_options
    def command(on: str | None, known: str | None, json_: bool, country: str | None, q: str) -> None:
        ready()
        from grappe.queries.lists import list_kind
        from grappe.queries.moment import moment

        rows = list_kind(moment(on, known), kinds, country=country, q=q)
        as_json(rows) if json_ else as_table(rows, columns, f"{len(rows)} in all")

    return command


organisations = _listing(
    "organisations",
    ("organisation",),
    ("id", "name", "acronym", "type", "country", "clusters"),
    "List organisations with their type, country and clusters.",
)
forms = _listing(
    "forms",
    ("form",),
    ("id", "kind", "name", "country", "place", "specialities", "hosts"),
    "List poles, technopoles and other spatial forms, with the clusters they host or support.",
)
programmes = _listing(
    "programmes",
    ("programme", "event"),
    ("id", "kind", "name", "start", "end", "place", "figures"),
    "List programmes and events with dates, places and figures.",
)
instruments = _listing(
    "instruments",
    ("instrument",),
    ("id", "kind", "name", "country", "start", "end", "figures"),
    "List policy instruments with their figures.",
)


@click.command()
@click.option("--country", metavar="CODE", help="MA, DZ or TN.")
@moment_options
def potential(on: str | None, known: str | None, json_: bool, country: str | None) -> None:
    """List potential creative clusters."""
    ready()
    from grappe.queries.lists import list_potential
    from grappe.queries.moment import moment

    rows = list_potential(moment(on, known), country=country)
    as_json(rows) if json_ else as_table(
        rows, ("id", "craft", "place", "country", "cites"), f"{len(rows)} in all"
    )
