"""Commands that change something: load a data set, redact personal data."""

import getpass
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from grappe.cli.ready import DEFAULT_DATASET, ready, set_up
from grappe.cli.show import as_json
from grappe.domain.actor import Actor

_STEPS = {
    "read": "reading and checking",
    "hash": "comparing with what is loaded",
    "store": "storing statements",
    "rows": "building lists, map and search index",
    "disputes": "computing disputes and findings",
}


class _Steps:
    """A progress bar of the steps of a load, on the terminal alone."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        self.bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self.task = self.bar.add_task("", total=len(_STEPS))

    def __enter__(self) -> "_Steps":
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def begin(self, step: str) -> None:
        """Show that a step begins; the ones before it are done."""
        self.bar.update(self.task, description=_STEPS[step], completed=list(_STEPS).index(step))


def operator() -> Actor:
    """Who runs the command, for the audit trail."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "operator"
    return Actor(name, "operator")


@click.command()
@click.argument("dataset", default=DEFAULT_DATASET)
@click.option("--json", "json_", is_flag=True, help="JSON instead of a sentence.")
def load(dataset: str, json_: bool) -> None:
    """Load DATASET (a shipped name or a folder): idempotent, all or nothing."""
    set_up()
    from grappe.actions.load_dataset import load_dataset
    from grappe.census.census import find_dataset

    with _Steps() as steps:
        done = load_dataset(find_dataset(dataset), by=operator(), at=datetime.now(UTC), progress=steps.begin)
    if json_:
        as_json({name: getattr(done, name) for name in done.__slots__})
    elif done.changed:
        click.echo(
            f"{done.dataset}: {done.entities:,} entities, {done.statements:,} statements"
            f" ({done.added:,} new, {done.withdrawn:,} withdrawn)."
        )
    else:
        click.echo(f"{done.dataset}: unchanged, {done.statements:,} statements.")


@click.command()
@click.argument("entity")
@click.argument("field")
@click.option("--reason", required=True, help="Why the personal data is erased; kept in the trace.")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a sentence.")
def redact(entity: str, field: str, reason: str, json_: bool) -> None:
    """Erase the personal data of FIELD of ENTITY everywhere; locator and reason stay."""
    ready()
    from grappe.actions.redact_personal_data import redact_personal_data

    done = redact_personal_data(entity, field, reason=reason, by=operator(), at=datetime.now(UTC))
    if json_:
        as_json({name: getattr(done, name) for name in done.__slots__})
    else:
        touched = ", ".join(done.entities)
        click.echo(f"{done.statements} statement(s) of {touched} erased, {done.files} file(s) rewritten.")
