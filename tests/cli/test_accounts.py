"""Accounts at the command line: the operator opens the first one; a password is never an option."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grappe.cli.accounts import account
from grappe.domain.errors import BadChoice, InputRefused, Refused, UnknownThing
from grappe.domain.roles import Role
from tests.actions.accounts import GOOD, quick_passwords
from tests.actions.stored import shipped_census, store_in

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("quick_passwords")
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, tmp_path_factory, django_db_blocker, monkeypatch, capsys, settings) -> Iterator[Run]:
    """Runs ``grappe account …`` on a copy of the census; what is typed in comes from a pipe."""
    settings.DATA = tmp_path
    path = tmp_path / "grappe.sqlite3"

    def command(*arguments: str, typed: str = "") -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        account.main(list(arguments), standalone_mode=False, obj="en")
        return capsys.readouterr().out

    with django_db_blocker.unblock():
        shutil.copy(shipped_census(tmp_path_factory.getbasetemp()), path)
        with store_in(path):
            yield command


def amel(run: Run, *more: str) -> str:
    return run("create", "amel@example.org", "--name", "Amel", *more, typed=f"{GOOD}\n")


def roles_of(run: Run) -> list[tuple[str, str | None]]:
    (person,) = json.loads(run("list", "--json"))
    return [(held["role"], held["scope"]) for held in person["roles"]]


def test_the_operator_opens_the_first_account_with_a_password_from_a_pipe(run):
    assert amel(run, "--role", "administrator") == "Account 1: Amel, administrator.\n"
    (person,) = json.loads(run("list", "--json"))
    assert {key: person[key] for key in ("id", "name", "address", "language", "active", "last_sign_in")} == {
        "id": 1, "name": "Amel", "address": "amel@example.org", "language": "fr", "active": True,
        "last_sign_in": None,
    }  # fmt: skip
    assert run("list").splitlines()[1] == "1\tAmel\tamel@example.org\tadministrator"


def test_no_command_takes_a_password_as_an_option():
    options = {name: [one for p in c.params for one in p.opts] for name, c in account.commands.items()}
    assert [name for name, opts in options.items() if any("pass" in one for one in opts)] == []


def test_a_weak_or_empty_password_is_refused(run):
    for typed in ("12345\n", ""):
        with pytest.raises(InputRefused, match="weak_password"):
            run("create", "amel@example.org", "--name", "Amel", typed=typed)
    assert json.loads(run("list", "--json")) == []


def test_a_role_is_given_and_ended_by_address(run):
    amel(run)
    assert run("grant", "Amel@example.org", "--role", "manager", "--scope", "ma-ce3m") == "manager given.\n"
    assert roles_of(run) == [("manager", "ma-ce3m")]
    assert "cluster manager (ma-ce3m)" in run("list")
    run("end", "amel@example.org", "--role", "manager", "--scope", "ma-ce3m")
    assert roles_of(run) == []
    with pytest.raises(Refused, match="role_not_held"):
        run("end", "amel@example.org", "--role", "manager", "--scope", "ma-ce3m")


def test_an_unknown_role_cluster_or_address_is_refused(run):
    amel(run)
    with pytest.raises(BadChoice):
        run("grant", "amel@example.org", "--role", "king")
    with pytest.raises(UnknownThing):
        run("grant", "amel@example.org", "--role", "manager", "--scope", "ma-nowhere")
    with pytest.raises(UnknownThing, match="unknown_account"):
        run("grant", "nobody@example.org", "--role", "analyst")


def test_an_invitation_is_a_text_to_send_or_json_with_its_link(run):
    text = run("invite", "amel@example.org", "--role", "analyst", "--site", "https://atlas.example.org/")
    assert "https://atlas.example.org/fr/invitations/" in text
    made = json.loads(run("invite", "amel@example.org", "--role", "analyst", "--language", "ar", "--json"))
    assert made["link"].startswith("http://127.0.0.1:8000/ar/invitations/")
    assert (made["role"], made["scope"], made["address"]) == ("analyst", "", "amel@example.org")


def test_a_forgotten_password_is_set_from_a_pipe(run):
    amel(run)
    assert run("password", "amel@example.org", typed="another good phrase\n") == "Password set.\n"
    with pytest.raises(InputRefused):
        run("password", "amel@example.org", typed="short\n")


def test_the_help_names_every_role():
    (option,) = [one for one in account.commands["grant"].params if "--role" in one.opts]
    assert all(role in option.help for role in Role)
