"""Who does something: every action names one."""

from dataclasses import dataclass

TRUSTED = frozenset({"operator", "system"})
"""Roles of actors without account who own the machine: the command line, and the program itself."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, signed by role, or the system itself.

    Parameters
    ----------
    name, role
        What the audit trail shows. Neither is an e-mail address.
    account
        Number of the account of a person who signed in; none for the operator of the machine, the
        system, and somebody who has no account yet.

    Raises
    ------
    ValueError
        If the name or the role is empty, or a trusted role is claimed by an account.
    """

    name: str
    role: str
    account: int | None = None

    def __post_init__(self) -> None:
        if not self.name or not self.role:
            raise ValueError("an actor needs a name and a role.")
        if self.account is not None and self.role in TRUSTED:
            raise ValueError(f"the role {self.role!r} belongs to the machine, not to an account.")

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"

    @property
    def trusted(self) -> bool:
        """Whether this is the operator of the machine, or the program itself."""
        return self.account is None and self.role in TRUSTED


LOADER = Actor("loader", "system")
EDITOR = Actor("editor", "editor")
