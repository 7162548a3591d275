"""What the demonstration of the policy desk says of itself on the command line."""

from collections.abc import Mapping, Sequence

from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.words import number

_MADE = N_("Calls: {calls}. {contracts} contracts and {reports} reports, all of them invented.")
_ACCOUNT = N_("Sign in as {address} with the password {password}")
_STOOD = N_("The demonstration was there already; its passwords are not shown again.")
_SERVE = N_("Look at it with: {command}")


def policy_demo_words(
    calls: Sequence[str],
    contracts: int,
    reports: int,
    accounts: Mapping[str, str],
    command: str,
    language: str = DEFAULT,
) -> list[str]:
    """Lines that say what was made, how to sign in, and how to look at it."""
    counted = {"contracts": number(contracts, language), "reports": number(reports, language)}
    lines = [say(language, _MADE, calls=", ".join(calls), **counted)]
    lines += [
        say(language, _ACCOUNT, address=address, password=password) for address, password in accounts.items()
    ]
    if not accounts:
        lines.append(say(language, _STOOD))
    return [*lines, say(language, _SERVE, command=command)]
