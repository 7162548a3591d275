"""Commands that read one thing or the whole: a sheet, disputes, findings, search."""

from typing import Any

import click

from grappe.cli.listing import moment_options
from grappe.cli.ready import ready
from grappe.cli.show import as_json, as_table, cell
from grappe.present.findings import finding_words
from grappe.present.words import field_label, label


@click.command()
@click.argument("entity")
@moment_options
@click.pass_obj
def sheet(language: str, entity: str, on: str | None, known: str | None, json_: bool) -> None:
    """Show everything known of ENTITY, each value with its source, rivals and reason."""
    ready()
    from grappe.queries.moment import moment
    from grappe.queries.sheets import sheet as query

    plain = query(entity, moment(on, known))
    if json_:
        as_json(plain)
        return
    click.secho(f"{plain['name']}  ({plain['id']}, as of {plain['as_of']})", bold=True)
    as_table(list(_lines(plain, language)), ("field", "value", "where", "why", "rivals"))
    for finding in plain["findings"]:
        click.secho(f"! {finding_words(finding['rule'], finding['params'], language)}", fg="yellow")


def _lines(plain: dict[str, Any], language: str) -> Any:
    people = [(row["role"], row) for row in plain["people"]]
    fields = [
        (name, row)
        for name, rows in plain["fields"].items()
        for row in (rows if isinstance(rows, list) else [rows])
    ]
    for name, row in fields + people:
        if row["value"] is not None or not row.get("context"):
            yield _line(plain["kind"], name, row, language)
        for other in row.get("context", []):
            yield _line(plain["kind"], name, other, language)
    for link in plain["links"]:
        other = link["target_name"] if link["source"] == plain["id"] else link["source_name"]
        yield {
            "field": label("link_kind", link["kind"], language),
            "value": other,
            "where": cell(link["cites"]),
            "why": label("level", link["level"], language) if link["level"] else "",
            "rivals": "",
        }


def _line(kind: str, name: str, row: dict[str, Any], language: str) -> dict[str, str]:
    rivals = dict.fromkeys(cell(rival.get("name") or rival["value"]) for rival in row["rivals"])
    return {
        "field": field_label(kind, name, language),
        "value": cell(row.get("name") or row["value"]) + _qualified(row, language),
        "where": f"{row.get('part') or ''} {cell((row.get('locator') or {}).get('line'))}",
        "why": row["why"],
        "rivals": "; ".join(rivals),
    }


def _qualified(row: dict[str, Any], language: str) -> str:
    lists = {
        "of": None,
        "precision": "precision",
        "perimeter": "perimeter",
        "modality": "modality",
        "status": "status",
    }
    found = [
        label(name, row[key], language) if name else str(row[key]).replace("_", " ")
        for key, name in lists.items()
        if key in row and row[key] not in ("exact", "observed", "members")
    ]
    return f" ({', '.join(found)})" if found else ""


@click.command()
@click.option("--entity", metavar="ID", help="Disputes of one entity.")
@moment_options
def disputes(on: str | None, known: str | None, json_: bool, entity: str | None) -> None:
    """List values that cannot all be true."""
    ready()
    from grappe.queries.disputes import list_disputes
    from grappe.queries.moment import moment

    rows = list_disputes(moment(on, known), entity)
    if json_:
        as_json(rows)
        return
    for row in rows:
        row["values"] = "\n".join(
            f"{cell(v['value'])} (l. {cell(v['line'])}, {v['part']})" for v in row["values"]
        )
    as_table(rows, ("entity", "field", "values", "why", "severity"), f"{len(rows)} disputes")


@click.command()
@click.option("--rule", metavar="RULE", help="Findings of one rule.")
@moment_options
@click.pass_obj
def check(language: str, on: str | None, known: str | None, json_: bool, rule: str | None) -> None:
    """List findings of the consistency rules and editors' remarks."""
    ready()
    from grappe.queries.disputes import list_findings
    from grappe.queries.moment import moment

    rows = list_findings(moment(on, known), rule)
    for row in rows:
        row["message"] = finding_words(row["rule"], row["params"], language)
    if json_:
        as_json(rows)
    else:
        as_table(rows, ("severity", "rule", "entities", "lines", "message"), f"{len(rows)} findings")


@click.command(name="search")
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
def find(text: tuple[str, ...], json_: bool) -> None:
    """Search names, acronyms, people, niches, places and members."""
    ready()
    from grappe.queries.search_everything import search_everything

    rows = search_everything(" ".join(text))
    as_json(rows) if json_ else as_table(
        rows, ("id", "kind", "name", "country", "place"), f"{len(rows)} found"
    )
