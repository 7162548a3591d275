"""Commands on contracts: the schedule of a contract under a scheme."""

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from grappe.cli.show import as_json, as_table
from grappe.domain.dates import PartialDate, is_date
from grappe.domain.errors import BadChoice
from grappe.policy.contract_schedule import ScheduledPhase, contract_schedule
from grappe.policy.parameter_values import assumptions, pairs
from grappe.policy.profile import Fact
from grappe.policy.scheme import Scheme
from grappe.policy.scheme_files import scheme as one_scheme
from grappe.present.policies import schedule_plain
from grappe.present.policy_words import needs_words

COLUMNS = ("phase", "start", "end", "months", "amount", "currency", "degressive", "cites")
AUDITS = ("positive", "negative")


@click.group()
def contract() -> None:
    """Contracts between a public body and a cluster."""


@contract.command()
@click.option("--scheme", "id", required=True, metavar="ID", help="Scheme; `grappe schemes` lists them.")
@click.option("--start", required=True, metavar="DAY", help="First day of the contract, YYYY-MM-DD.")
@click.option("--renewals", type=int, default=0, metavar="N", help="How many renewals; 0 by default.")
@click.option("--audit", type=click.Choice(AUDITS), help="Result of the audit, where a phase asks for one.")
@click.option("--reading", metavar="ID", help="Which reading of the source; by default the first.")
@click.option(
    "--assume", multiple=True, metavar="NAME=VALUE", help="Value for what the source leaves open; repeatable."
)
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
@click.pass_obj
def schedule(
    language: str,
    /,
    id: str,
    start: str,
    renewals: int,
    audit: str | None,
    reading: str | None,
    assume: tuple[str, ...],
    json_: bool,
) -> None:
    """Phases of a contract: days, amounts, conditions, citations; an end is the first day after."""
    scheme = one_scheme(id, own_folders())
    scheme = scheme.assuming(assumptions(scheme, pairs(assume, "--assume")))
    phases = contract_schedule(
        scheme,
        _day(start),
        renewals=renewals,
        profile={"audit": Fact(audit)} if audit else {},
        reading=reading,
    )
    rows = schedule_plain(phases)
    if json_:
        as_json(rows)
        return
    as_table(rows, COLUMNS)
    for words in _open(scheme, phases, language):
        click.echo(words, err=True)


def own_folders() -> tuple[Path, ...]:
    """Folders of schemes beside those shipped, read from the variable; nothing here needs a database."""
    return tuple(Path(part) for part in os.environ.get("GRAPPE_SCHEMES", "").split(os.pathsep) if part)


def _day(text: str) -> date:
    if not is_date(text) or len(text) != len("YYYY-MM-DD"):
        raise BadChoice(name="start", value=text, accepted="YYYY-MM-DD")
    return PartialDate(text).first


def _open(scheme: Scheme, phases: Iterable[ScheduledPhase], language: str) -> list[str]:
    """What the schedule lacks, once each."""
    missing = dict.fromkeys(name for one in phases for finding in one.conditions for name in finding.missing)
    return needs_words(scheme, missing, language)
