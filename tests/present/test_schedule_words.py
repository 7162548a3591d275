"""Words of schedules: every mistake of an event file has a sentence, and every sentence is uttered."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from grappe.domain.errors import Problem
from grappe.domain.vocabulary import LANGUAGES
from grappe.network import meeting_input
from grappe.network.meeting_schedule import make_schedule
from grappe.present.problems import problem_words
from grappe.present.schedules import EXPECTED, SCHEDULE_PROBLEMS, agenda_plain, unmet_lines
from tests.network.meetings import event

CODE = {"say": 0, "known": 3}
"""Methods of the reader that take a code, and where."""


def uttered() -> dict[str, set[str]]:
    """Codes of mistakes that the reader utters, each with the gaps it fills."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(Path(meeting_input.__file__).read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CODE:
            place = CODE[node.func.attr]
            for one in ast.walk(node.args[place]) if len(node.args) > place else ():
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value != "wishes":
                    params = {keyword.arg for keyword in node.keywords if keyword.arg}
                    found.setdefault(one.value, set()).update(params)
    return found


def test_every_mistake_has_a_sentence_and_every_sentence_is_uttered():
    # The command itself utters the last: what is given as an earlier agenda is none.
    assert uttered().keys() | {"not_agenda"} == SCHEDULE_PROBLEMS.keys()


def test_every_gap_of_a_sentence_is_filled():
    for code, params in uttered().items():
        gaps = {name for _, name, _, _ in Formatter().parse(SCHEDULE_PROBLEMS[code]) if name}
        assert gaps <= params, code


@pytest.mark.parametrize("expected", EXPECTED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_expected_is_said_in_words(expected, language):
    problem = Problem("wrong_type", "event.yml", 3, "tables", "x", {"expected": expected})
    words = problem_words(problem, language)
    assert words.startswith("event.yml")
    assert "{expected}" not in words


def test_unmet_wishes_are_listed_with_their_reasons_and_the_rest_is_counted():
    schedule = make_schedule(event("ab ac3 ad4", slots=1))
    assert unmet_lines(schedule, "en", most=1) == [
        "a → c: a has other meetings in all slots that the two have in common (1).",
        "Unmet wishes that are not shown: 1.",
    ]


def test_an_agenda_holds_everything_that_is_known_of_a_schedule():
    plain = agenda_plain(make_schedule(event("ab ba", slots=1), seed=4))
    assert plain == {
        "meetings": [{"a": "a", "b": "b", "slot": "1", "table": 1}],
        "unmet": [],
        "objective": {
            "mutual": 1, "one_sided": 0, "least_meetings": 1, "idle_slots": 0, "table_changes": 0,
            "weighted": 20,
        },
        "bounds": {"mutual": 1, "one_sided": 0, "least_meetings": 1},
        "bound": 20,
        "gap": 0.0,
        "status": "optimal",
        "seed": 4,
        "findings": [],
    }  # fmt: skip
