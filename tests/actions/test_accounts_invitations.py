"""Invitations: a link that opens once, for one address, for a fortnight."""

from datetime import timedelta

import pytest

from grappe.actions.accept_invitation import accept_invitation
from grappe.actions.end_role import end_role
from grappe.actions.invite import OPEN_FOR, Invited, invite
from grappe.actions.sign_in import sign_in
from grappe.actions.withdraw_invitation import withdraw_invitation
from grappe.domain.actor import Actor
from grappe.domain.errors import Forbidden, InputRefused, Refused, SignInNeeded, UnknownThing
from grappe.domain.roles import Grant, Role
from grappe.queries.accounts import grants_of, invitation, open_invitations, who_am_i
from grappe.store import models
from tests.actions.accounts import GOOD, OPERATOR, account, quick_passwords
from tests.actions.stored import MONDAY, TUESDAY, contents, load

TWO_COUNTRIES = """
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-oak:
    name: {value: Oak, line: 1, column: name, printed: Oak}
    country: {value: MA, line: 1, column: name, printed: Oak}
    listed: {value: true, line: 1, column: name, printed: Oak}
  tn-elm:
    name: {value: Elm, line: 2, column: name, printed: Elm}
    country: {value: TN, line: 2, column: name, printed: Elm}
    listed: {value: true, line: 2, column: name, printed: Elm}
"""
__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")


def invited(role: Role = Role.ANALYST, scope: str = "", by: Actor = OPERATOR) -> Invited:
    return invite("amel@example.org", role=role, scope=scope, language="ar", by=by, at=MONDAY)


def accept(key: str, *, at=TUESDAY, password: str = GOOD, name: str = "Amel") -> int:
    return accept_invitation(key, name=name, password=password, at=at)


def test_an_invitation_becomes_an_account_with_its_role():
    made = invited(scope="MA")
    number = accept(made.key)
    assert grants_of(number) == (Grant(Role.ANALYST, "MA"),)
    me = who_am_i(Actor("Amel", "analyst", number))
    assert (me.name, me.address, me.language) == ("Amel", "amel@example.org", "ar")
    assert sign_in("amel@example.org", GOOD, at=TUESDAY) == number
    events = list(models.AuditEvent.objects.order_by("id").values_list("verb", "by"))
    assert events[:2] == [("invite", "root (operator)"), ("accept_invitation", "Amel (invited)")]


def test_the_key_is_long_random_and_kept_nowhere(store):
    keys = {invited().key for _ in range(20)}
    # 24 bytes are 192 bits, 32 signs of base 64.
    assert (len(keys), {len(key) for key in keys}) == (20, {32})
    kept = repr(contents(store))
    assert [key for key in keys if key in kept] == []


def test_an_invitation_opens_once():
    made = invited()
    accept(made.key)
    with pytest.raises(Refused, match="invitation_used"):
        accept(made.key)
    assert models.User.objects.count() == 1


def test_a_second_invitation_to_the_same_role_closes_the_first():
    first, second = invited(), invited()
    with pytest.raises(Refused, match="invitation_withdrawn"):
        accept(first.key)
    assert accept(second.key)


@pytest.mark.parametrize(("late", "open_"), [(timedelta(seconds=-1), True), (timedelta(), False)])
def test_an_invitation_is_open_for_fourteen_days(late: timedelta, open_: bool):
    made = invited()
    assert timedelta(days=14) == OPEN_FOR
    at = MONDAY + timedelta(days=14) + late
    if open_:
        assert invitation(made.key, at=at).address == "amel@example.org"
        assert accept(made.key, at=at)
    else:
        with pytest.raises(Refused, match="invitation_expired"):
            accept(made.key, at=at)


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "\0", "ليس"])
def test_a_key_that_was_never_made_opens_nothing(key: str):
    invited()
    with pytest.raises(UnknownThing, match="unknown_invitation"):
        accept(key)


def test_a_refused_password_leaves_the_invitation_open():
    made = invited()
    for wrong in ({"password": "12345"}, {"name": " "}):
        with pytest.raises(InputRefused):
            accept(made.key, **wrong)
    assert not models.User.objects.exists()
    assert accept(made.key)


def test_somebody_with_an_account_signs_in_and_accepts_with_it():
    amel = account("amel", Role.REVIEWER)
    made = invited()
    with pytest.raises(SignInNeeded, match="account_exists_sign_in"):
        accept(made.key)
    assert accept_invitation(made.key, by=amel, at=TUESDAY) == amel.account
    assert grants_of(amel.account) == (Grant(Role.REVIEWER), Grant(Role.ANALYST))


def test_an_invitation_is_for_its_address_and_no_other():
    eve, made = account("eve"), invited()
    with pytest.raises(Forbidden, match="invitation_of_another"):
        accept_invitation(made.key, by=eve, at=TUESDAY)
    assert grants_of(eve.account) == ()


def test_nobody_is_invited_to_a_role_they_hold():
    account("amel", Role.ANALYST)
    with pytest.raises(Refused, match="already_held"):
        invited()


def test_a_role_that_was_ended_can_be_offered_again():
    amel = account("amel", Role.ANALYST)
    end_role(who_am_i(amel).roles[0].id, by=amel, at=MONDAY)
    made = invited()
    accept_invitation(made.key, by=amel, at=TUESDAY)
    assert grants_of(amel.account) == (Grant(Role.ANALYST),)


def test_a_withdrawn_invitation_opens_nothing_and_is_not_listed():
    ada, made = account("ada", Role.ADMINISTRATOR), invited()
    assert [door.address for door in open_invitations(by=ada, at=TUESDAY)] == ["amel@example.org"]
    withdraw_invitation(made.id, by=ada, at=TUESDAY)
    with pytest.raises(Refused, match="invitation_withdrawn"):
        accept(made.key)
    with pytest.raises(Refused, match="invitation_withdrawn"):
        withdraw_invitation(made.id, by=ada, at=TUESDAY)
    assert open_invitations(by=ada, at=TUESDAY) == []
    with pytest.raises(UnknownThing):
        withdraw_invitation(99, by=ada, at=TUESDAY)


def test_an_accepted_invitation_cannot_be_withdrawn():
    made = invited()
    accept(made.key)
    with pytest.raises(Refused, match="invitation_used"):
        withdraw_invitation(made.id, by=OPERATOR, at=TUESDAY)


def test_an_organiser_invites_participants_of_the_organisers_own_event():
    organiser = account("omar", Role.ORGANISER, "days-2026")
    assert accept(invited(Role.PARTICIPANT, "days-2026", organiser).key)
    with pytest.raises(Forbidden, match="may_not_give"):
        invited(Role.PARTICIPANT, "days-2027", organiser)
    with pytest.raises(Forbidden, match="may_not_give"):
        invited(Role.ANALYST, "", organiser)
    with pytest.raises(Forbidden, match="may_not_give"):
        invited(Role.ORGANISER, "days-2026", organiser)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.REVIEWER])
def test_a_role_that_gives_none_invites_nobody(role: Role):
    with pytest.raises(Forbidden, match="may_not"):
        invited(Role.REVIEWER, "", account("omar", role))


def test_an_officer_of_a_country_invites_managers_of_its_clusters(world):
    load(world(TWO_COUNTRIES))
    officer = account("omar", Role.OFFICER, "MA")
    assert accept(invited(Role.MANAGER, "ma-oak", officer).key)
    with pytest.raises(Forbidden, match="may_not_give"):
        invited(Role.MANAGER, "tn-elm", officer)
    with pytest.raises(UnknownThing):
        invited(Role.MANAGER, "ma-ash", officer)
