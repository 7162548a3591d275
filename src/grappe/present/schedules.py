"""Meeting schedules as plain values and in words: mistakes of an event file, reasons why a wish is unmet."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from grappe.domain.errors import Problem
from grappe.present.catalogue import N_, say

if TYPE_CHECKING:
    # Words are needed by every command, solvers by one: they take a second to load.
    from grappe.network.meeting_changes import Rescheduled
    from grappe.network.meeting_reasons import Unmet
    from grappe.network.meeting_schedule import Schedule

EXPECTED = {
    "mapping": N_("a mapping of keys to values"),
    "list": N_("a list"),
    "id": N_("an id: text or a whole number"),
    "whole": N_("a whole number"),
    "pair": N_("a list of two ids"),
}
"""What was expected where another type of value stands."""

SCHEDULE_PROBLEMS = {
    "wrong_type": N_("is of the wrong type. Write {expected}."),
    "key_not_known": N_("is not a key here. Accepted: {accepted}."),
    "key_missing": N_("lacks the key `{key}`. Add it."),
    "slots_empty": N_("lists no slot: nobody can meet. Write `slots: [id, …]` in the order of time."),
    "tables_below_one": N_("leaves nowhere to meet. Give one table or more."),
    "id_twice": N_("is given twice. Keep one."),
    "slot_not_listed": N_("is not among the slots. Add it to `slots`, or correct it."),
    "table_not_there": N_("is not a table: they are numbered from 1 to {tables}. Correct it."),
    "sides_not_two": N_("are more than two sides. Use two, or none."),
    "side_missing": N_("has no side while others have. Write one of {accepted}."),
    "participant_not_listed": N_("is not a participant. Add it to `participants`, or correct it."),
    "wish_to_self": N_("wishes to meet itself. Remove this wish."),
    "pair_of_one": N_("is named with itself. Name two different participants."),
    "wish_twice": N_("is wished twice. Keep one of the two wishes."),
    "wish_within_side": N_("are both of side {side}, and only unlike sides meet. Remove this wish."),
    "rank_below_one": N_("is not a rank. Write a whole number of 1 or more; 1 is the strongest."),
    "meeting_twice": N_("meet twice. Keep one of the two meetings."),
    "fixed_at_once": N_("has two fixed meetings in slot {slot}. Keep one of them."),
    "fixed_table_taken": N_("is the table of two fixed meetings in slot {slot}. Move one of them."),
    "not_agenda": N_("is not an agenda. Give the agenda.json that an earlier run wrote."),
}
"""A sentence per mistake of an event file; it follows the place and the value."""

SCHEDULE_ERRORS = {
    "schedule_refused": N_("{file} cannot be scheduled, {count} problem(s)."),
    "no_file": N_("There is no file {path}."),
}
"""A sentence per error of the command that schedules."""

REASONS = {
    "blocked": N_("The two are kept apart."),
    "no_common_slot": N_("The two are never available together."),
    "participant_full": N_(
        "{participant} has other meetings in all slots that the two have in common ({slots})."
    ),
    "both_full": N_("Both have other meetings in all slots that they have in common ({slots})."),
    "never_free_together": N_(
        "In each slot that the two have in common ({slots}), one or the other has another meeting."
    ),
    "host_table_taken": N_("Table {table} is in use whenever both are free ({slots} slots)."),
    "tables_full": N_("All tables are in use whenever both are free ({slots} slots)."),
    "slots_frozen": N_("The slots in which both are free can no longer be changed ({slots})."),
    "not_placed": N_("The search ended before a place was found."),
}
"""A sentence per reason why a wish is not met."""

STATUS = {
    "optimal": N_("No schedule meets more wishes: proven."),
    "feasible": N_("At most {percent} more wishes, by weight, could be met."),
}
"""A sentence per status of a schedule."""


def schedule_problem_words(problem: Problem, language: str = "en") -> str:
    """What is wrong with a value of an event file, without its place."""
    params: dict[str, object] = dict(problem.params)
    if "expected" in params:
        params["expected"] = say(language, EXPECTED[str(params["expected"])])
    return say(language, SCHEDULE_PROBLEMS[problem.code], **params)


def unmet_words(code: str, params: Mapping[str, object], language: str = "en") -> str:
    """Why a wish is not met."""
    return say(language, REASONS[code], **params)


def status_words(schedule: "Schedule", language: str = "en") -> str:
    """How good a schedule is known to be."""
    return say(language, STATUS[schedule.status], percent=f"{schedule.gap:.2%}")


WORDS = {
    "summary": N_("Meetings: {meetings}. Wishes met: {met} of {wishes}; pairs with a mutual wish: {mutual}."),
    "bound": N_("Weight of met wishes {weighted}, at most {bound} (gap {gap})."),
    "order": N_("Fewest meetings of a participant {least}; idle slots {idle}; changes of table {tables}."),
    "changes": N_("Meetings moved: {moved}, new: {new}, dropped: {dropped}."),
    "fewest": N_("No fewer moves are possible: proven."),
    "not_fewest": N_("That fewer moves are impossible is not proven."),
    "more": N_("Unmet wishes that are not shown: {count}."),
}
"""Sentences about a schedule as a whole."""


def agenda_words(schedule: "Schedule", language: str = "en") -> str:
    """A schedule in a few lines: how many meetings, how good, in what order."""
    terms = schedule.objective
    wishes = schedule.wishes
    lines = [
        say(language, WORDS["summary"], meetings=len(schedule.meetings), mutual=terms["mutual"],
            met=wishes - len(schedule.unmet), wishes=wishes),
        say(language, WORDS["bound"], weighted=terms["weighted"], bound=schedule.bound,
            gap=f"{schedule.gap:.2%}"),
        status_words(schedule, language),
        say(language, WORDS["order"], least=terms["least_meetings"], idle=terms["idle_slots"],
            tables=terms["table_changes"]),
    ]  # fmt: skip
    return "\n".join(lines)


def changes_words(done: "Rescheduled", language: str = "en") -> str:
    """What changed against the schedule before."""
    counted = say(
        language, WORDS["changes"], moved=len(done.moved), new=len(done.new), dropped=len(done.dropped)
    )
    return f"{counted} {say(language, WORDS['fewest' if done.proven else 'not_fewest'])}"


def unmet_lines(schedule: "Schedule", language: str = "en", most: int | None = None) -> list[str]:
    """A line per unmet wish, with its reason; after `most` of them, how many more there are."""
    shown = schedule.unmet[:most]
    lines = [
        f"{one.sender} → {one.receiver}: {unmet_words(one.reason, one.params, language)}" for one in shown
    ]
    if len(shown) < len(schedule.unmet):
        lines.append(say(language, WORDS["more"], count=len(schedule.unmet) - len(shown)))
    return lines


def agenda_plain(schedule: "Schedule", findings: Sequence[Problem] = ()) -> dict[str, Any]:
    """A schedule as ``agenda.json`` holds it."""
    return {
        "meetings": [
            {"a": one.a, "b": one.b, "slot": one.slot, "table": one.table} for one in schedule.meetings
        ],
        "unmet": [unmet_plain(one) for one in schedule.unmet],
        "objective": dict(schedule.objective),
        "bounds": dict(schedule.bounds),
        "bound": schedule.bound,
        "gap": schedule.gap,
        "status": schedule.status,
        "seed": schedule.seed,
        "findings": [{"code": one.code, **one.params} for one in findings],
    }


def unmet_plain(unmet: "Unmet") -> dict[str, Any]:
    """An unmet wish with its reason, a code, and what the reason is about."""
    return {"from": unmet.sender, "to": unmet.receiver, "reason": unmet.reason, **unmet.params}


def rescheduled_plain(done: "Rescheduled", findings: Sequence[Problem] = ()) -> dict[str, Any]:
    """A schedule made from an earlier one, with what changed, as ``agenda.json`` holds it."""
    changes = {
        "moved": [
            {"a": one.a, "b": one.b, "from_slot": before.slot, "slot": one.slot, "table": one.table}
            for before, one in done.moved
        ],
        "new": [{"a": one.a, "b": one.b, "slot": one.slot, "table": one.table} for one in done.new],
        "dropped": [{"a": one.a, "b": one.b, "slot": one.slot} for one in done.dropped],
        "fewest_moves_proven": done.proven,
    }
    return agenda_plain(done.schedule, findings) | {"changes": changes}
