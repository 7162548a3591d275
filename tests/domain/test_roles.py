"""The table of roles: who may do what, over which things; total, and with the reason of each refusal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.actor import LOADER, Actor
from grappe.domain.errors import BadChoice, Forbidden, Refused
from grappe.domain.roles import (
    OPERATOR,
    ROLES,
    Capability,
    Grant,
    Role,
    Scope,
    ScopeKind,
    check_may,
    check_may_give,
    check_may_somewhere,
    having,
    may,
    may_give,
    may_somewhere,
    role_of,
    scope_of,
)

TABLE = """
                   | analyst | manager | officer | reviewer | organiser | participant | administrator
enter_facts        |    x    |    x    |         |          |           |             |
decide_facts       |    x    |         |         |          |           |             |
redact             |         |         |         |          |           |             |       x
see_signals        |    x    |         |         |          |           |             |
speak_for_cluster  |         |    x    |         |          |           |             |
take_part          |         |    x    |         |          |           |      x      |
run_event          |         |         |         |          |     x     |             |
run_call           |         |         |    x    |          |           |             |
apply              |         |    x    |         |          |           |             |
review             |         |         |         |    x     |           |             |
decide_call        |         |         |    x    |          |           |             |
sign               |         |    x    |    x    |          |           |             |
report             |         |    x    |         |          |           |             |
follow_contracts   |         |    x    |    x    |          |           |             |
invite             |         |         |    x    |          |     x     |             |       x
manage_accounts    |         |         |         |          |           |             |       x
"""
MAC3M, MOROCCO = Scope(ScopeKind.CLUSTER, "ma-ce3m"), Scope(ScopeKind.COUNTRY, "MA")
TN2TS, TUNISIA = Scope(ScopeKind.CLUSTER, "tn-2ts"), Scope(ScopeKind.COUNTRY, "TN")


def rows() -> dict[str, dict[str, bool]]:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip("\n").split("\n")]
    return {name: dict(zip(head[1:], (cell == "x" for cell in cells), strict=True)) for name, *cells in lines}


def test_the_table_names_every_role_and_every_capability():
    assert set(ROLES) == set(Role)
    assert list(rows()) == list(Capability)
    assert all(list(row) == list(Role) for row in rows().values())


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("capability", Capability)
def test_a_role_may_what_the_table_says_and_nothing_else(role: Role, capability: Capability):
    assert may([Grant(role)], capability) is rows()[capability][role]


def test_every_capability_is_held_by_somebody():
    assert [capability for capability in Capability if not having(capability)] == []


def test_nobody_may_do_anything_without_a_grant():
    assert not any(may([], capability) for capability in Capability)


def test_the_operator_of_the_machine_may_do_everything():
    assert all(may(OPERATOR, capability) for capability in Capability)
    assert all(may_give(OPERATOR, role, MAC3M) for role in Role)


@pytest.mark.parametrize("role", [role for role in Role if ROLES[role].scope])
def test_a_grant_over_one_thing_reaches_that_thing_alone(role: Role):
    kind, capability = ROLES[role].scope, min(ROLES[role].may)
    held = [Grant(role, "one")]
    assert may(held, capability, Scope(kind, "one"))
    assert not may(held, capability, Scope(kind, "other"))
    assert not may(held, capability)
    assert may_somewhere(held, capability)


@pytest.mark.parametrize("role", [role for role in Role if ROLES[role].scope])
def test_a_thing_of_another_kind_with_the_same_id_is_another_thing(role: Role):
    capability = min(ROLES[role].may)
    others = [Scope(kind, "one") for kind in ScopeKind if kind is not ROLES[role].scope]
    assert not may([Grant(role, "one")], capability, *others)


def test_an_officer_of_a_country_reaches_its_clusters_when_the_deed_names_the_country():
    officer = [Grant(Role.OFFICER, "MA")]
    assert may(officer, Capability.SIGN, MAC3M, MOROCCO)
    assert not may(officer, Capability.SIGN, MAC3M)
    assert not may(officer, Capability.SIGN, TN2TS, TUNISIA)


@given(
    st.lists(st.builds(Grant, st.sampled_from([r for r in Role if ROLES[r].scope]), st.sampled_from("ab"))),
    st.sampled_from(Role),
    st.sampled_from(Capability),
)
def test_one_more_grant_never_takes_a_right_away(held: list[Grant], role: Role, capability: Capability):
    scope = Scope(ScopeKind.CLUSTER, "a")
    assert not may(held, capability, scope) or may([*held, Grant(role)], capability, scope)


def test_who_may_not_is_told_which_roles_may():
    with pytest.raises(Forbidden) as refused:
        check_may([Grant(Role.REVIEWER)], Capability.SIGN)
    assert (refused.value.code, refused.value.params["duties"]) == ("may_not", "manager, officer")
    assert refused.value.http_status == 403


def test_who_may_elsewhere_is_told_that_it_is_not_here():
    with pytest.raises(Forbidden) as refused:
        check_may([Grant(Role.MANAGER, "ma-ce3m")], Capability.SIGN, TN2TS, TUNISIA)
    assert (refused.value.code, refused.value.params["scope"]) == ("may_not_here", "tn-2ts")


def test_a_check_passes_where_its_twin_says_yes():
    held = [Grant(Role.MANAGER, "ma-ce3m")]
    check_may(held, Capability.SIGN, MAC3M)
    check_may_somewhere(held, Capability.SIGN)
    with pytest.raises(Forbidden):
        check_may_somewhere(held, Capability.INVITE)


@pytest.mark.parametrize(
    ("giver", "given_"),
    [
        ("analyst", set()),
        ("manager", set()),
        ("officer", {"manager", "reviewer"}),
        ("reviewer", set()),
        ("organiser", {"participant"}),
        ("participant", set()),
        ("administrator", set(Role)),
    ],
)
def test_a_role_gives_the_roles_that_the_table_says(giver: str, given_: set[str]):
    held = [Grant(Role(giver))]
    assert {role for role in Role if may_give(held, role)} == given_


def test_who_gives_roles_may_invite_and_the_other_way_round():
    assert {role for role in Role if ROLES[role].gives} == set(having(Capability.INVITE))


def test_nobody_but_an_administrator_gives_a_role_wider_than_their_own():
    for role in set(Role) - {Role.ADMINISTRATOR}:
        assert not any(may_give([Grant(role, "one")], other) for other in Role), role


def test_an_officer_gives_roles_in_the_officers_country_alone():
    officer = [Grant(Role.OFFICER, "MA")]
    check_may_give(officer, Role.MANAGER, MAC3M, MOROCCO)
    with pytest.raises(Forbidden) as refused:
        check_may_give(officer, Role.MANAGER, TN2TS, TUNISIA)
    assert refused.value.params == {
        "duty": "manager", "scope": "tn-2ts", "duties": "officer, administrator",
    }  # fmt: skip


@pytest.mark.parametrize("role", Role)
def test_a_role_is_narrowed_to_its_own_kind_of_thing(role: Role):
    rule = ROLES[role]
    if rule.scope is None:
        with pytest.raises(Refused, match="role_without_scope"):
            scope_of(role, "one")
    else:
        assert scope_of(role, "one") == Scope(rule.scope, "one")
    if rule.everywhere:
        assert scope_of(role, "") is None
    else:
        with pytest.raises(Refused, match="role_needs_scope"):
            scope_of(role, "")


def test_an_unknown_role_is_refused_with_the_known_ones():
    with pytest.raises(BadChoice) as refused:
        role_of("king")
    assert refused.value.params["accepted"].split(", ") == list(Role)
    assert role_of("analyst") is Role.ANALYST


def test_everywhere_is_no_scope():
    with pytest.raises(ValueError, match="everywhere"):
        Scope(ScopeKind.EVENT, "")


def test_the_machine_is_trusted_and_no_account_can_pass_for_it():
    assert LOADER.trusted
    assert Actor("root", "operator").trusted
    assert not Actor("Amel", "analyst", 1).trusted
    assert not Actor("Amel", "analyst").trusted
    with pytest.raises(ValueError, match="belongs to the machine"):
        Actor("Amel", "operator", 1)
