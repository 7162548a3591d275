"""Small values of the domain that check themselves when built, and tables that are total."""

import pytest

from grappe.domain.actor import EDITOR, LOADER, Actor
from grappe.domain.decision import STANDING, Verdict
from grappe.domain.errors import BadChoice, DatasetError, GrappeError, Problem, Refused, UnknownThing


@pytest.mark.parametrize(("name", "role"), [("", "editor"), ("Amel", "")])
def test_an_actor_has_a_name_and_a_role(name: str, role: str):
    with pytest.raises(ValueError, match="name and a role"):
        Actor(name, role)


def test_an_actor_signs_with_the_role():
    assert str(Actor("Amel", "editor")) == "Amel (editor)"
    assert LOADER.role == "system"
    assert EDITOR.role == "editor"


def test_every_verdict_says_whether_the_statement_stands():
    assert set(STANDING) == set(Verdict)
    assert not STANDING[Verdict.WITHDRAWN]
    assert not STANDING[Verdict.REJECTED]


@pytest.mark.parametrize(
    ("error", "exit_code", "status"),
    [
        (GrappeError(), 1, 400),
        (BadChoice(name="state", value="grown"), 2, 400),
        (UnknownThing(kind="entity", id="xx"), 3, 404),
        (DatasetError("tiny", [Problem("missing_file", "tiny/dataset.yml")]), 4, 422),
        (Refused("not_personal", entity="xx", field="name"), 5, 409),
    ],
)
def test_every_error_has_an_exit_code_and_a_status_of_its_own(
    error: GrappeError, exit_code: int, status: int
):
    assert (error.exit_code, error.http_status) == (exit_code, status)


def test_a_refused_data_set_keeps_every_problem():
    problems = [Problem("bad_date", "tiny/a.yml", 3), Problem("bad_code", "tiny/a.yml", 4)]
    error = DatasetError("tiny", problems)
    assert error.problems == tuple(problems)
    assert error.params == {"dataset": "tiny", "count": "2"}


def test_parameters_of_an_error_are_words():
    assert UnknownThing(kind="entity", id=7).params == {"kind": "entity", "id": "7"}
    assert str(UnknownThing(kind="entity", id=7)) == "unknown_thing {'kind': 'entity', 'id': '7'}"
    assert str(Refused()) == "refused"
