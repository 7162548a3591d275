"""Who does something: every action names one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, signed by role, or the system itself.

    Raises
    ------
    ValueError
        If the name or the role is empty.
    """

    name: str
    role: str

    def __post_init__(self) -> None:
        if not self.name or not self.role:
            raise ValueError("an actor needs a name and a role.")

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"


LOADER = Actor("loader", "system")
EDITOR = Actor("editor", "editor")
