"""`grappe demo policy`: a fictional portfolio of contracts, in a folder of its own."""

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from grappe.cli.changing import operator
from grappe.cli.events import demo, store_in_folder
from grappe.cli.ready import set_up
from grappe.cli.show import as_json

FOLDER = "demo-policy"


@demo.command()
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
    help="Folder to fill; by default demo-policy in the data folder.",
)  # fmt: skip
@click.option("--json", "json_", is_flag=True, help="JSON instead of sentences.")
@click.pass_obj
def policy(language: str, /, data: Path | None, json_: bool) -> None:
    """Invent three calls and twelve contracts over eight years, never mixed with the census."""
    with store_in_folder(data or _default()) as folder:
        set_up()
        from grappe.actions.make_demo_event import DemoAccount
        from grappe.actions.make_demo_policy import make_demo_policy
        from grappe.domain.roles import Role
        from grappe.present.policy_demonstration import policy_demo_words

        def account(address: str, name: str, role: Role, scope: str) -> DemoAccount:
            return DemoAccount(address, name, secrets.token_urlsafe(9), role, scope)

        accounts = (
            account("officer@demo.invalid", "Agente fictive du ministère", Role.OFFICER, "MA"),
            account(
                "cluster@demo.invalid", "Directeur fictif d'un cluster", Role.MANAGER, "fiction-cluster-01"
            ),
        )
        done = make_demo_policy(
            folder, accounts=accounts, by=operator(), at=datetime.now(UTC).replace(microsecond=0)
        )
    command = f"GRAPPE_DATA={folder} grappe serve"
    signing_in = {one.address: one.password for one in accounts} if done.made else {}
    if json_:
        told = {name: getattr(done, name) for name in done.__slots__}
        as_json(told | {"folder": str(folder), "serve": command, "accounts": signing_in})
        return
    for line in policy_demo_words(done.calls, done.contracts, done.reports, signing_in, command, language):
        click.echo(line)


def _default() -> Path:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grappe.settings")
    from django.conf import settings

    folder: Path = settings.DATA / FOLDER
    return folder
