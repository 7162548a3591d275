"""Words of matchmaking events: every code has one, and each is the word of some code."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from grappe import actions, network
from grappe.actions.cancel_meeting import WHY
from grappe.domain.errors import Problem, Refused
from grappe.domain.vocabulary import LANGUAGES
from grappe.network.agenda_conflicts import CONFLICTS
from grappe.network.event_states import EventState, ParticipantState
from grappe.network.matchmaking import BLOCKING, WISH_PROBLEMS, Acceptance, Scheduling
from grappe.network.meeting_outcomes import Horizon, OutcomeKind
from grappe.network.meeting_states import MeetingState
from grappe.network.wish_states import WishState
from grappe.present import event_words
from grappe.present.event_problems import EVENT_ERRORS, EVENT_PROBLEMS
from grappe.present.event_words import named, slot_words
from grappe.present.problems import error_words, problem_words

NETWORK = Path(network.__file__).parent
ACTIONS = Path(actions.__file__).parent
RULES = ("agenda_conflicts", "matchmaking", "meeting_event", "slot_grid")


def said() -> dict[str, set[str]]:
    """Codes of problems that the rules utter, each with the gaps they fill."""
    found: dict[str, set[str]] = {}
    for name in RULES:
        for node in ast.walk(ast.parse((NETWORK / f"{name}.py").read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
                continue
            first = node.args[0]
            if node.func.id in ("say", "Problem") and isinstance(first, ast.Constant):
                params = {keyword.arg for keyword in node.keywords if keyword.arg}
                for keyword in node.keywords:
                    if keyword.arg == "params" and isinstance(keyword.value, ast.Dict):
                        params = {key.value for key in keyword.value.keys if isinstance(key, ast.Constant)}
                found.setdefault(str(first.value), set()).update(params)
    return found


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (EventState, event_words.EVENT_STATES),
        (ParticipantState, event_words.PARTICIPANT_STATES),
        (WishState, event_words.WISH_STATES),
        (MeetingState, event_words.MEETING_STATES),
        (OutcomeKind, event_words.OUTCOMES),
        (Horizon, event_words.HORIZONS),
        (Scheduling, event_words.SCHEDULING),
        (Acceptance, event_words.ACCEPTANCE),
        (WHY, event_words.CANCELLED_WHY),
    ],
)
def test_every_code_has_a_word_and_every_word_a_code(codes, words):
    assert {str(code) for code in codes} == {str(code) for code in words}


def test_every_problem_of_the_rules_has_a_sentence_and_every_sentence_is_uttered():
    uttered = said().keys() | set(WISH_PROBLEMS) | set(CONFLICTS)
    assert uttered == EVENT_PROBLEMS.keys()
    assert set(CONFLICTS) <= EVENT_PROBLEMS.keys()
    assert EVENT_PROBLEMS.keys() >= BLOCKING


def test_every_gap_of_a_sentence_is_filled_by_the_rule_that_utters_it():
    for code, params in said().items():
        gaps = {name for _, name, _, _ in Formatter().parse(EVENT_PROBLEMS[code]) if name}
        assert gaps <= params or code in WISH_PROBLEMS, code


def test_every_error_has_a_sentence_that_is_uttered():
    source = "".join(path.read_text("utf-8") for path in sorted(ACTIONS.glob("*.py")))
    uttered = set(re.findall(r'"([a-z_]+)"', source)) | set(WISH_PROBLEMS)
    assert EVENT_ERRORS.keys() - uttered == set()


def test_every_action_that_counts_as_a_change_has_a_verb():
    texts = [path.read_text("utf-8") for path in sorted(ACTIONS.glob("*.py"))]
    source = "".join(text for text in texts if "event_record import" in text)
    recorded = set(re.findall(r'\brecord\("([a-z_]+)"', source)) | {"create_event"}
    assert recorded == event_words.VERBS.keys()


def test_names_stand_in_place_of_numbers_and_numbers_of_tables_stay():
    params = {"participant": "7", "table": "7", "tables": "9"}
    assert named(params, {"7": "Oak"}) == {"participant": "Oak", "table": "7", "tables": "9"}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "16 March 2027, 09:00"), ("fr", "16 mars 2027, 09:00"), ("ar", "16 مارس 2027, 09:00")],
)
def test_a_slot_is_its_local_day_and_hour(language, words):
    assert slot_words("20270316-0900", language) == words


def test_text_that_is_no_slot_stays_as_it_is():
    assert slot_words("s1") == "s1"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_is_worded_in_every_language(language):
    problem = Problem("participant_twice", "Days", params={"participant": "Oak {x}", "slot": "20270316-0900"})
    assert "Oak {x}" in problem_words(problem, language)


def test_states_in_an_error_are_words_and_not_codes():
    error = Refused("meeting_past", present="cancelled")
    assert error_words(error, "en") == "The state of the meeting is: cancelled. It is not moved any more."
