"""Commands that follow contracts: lists, one contract, a portfolio, indicators, alarms, labels.

`list`, `show` and `portfolio` join the group `contract`, which also computes schedules without a database.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from grappe.cli.changing import operator
from grappe.cli.contracts import contract, own_folders
from grappe.cli.ready import ready, set_up
from grappe.cli.show import as_json, as_table
from grappe.domain.dates import PartialDate, is_date
from grappe.domain.errors import BadChoice
from grappe.policy.scheme_files import scheme as one_scheme
from grappe.present.policies import cites_plain

LINES = ("id", "cluster_name", "scheme", "state", "start", "end", "amount", "currency")
PORTFOLIO = (
    "id", "cluster_name", "state", "committed", "paid", "overdue_by_state", "currency", "late_reports",
    "risks",
)  # fmt: skip
_XLSX = click.option(
    "--xlsx", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a workbook too."
)
_JSON = click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
_ON = click.option("--on", metavar="DAY", help="Day of which it speaks (YYYY-MM-DD); by default today.")


@click.command("list")
@click.option("--country", metavar="CODE", help="Two-letter code.")
@click.option("--state", metavar="STATE", help="State of the contract.")
@click.option("--scheme", metavar="ID", help="Scheme; `grappe schemes` lists them.")
@_XLSX
@_JSON
def list_(country: str | None, state: str | None, scheme: str | None, xlsx: Path | None, json_: bool) -> None:
    """List contracts by name of cluster."""
    set_up()
    from grappe.queries.contracts import list_contracts

    rows = list_contracts(by=operator(), country=country, state=state, scheme=scheme)
    _write(xlsx, {"contracts": rows})
    as_json(rows) if json_ else as_table(rows, LINES, f"{len(rows)} in all")


@click.command()
@click.argument("id", metavar="CONTRACT")
@_ON
@_XLSX
@_JSON
def show(id: str, on: str | None, xlsx: Path | None, json_: bool) -> None:
    """Show CONTRACT: its schedule, money, reports, results, and what both sides owe each other."""
    set_up()
    from grappe.queries.contracts import show_contract

    found = show_contract(id, _day(on), by=operator())
    _write(xlsx, contract_tables(found))
    if json_:
        as_json(found)
        return
    as_table([found], LINES)
    as_table(found["schedule"], ("phase", "start", "end", "months", "amount", "currency", "cites"))
    as_table(found["tranches"], ("number", "amount", "state", "due_on", "paid_on"))
    as_table(found["obligations"], ("side", "kind", "subject", "due_on", "done_on", "kept", "days_late"))
    as_table(found["results"], ("indicator", "period", "target", "result", "met"))


@click.command()
@click.option("--country", metavar="CODE", help="Two-letter code.")
@_ON
@_XLSX
@_JSON
def portfolio(country: str | None, on: str | None, xlsx: Path | None, json_: bool) -> None:
    """All contracts: committed, paid, late reports, at risk, by sector and region."""
    set_up()
    from grappe.queries.contract_dashboards import portfolio as ask

    found = ask(_day(on), by=operator(), country=country)
    _write(xlsx, {name: rows for name, rows in found.items() if isinstance(rows, list)})
    if json_:
        as_json(found)
        return
    as_table(found["contracts"], PORTFOLIO, f"{len(found['contracts'])} in all")
    as_table(found["totals"], ("currency", "contracts", "committed", "paid", "overdue_by_state", "at_risk"))


@click.command()
@click.argument("of", metavar="[CONTRACT]", required=False)
@click.option("--scheme", "id", metavar="ID", help="Scheme whose indicators are listed, version by version.")
@_XLSX
@_JSON
@click.pass_obj
def indicators(language: str, /, of: str | None, id: str | None, xlsx: Path | None, json_: bool) -> None:
    """Indicators: of CONTRACT with their values, or of a scheme with their definitions and versions."""
    if (of is None) == (id is None):
        raise click.UsageError("name a contract, or a scheme with --scheme.")
    if id is not None:
        rows = scheme_indicators(id, language)
        columns: tuple[str, ...] = ("version", "indicator", "name", "unit", "formula", "cites")
    else:
        set_up()
        from grappe.queries.contracts import contract_indicators

        rows = contract_indicators(str(of), by=operator())
        columns = ("indicator", "period", "value", "unit", "missing", "cites")
    _write(xlsx, {"indicators": rows})
    as_json(rows) if json_ else as_table(rows, columns)


def scheme_indicators(id: str, language: str) -> list[dict[str, Any]]:
    """Indicators of a scheme by version; one that the source counts and does not name is no row."""
    return [
        {
            "version": version.version,
            "counted": version.count,
            "indicator": one.id,
            "name": one.name[language],
            "definition": one.definition[language] if one.definition else None,
            "unit": one.unit,
            "formula": one.formula,
            "proof": one.proof[language] if one.proof else None,
            "frequency": one.frequency,
            "cites": cites_plain(one.cites),
        }
        for version in one_scheme(id, own_folders()).indicator_sets
        for one in version.indicators
    ]


@click.command()
@click.option("--cluster", metavar="ID", help="One cluster alone.")
@click.option("--country", metavar="CODE", help="Clusters of one country alone, by its two-letter code.")
@click.option("--rule", metavar="RULE", help="One alarm alone, such as contract_ending.")
@click.option("--raised", metavar="ANSWER", help="yes, no or cannot_tell, those alone.")
@click.option("--on", metavar="DATE", help="Day of the question (YYYY, YYYY-MM or YYYY-MM-DD).")
@click.option("--known", metavar="DATE", help="Use only decisions recorded by this day.")
@_XLSX
@_JSON
@click.pass_obj
def alarms(
    language: str,
    /,
    cluster: str | None,
    country: str | None,
    rule: str | None,
    raised: str | None,
    on: str | None,
    known: str | None,
    xlsx: Path | None,
    json_: bool,
) -> None:
    """What may stop clusters from lasting: each alarm with its reason and citations."""
    ready()
    from grappe.present.contracts import alarm_sentence
    from grappe.queries.alarms import list_alarms
    from grappe.queries.moment import moment

    found = list_alarms(
        moment(on, known), cluster=cluster, country=country, rule=rule, raised=raised, by=operator()
    )
    rows = [
        {"cluster": one["cluster"], "alarm": alarm["rule"], "raised": alarm["raised"]}
        | {"reason": alarm_sentence(alarm, language), "cites": alarm["cites"]}
        for one in found
        for alarm in one["alarms"]
    ]
    _write(xlsx, {"alarms": rows})
    as_json(found) if json_ else as_table(rows, ("cluster", "alarm", "raised", "reason", "cites"))


@click.command()
@click.option("--kind", metavar="KIND", help="One kind of label alone, such as startup_act.")
@click.option("--country", metavar="CODE", help="Two-letter code.")
@click.option("--on", metavar="DATE", help="Day of the question (YYYY, YYYY-MM or YYYY-MM-DD).")
@click.option("--known", metavar="DATE", help="Use only decisions recorded by this day.")
@_XLSX
@_JSON
def labels(
    kind: str | None, country: str | None, on: str | None, known: str | None, xlsx: Path | None, json_: bool
) -> None:
    """Labels: the seven kinds, those granted, and who awaits the label of another authority."""
    ready()
    from grappe.queries.labels import labels as ask
    from grappe.queries.moment import moment

    found = ask(moment(on, known), kind=kind, country=country)
    _write(xlsx, {name: rows for name, rows in found.items() if isinstance(rows, list)})
    if json_:
        as_json(found)
        return
    as_table(found["register"], ("kind", "giver", "receiver", "right", "country", "cites"))
    as_table(found["labels"], ("id", "kind", "giver_name", "receiver_name", "start", "end", "state"))
    as_table(found["awaiting"], ("cluster", "received_by", "standing", "awaits", "cites"))


def contract_tables(found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """A contract as tables, values of reports a line each."""
    tables = {name: rows for name, rows in found.items() if isinstance(rows, list) and name != "parts"}
    tables["values"] = [
        {"report": one["number"], "name": name, "value": value}
        for one in found.get("reports", [])
        for name, value in (one["values"] or {}).items()
    ]
    flat = {name: value for name, value in found.items() if not isinstance(value, list | dict)}
    return {"contract": [flat], **{name: rows for name, rows in tables.items() if _rows(rows)}}


def _rows(table: list[Any]) -> bool:
    return all(isinstance(row, dict) for row in table)


def _write(path: Path | None, tables: dict[str, list[dict[str, Any]]]) -> None:
    if path is None:
        return
    from grappe.present.xlsx import as_xlsx

    set_up()
    from grappe.queries.fiction import watermark

    invented = watermark()
    about = [("fiction", invented)] if invented else []
    path.write_bytes(as_xlsx(tables, about=about))
    click.echo(f"{path}", err=True)


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    if not is_date(text) or len(text) != len("YYYY-MM-DD"):
        raise BadChoice(name="on", value=text, accepted="YYYY-MM-DD")
    return PartialDate(text).first


for _command in (list_, show, portfolio):
    contract.add_command(_command)
