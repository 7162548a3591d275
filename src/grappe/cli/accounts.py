"""Commands of accounts: the operator of the machine opens the first ones, and sets forgotten passwords."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from grappe.cli.changing import operator
from grappe.cli.ready import ready, set_up
from grappe.cli.show import as_json, as_table
from grappe.domain.roles import Role, role_of
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.roles import invitation_letter, role_name

if TYPE_CHECKING:
    from grappe.queries.accounts import Person

_role = click.option("--role", metavar="ROLE", required=True, help=f"{', '.join(Role)}.")
_scope = click.option(
    "--scope", default="", metavar="ID",
    help="What the role is held over: a cluster, country, event or call; everywhere if left out.",
)  # fmt: skip
_language = click.option(
    "--language", type=click.Choice(LANGUAGES), default="fr", show_default=True, help="The person's language."
)
_json = click.option("--json", "json_", is_flag=True, help="JSON instead of text.")


@click.group()
def account() -> None:
    """Open accounts, invite people, give and end roles; passwords are read from the prompt or a pipe."""


@account.command()
@click.argument("address")
@click.option("--name", required=True, metavar="TEXT", help="The name that others see.")
@click.option("--role", metavar="ROLE", help=f"A first role: {', '.join(Role)}.")
@_scope
@_language
@_json
def create(address: str, name: str, role: str | None, scope: str, language: str, json_: bool) -> None:
    """Open an account for ADDRESS; the first one is an administrator's."""
    _ready(scope)
    from grappe.actions.create_account import create_account

    wanted = role_of(role) if role else None
    number = create_account(
        address, name=name, password=_password(), language=language, role=wanted, scope=scope,
        by=operator(), at=datetime.now(UTC),
    )  # fmt: skip
    if json_:
        as_json({"id": number, "name": name, "role": wanted, "scope": scope})
    else:
        given = [name, *([wanted] if wanted else []), *([scope] if scope else [])]
        click.echo(f"Account {number}: {', '.join(given)}.")


@account.command()
@click.argument("address")
@_role
@_scope
@_language
@click.option(
    "--site",
    default="http://127.0.0.1:8000",
    show_default=True,
    metavar="URL",
    help="Where the atlas is served.",
)
@_json
def invite(address: str, role: str, scope: str, language: str, site: str, json_: bool) -> None:
    """Make a link for ADDRESS that opens once; nothing is sent."""
    _ready(scope)
    from grappe.actions.invite import invite as invite_somebody

    wanted, by = role_of(role), operator()
    made = invite_somebody(address, role=wanted, scope=scope, language=language, by=by, at=datetime.now(UTC))
    link = f"{site.rstrip('/')}/{language}/invitations/{made.key}/"
    if json_:
        as_json(
            {"id": made.id, "address": made.address, "role": wanted, "scope": scope,
             "expires_at": made.expires_at, "link": link}
        )  # fmt: skip
    else:
        click.echo(
            invitation_letter(
                wanted, scope, inviter=by.name, link=link, expires_at=made.expires_at, language=language
            ).rstrip()
        )


@account.command("list")
@_json
@click.pass_obj
def list_(spoken: str | None, json_: bool) -> None:
    """List accounts with their addresses and roles."""
    set_up()
    from grappe.queries.accounts import people

    everybody = people(by=operator())
    if json_:
        as_json([_plain(one) for one in everybody])
        return
    rows = [
        {"id": one.id, "name": one.name, "address": one.address, "roles": _roles(one, spoken or "en")}
        for one in everybody
    ]
    as_table(rows, ("id", "name", "address", "roles"), f"{len(rows)} in all")


def _plain(one: "Person") -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "address": one.address,
        "language": one.language,
        "active": one.active,
        "last_sign_in": one.last_seen,
        "roles": [
            {"role": held.role, "scope": held.scope or None, "since": held.given_at} for held in one.roles
        ],
    }


def _roles(one: "Person", language: str) -> str:
    return ", ".join(
        role_name(held.role, language) + (f" ({held.scope})" if held.scope else "") for held in one.roles
    )


@account.command()
@click.argument("address")
@_role
@_scope
def grant(address: str, role: str, scope: str) -> None:
    """Give a role to the account of ADDRESS."""
    _ready(scope)
    from grappe.actions.grant_role import grant_role
    from grappe.queries.accounts import account_at

    grant_role(account_at(address), role=role_of(role), scope=scope, by=operator(), at=datetime.now(UTC))
    click.echo(f"{role} given.")


@account.command()
@click.argument("address")
@_role
@_scope
def end(address: str, role: str, scope: str) -> None:
    """End a role of the account of ADDRESS; it stays on record."""
    set_up()
    from grappe.actions.end_role import end_role
    from grappe.queries.accounts import grant_at

    end_role(grant_at(address, role_of(role), scope), by=operator(), at=datetime.now(UTC))
    click.echo(f"{role} ended.")


@account.command()
@click.argument("address")
def password(address: str) -> None:
    """Set the password of somebody who forgot it; all of their sessions end."""
    set_up()
    from grappe.actions.change_password import reset_password

    reset_password(address, new=_password(), by=operator(), at=datetime.now(UTC))
    click.echo("Password set.")


def _ready(scope: str) -> None:
    """A role over a cluster needs the census; other accounts can be opened before it is loaded."""
    ready() if scope else set_up()


def _password() -> str:
    """From the prompt, twice, or the first line of a pipe: an option would stay in the shell's history."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
