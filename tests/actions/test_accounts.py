"""Accounts: opened, signed in to, given roles and relieved of them; each deed leaves one event."""

from datetime import timedelta

import pytest

from grappe.actions.change_password import change_password, reset_password
from grappe.actions.create_account import create_account
from grappe.actions.edit_account import edit_account
from grappe.actions.end_role import end_role
from grappe.actions.grant_role import grant_role
from grappe.actions.sign_in import sign_in
from grappe.domain.actor import Actor
from grappe.domain.errors import (
    BadChoice,
    Forbidden,
    InputRefused,
    Refused,
    SignInNeeded,
    TooMany,
    UnknownThing,
)
from grappe.domain.roles import Grant, Role
from grappe.queries.accounts import grants_of, people, who_am_i
from grappe.store import models
from grappe.store.passwords import MOST, WINDOW
from tests.actions.accounts import GOOD, OPERATOR, account, quick_passwords
from tests.actions.stored import MONDAY, TUESDAY, contents, holds

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")
WEAK = "12345"


def events() -> list[tuple[str, str, str]]:
    return list(models.AuditEvent.objects.order_by("id").values_list("verb", "by", "subject"))


def test_an_account_is_opened_by_its_address_and_signed_in_to(store):
    amel = account("amel", Role.ADMINISTRATOR)
    assert sign_in(" Amel@Example.org ", GOOD, at=TUESDAY) == amel.account
    assert events() == [
        ("create_account", "root (operator)", f"account {amel.account}"),
        ("sign_in", "Amel (account)", f"account {amel.account}"),
    ]
    assert GOOD not in repr(contents(store))


def test_no_event_names_an_address(store):
    account("amel", Role.ADMINISTRATOR)
    assert "example.org" not in repr(contents(store)["store_auditevent"])


def test_an_address_has_one_account_whatever_its_capitals():
    account("amel")
    with pytest.raises(Refused, match="account_exists"):
        create_account("AMEL@example.org", name="Amel", password=GOOD, by=OPERATOR, at=MONDAY)


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        (WEAK, "password_too_short, password_too_common, password_entirely_numeric"),
        ("amel@example.org", "password_too_similar"),
        ("Amel Ben Salah", "password_too_similar"),
        ("0918273645019", "password_entirely_numeric"),
        ("", "password_too_short"),
    ],
)
def test_a_weak_password_is_refused_with_every_reason(password: str, reasons: str):
    with pytest.raises(InputRefused) as refused:
        create_account("amel@example.org", name="Amel Ben Salah", password=password, by=OPERATOR, at=MONDAY)
    assert refused.value.params == {"reasons": reasons, "length": "10"}
    assert not models.User.objects.exists()
    assert events() == []


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"address": "amel"}, InputRefused),
        ({"name": " "}, InputRefused),
        ({"language": "de"}, BadChoice),
        ({"role": Role.MANAGER}, Refused),
        ({"role": Role.MANAGER, "scope": "ma-ce3m"}, UnknownThing),
        ({"role": Role.OFFICER, "scope": "Morocco"}, UnknownThing),
        ({"role": Role.ORGANISER, "scope": "Tech Days"}, UnknownThing),
        ({"role": Role.ADMINISTRATOR, "scope": "MA"}, Refused),
    ],
)
def test_an_account_that_will_not_do_is_refused_whole(given: dict[str, str], error: type[Exception]):
    whole = {"address": "amel@example.org", "name": "Amel", "password": GOOD} | given
    with pytest.raises(error):
        create_account(whole.pop("address"), by=OPERATOR, at=MONDAY, **whole)
    assert not models.User.objects.exists()
    assert events() == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR, Role.MANAGER, Role.PARTICIPANT}))
def test_administrators_alone_open_accounts_and_see_them(role: Role):
    by = account("omar", role)
    with pytest.raises(Forbidden, match="may_not"):
        create_account("amel@example.org", name="Amel", password=GOOD, by=by, at=MONDAY)
    with pytest.raises(Forbidden, match="may_not"):
        people(by=by)


def test_somebody_without_account_may_do_nothing():
    for stranger in (Actor("Eve", "administrator"), Actor("Eve", "administrator", 99)):
        with pytest.raises(Forbidden):
            create_account("eve@example.org", name="Eve", password=GOOD, by=stranger, at=MONDAY)


def test_a_wrong_password_and_an_unknown_address_are_refused_alike():
    account("amel")
    said = []
    for address in ("amel@example.org", "nobody@example.org", "", "\0"):
        with pytest.raises(SignInNeeded) as refused:
            sign_in(address, "wrong", at=TUESDAY)
        said.append((refused.value.code, refused.value.params))
    assert said == [("sign_in_refused", {})] * 4


def test_a_closed_account_cannot_be_signed_in_to_and_holds_no_role():
    amel = account("amel", Role.ADMINISTRATOR)
    models.User.objects.update(is_active=False)
    with pytest.raises(SignInNeeded):
        sign_in("amel@example.org", GOOD, at=TUESDAY)
    assert grants_of(amel.account) == ()


def miss(times: int, address: str = "amel@example.org") -> None:
    for _ in range(times):
        with pytest.raises(SignInNeeded):
            sign_in(address, "wrong", at=TUESDAY)


@pytest.mark.parametrize("name", ["amel", "nobody"])
def test_after_ten_wrong_passwords_an_address_waits_a_quarter_of_an_hour(name: str):
    account("amel")
    address = f"{name}@example.org"
    miss(10, address)
    with pytest.raises(TooMany) as refused:
        sign_in(address.upper(), GOOD, at=TUESDAY + timedelta(minutes=14, seconds=59))
    assert (refused.value.params, refused.value.http_status) == ({"most": "10", "minutes": "15"}, 429)
    if name == "amel":
        assert sign_in(address, GOOD, at=TUESDAY + timedelta(minutes=15))


def test_the_wait_of_one_address_is_not_that_of_another():
    account("amel")
    miss(MOST, "nobody@example.org")
    assert sign_in("amel@example.org", GOOD, at=TUESDAY)


def test_the_right_password_forgets_the_wrong_ones():
    account("amel")
    miss(MOST - 1)
    sign_in("amel@example.org", GOOD, at=TUESDAY)
    miss(MOST - 1)
    assert sign_in("amel@example.org", GOOD, at=TUESDAY)


def test_tries_are_kept_for_a_while_and_name_nobody(store):
    miss(2, "nobody@example.org")
    assert "nobody" not in repr(contents(store)["store_signinattempt"])
    with pytest.raises(SignInNeeded):
        sign_in("other@example.org", "wrong", at=TUESDAY + WINDOW)
    assert models.SignInAttempt.objects.count() == 1


def test_a_role_is_given_and_ended_and_stays_on_record():
    ada, amel = account("ada", Role.ADMINISTRATOR), account("amel")
    grant = grant_role(amel.account, role=Role.ANALYST, scope="MA", by=ada, at=MONDAY)
    assert grants_of(amel.account) == (Grant(Role.ANALYST, "MA"),)
    end_role(grant, by=ada, at=TUESDAY)
    assert grants_of(amel.account) == ()
    row = models.RoleGrant.objects.get(pk=grant)
    assert (row.given_by, row.given_at, row.ended_at) == ("Ada (administrator)", MONDAY, TUESDAY)
    assert [verb for verb, _, _ in events()][-2:] == ["grant_role", "end_role"]


def test_a_role_is_held_once_at_a_time_and_can_be_given_again():
    ada, amel = account("ada", Role.ADMINISTRATOR), account("amel")
    grant = grant_role(amel.account, role=Role.ANALYST, by=ada, at=MONDAY)
    with pytest.raises(Refused, match="already_held"):
        grant_role(amel.account, role=Role.ANALYST, by=ada, at=MONDAY)
    end_role(grant, by=ada, at=TUESDAY)
    with pytest.raises(Refused, match="role_ended"):
        end_role(grant, by=ada, at=TUESDAY)
    assert grant_role(amel.account, role=Role.ANALYST, by=ada, at=TUESDAY) != grant


def test_a_role_that_is_not_known_or_goes_to_nobody_is_refused():
    with pytest.raises(UnknownThing, match="unknown_account"):
        grant_role(99, role=Role.ANALYST, by=OPERATOR, at=MONDAY)
    with pytest.raises(UnknownThing, match="unknown_grant"):
        end_role(99, by=OPERATOR, at=MONDAY)


def test_a_person_lays_down_an_own_role_and_nobody_elses():
    amel, omar = account("amel", Role.ANALYST), account("omar", Role.REVIEWER)
    (mine,) = who_am_i(amel).roles
    (theirs,) = who_am_i(omar).roles
    with pytest.raises(Forbidden, match="may_not_give"):
        end_role(theirs.id, by=amel, at=TUESDAY)
    end_role(mine.id, by=amel, at=TUESDAY)
    assert grants_of(amel.account) == ()


def test_the_last_administrator_stays_unless_the_operator_says_so():
    ada = account("ada", Role.ADMINISTRATOR)
    (grant,) = who_am_i(ada).roles
    with pytest.raises(Refused, match="last_administrator"):
        end_role(grant.id, by=ada, at=TUESDAY)
    other = account("omar", Role.ADMINISTRATOR)
    end_role(grant.id, by=other, at=TUESDAY)
    (last,) = who_am_i(other).roles
    end_role(last.id, by=OPERATOR, at=TUESDAY)
    assert grants_of(other.account) == ()


def test_a_password_is_changed_by_who_knows_the_old_one():
    amel = account("amel")
    with pytest.raises(SignInNeeded, match="wrong_password"):
        change_password(old="wrong", new="another good phrase", by=amel, at=TUESDAY)
    with pytest.raises(InputRefused, match="weak_password"):
        change_password(old=GOOD, new=WEAK, by=amel, at=TUESDAY)
    change_password(old=GOOD, new="another good phrase", by=amel, at=TUESDAY)
    with pytest.raises(SignInNeeded):
        sign_in("amel@example.org", GOOD, at=TUESDAY)
    assert sign_in("amel@example.org", "another good phrase", at=TUESDAY) == amel.account


def test_the_old_password_cannot_be_guessed_by_trying():
    amel = account("amel")
    for _ in range(MOST):
        with pytest.raises(SignInNeeded):
            change_password(old="wrong", new="another good phrase", by=amel, at=TUESDAY)
    with pytest.raises(TooMany):
        change_password(old=GOOD, new="another good phrase", by=amel, at=TUESDAY)


def test_the_operator_alone_sets_a_forgotten_password():
    amel, ada = account("amel"), account("ada", Role.ADMINISTRATOR)
    with pytest.raises(Forbidden, match="operator_alone"):
        reset_password("amel@example.org", new="another good phrase", by=ada, at=TUESDAY)
    miss(MOST)
    reset_password("AMEL@example.org", new="another good phrase", by=OPERATOR, at=TUESDAY)
    assert sign_in("amel@example.org", "another good phrase", at=TUESDAY) == amel.account
    with pytest.raises(UnknownThing):
        reset_password("nobody@example.org", new=GOOD, by=OPERATOR, at=TUESDAY)


def test_name_and_language_are_changed_by_their_owner():
    amel = account("amel")
    edit_account(name=" أمل ", language="ar", by=amel, at=TUESDAY)
    me = who_am_i(amel)
    assert (me.name, me.language, me.address) == ("أمل", "ar", "amel@example.org")
    with pytest.raises(InputRefused):
        edit_account(name="amel@example.org", language="ar", by=amel, at=TUESDAY)
    with pytest.raises(SignInNeeded):
        edit_account(name="Eve", language="ar", by=Actor("Eve", "guest"), at=TUESDAY)


def test_administrators_see_everybody_with_the_roles_they_hold_now():
    ada, amel = account("ada", Role.ADMINISTRATOR), account("amel", Role.ANALYST, "MA")
    end_role(who_am_i(amel).roles[0].id, by=ada, at=TUESDAY)
    seen = [(p.name, p.address, [str(h.role) for h in p.roles]) for p in people(by=ada)]
    assert seen == [("Ada", "ada@example.org", ["administrator"]), ("Amel", "amel@example.org", [])]


def test_an_address_stands_in_the_row_of_its_owner_alone(store):
    account("amel", Role.ANALYST)
    tables = [name for name in holds(store, "amel@example.org") if name.startswith("store_")]
    assert tables == ["store_user"]
