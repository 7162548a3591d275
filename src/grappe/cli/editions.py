"""Commands on time: the census at an edition, what changed between two, the life of clusters."""

import click

from grappe.cli.ready import ready
from grappe.cli.show import as_json, as_table

CHANGES = ("kind", "name", "country", "date", "when", "change", "cites")
"""Columns of the table of changes on a terminal; JSON has every key."""


@click.command()
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--known", metavar="DATE", help="Use only decisions recorded by this day.")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
@click.pass_obj
def edition(language: str, /, name: str | None, known: str | None, json_: bool) -> None:
    """The census at an edition (2014, 2019, today) or on any day; without a name, the editions."""
    ready()
    from grappe.present.editions import edition_title, standing_words
    from grappe.queries.editions import census_of, list_editions

    if name is None:
        rows = list_editions(known)
        if json_:
            as_json(rows)
        else:
            titled = [row | {"title": edition_title(row, language)} for row in rows]
            as_table(titled, ("name", "on", "held", "title", "source"))
        return
    found = census_of(name, known)
    if json_:
        as_json(found)
        return
    rows = [row | {"standing": standing_words(row["standing"], language)} for row in found["clusters"]]
    as_table(rows, ("id", "name", "country", "standing", "born", "cites"))
    if found["note"]:
        click.echo(found["note"][language], err=True)


@click.command()
@click.argument("one", metavar="FROM")
@click.argument("other", metavar="TO")
@click.option("--known", metavar="DATE", help="Use only decisions recorded by this day.")
@click.option("--json", "json_", is_flag=True, help="JSON instead of tables.")
@click.pass_obj
def diff(language: str, /, one: str, other: str, known: str | None, json_: bool) -> None:
    """What changed between two editions, or two days: events, flows between states, what was foreseen."""
    ready()
    from grappe.present.editions import (
        change_words,
        diff_words,
        event_words,
        outcome_words,
        span_words,
        standing_words,
        when_words,
    )
    from grappe.queries.editions import diff as ask

    found = ask(one, other, known)
    if json_:
        as_json(found)
        return
    as_table(
        [
            row
            | {
                "kind": event_words(kind, language),
                "date": span_words(row, language),
                "when": when_words(row["when"], language),
                "change": change_words(row, language),
            }
            for kind, rows in found["changes"].items()
            for row in rows
        ],
        CHANGES,
    )
    click.echo("")
    flows = [
        {
            "from": standing_words(row["from"], language),
            "to": standing_words(row["to"], language),
            "clusters": row["clusters"],
        }
        for row in found["flows"]
    ]
    as_table(flows, ("from", "to", "clusters"))
    if found["foreseen"]:
        click.echo("")
        foreseen = [
            row
            | {
                "foreseen": standing_words(row["expectation"], language),
                "outcome": outcome_words(row["outcome"], language),
                "cites": row["cites"] + row["outcome_cites"],
            }
            for row in found["foreseen"]
        ]
        as_table(foreseen, ("name", "country", "foreseen", "outcome", "cites"))
    click.echo(diff_words(found, language), err=True)


@click.command()
@click.argument("of", metavar="CLUSTER|COUNTRY")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
@click.pass_obj
def timeline(language: str, /, of: str, json_: bool) -> None:
    """Everything that happened to a cluster (by its id) or to those of a country (MA, DZ, TN…)."""
    ready()
    from grappe.present.editions import change_words, event_words, span_words
    from grappe.queries.editions import timeline_of_cluster, timeline_of_country

    found = timeline_of_country(of) if len(of) == 2 else timeline_of_cluster(of)
    if json_:
        as_json(found)
        return
    rows = [
        row
        | {
            "date": span_words(row, language),
            "kind": event_words(row["kind"], language),
            "change": change_words(row, language),
        }
        for row in found["events"]
    ]
    as_table(rows, ("date", "kind", "name", "change", "cites"))
