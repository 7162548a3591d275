"""Who may go through a reading, and its proposals as values."""

from collections.abc import Iterable

from grappe.census.reading.proposal import Proposal
from grappe.census.reading.proposals_file import proposal_of
from grappe.domain.actor import Actor
from grappe.domain.errors import Problem, UnknownThing
from grappe.domain.roles import Capability, may_somewhere
from grappe.store.grants import held_by
from grappe.store.models import DocumentReading, ReadProposal


def check_may_handle(row: DocumentReading, by: Actor) -> None:
    """Refuse a reading to all but its owner and those who decide on facts; for others there is none.

    Raises
    ------
    UnknownThing
        As if there were no such reading.
    """
    grants = held_by(by)
    mine = row.owner_id is not None and row.owner_id == by.account
    if mine and may_somewhere(grants, Capability.ENTER_FACTS):
        return
    if not may_somewhere(grants, Capability.DECIDE_FACTS):
        raise UnknownThing("unknown_reading", id=row.pk)


def proposals_of(rows: Iterable[ReadProposal]) -> tuple[Proposal, ...]:
    """Proposals of their rows, each with the step that was chosen."""
    problems: list[Problem] = []
    found = [
        proposal_of({**row.content, "step": row.step}, row.code, row.line, number, problems)
        for number, row in enumerate(rows, 1)
    ]
    if problems:
        # What was written here was checked before: only a change of the fields' declarations leads here.
        raise ValueError(f"a stored proposal is none: {problems[0]}")
    return tuple(one for one in found if one is not None)
