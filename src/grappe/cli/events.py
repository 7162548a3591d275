"""Commands of matchmaking events: list, show, and the demonstration with invented data."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from grappe.cli.changing import operator
from grappe.cli.ready import set_up
from grappe.cli.show import as_json, as_table

DEMO = "demo-event"
"""Folder of the demonstration, inside the data folder, unless another is named."""


@click.group()
def events() -> None:
    """Matchmaking events: list them, show one."""


@events.command("list")
@click.option("--drafts", is_flag=True, help="With those still in preparation.")
@click.option("--json", "json_", is_flag=True, help="JSON instead of a table.")
def list_(drafts: bool, json_: bool) -> None:
    """List matchmaking events, the latest first."""
    set_up()
    from grappe.queries.events import list_events

    rows = list_events(drafts=drafts)
    columns = ("id", "title", "place", "start", "end", "state", "participants", "meetings")
    as_json(rows) if json_ else as_table(rows, columns, f"{len(rows)} in all")


@events.command()
@click.argument("event")
@click.option("--on", metavar="DAY", help="Day by which outcomes are counted (YYYY-MM-DD); by default today.")
@click.option("--json", "json_", is_flag=True, help="JSON instead of tables.")
@click.pass_obj
def show(language: str, /, event: str, on: str | None, json_: bool) -> None:
    """Show EVENT: its terms, its agenda, what is wrong with it, and how it did."""
    set_up()
    from grappe.queries.event_agendas import event_agenda
    from grappe.queries.event_outcomes import event_statistics, outcomes_of
    from grappe.queries.events import event_page, find_event

    row = find_event(event)
    agenda = event_agenda(row, language)
    found: dict[str, Any] = {
        "event": event_page(event),
        "agenda": {key: value for key, value in agenda.items() if key not in ("event", "slots")},
        "outcomes": outcomes_of(row),
        "statistics": event_statistics(row, _day(on)),
    }
    if json_:
        as_json(found)
        return
    as_table([found["event"]], ("id", "title", "place", "start", "end", "state", "version", "participants"))
    meetings = [one | {"a": one["a"]["name"], "b": one["b"]["name"]} for one in agenda["meetings"]]
    as_table(meetings, ("slot", "table", "a", "b", "state"), f"{len(meetings)} in all")
    for one in (*agenda["conflicts"], *agenda["troubles"]):
        click.echo(one["message"], err=True)


def _day(text: str | None) -> Any:
    from grappe.domain.errors import BadChoice

    if text is None:
        return datetime.now(UTC).date()
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise BadChoice(name="--on", value=text, accepted="YYYY-MM-DD") from None


@click.group()
def demo() -> None:
    """Demonstrations: invented data, in a folder of their own."""


@demo.command()
@click.option("--seed", default=0, show_default=True, type=int, help="The same seed gives the same data.")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
    help="Folder to fill; by default demo-event in the data folder.",
)  # fmt: skip
@click.option("--json", "json_", is_flag=True, help="JSON instead of sentences.")
@click.pass_obj
def event(language: str, /, seed: int, data: Path | None, json_: bool) -> None:
    """Invent 20 + 20 clusters and their two matchmaking events, never mixed with the census."""
    with store_in_folder(data) as folder:
        set_up()
        from grappe.actions.make_demo_event import DemoAccount, make_demo_event
        from grappe.domain.roles import Role
        from grappe.present.demonstrations import demo_words

        def account(address: str, name: str, role: Role, scope: str = "") -> DemoAccount:
            return DemoAccount(address, name, secrets.token_urlsafe(9), role, scope)

        accounts = (
            account("organiser@demo.invalid", "Organisatrice fictive", Role.ORGANISER),
            account("south@demo.invalid", "Participant fictif du Sud", Role.MANAGER, "fiction-south-01"),
            account("north@demo.invalid", "Participante fictive du Nord", Role.MANAGER, "fiction-north-01"),
        )
        done = make_demo_event(
            folder, seed=seed, accounts=accounts, by=operator(), at=datetime.now(UTC).replace(microsecond=0)
        )
    command = f"GRAPPE_DATA={folder} grappe serve"
    signing_in = {one.address: one.password for one in accounts} if done.made else {}
    if json_:
        told = {name: getattr(done, name) for name in done.__slots__}
        as_json(told | {"folder": str(folder), "serve": command, "accounts": signing_in})
        return
    for line in demo_words(done.events, done.participants, signing_in, command, language):
        click.echo(line)


@contextmanager
def store_in_folder(data: Path | None) -> Iterator[Path]:
    """Let the database be that of another folder than the one of the settings, for a while."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grappe.settings")
    from django.conf import settings
    from django.db import connection

    folder = (data or settings.DATA / DEMO).resolve()
    before, name = settings.DATA, connection.settings_dict["NAME"]
    opened = connection.connection
    # Whatever is open is put aside, not closed: it may be a database in memory.
    connection.connection = None
    settings.DATA, connection.settings_dict["NAME"] = folder, folder / "grappe.sqlite3"
    try:
        yield folder
    finally:
        connection.close()
        connection.connection = opened
        settings.DATA, connection.settings_dict["NAME"] = before, name
