"""Signals: private to their author until two local witnesses confirm, and never in a count."""

import orjson
import pytest

from grappe.actions.ask_witnesses import ask_witnesses
from grappe.actions.bear_witness import bear_witness
from grappe.actions.make_signal import make_signal
from grappe.actions.withdraw_signal import withdraw_signal
from grappe.domain.errors import BadChoice, Forbidden, Refused, UnknownThing
from grappe.domain.roles import Role
from grappe.domain.signal import SIGNAL_MOVES, SignalState
from grappe.queries.signals import signal, signals
from grappe.store.models import AuditEvent, Signal
from tests.actions.accounts import account, quick_passwords
from tests.actions.stored import MONDAY
from tests.actions.test_jobs import amel, basma, census, data, made, run

__all__ = ["amel", "basma", "census", "data", "quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "data", "quick_passwords", "census")


@pytest.fixture
def found(amel) -> int:
    job = made(amel)
    run(job)
    return make_signal(job, "1511/1", note="Tanners by the river.", by=amel, at=MONDAY)


def seen_by(by) -> list[int]:
    return [one.id for one in signals(by)]


def test_a_signal_is_its_authors_alone_even_where_others_may_see_unconfirmed_ones(found, amel, basma):
    analyst = account("chedli", Role.ANALYST, "TN")
    assert seen_by(amel) == [found]
    assert [seen_by(one) for one in (basma, analyst, None)] == [[], [], []]
    for one in (basma, analyst, None):
        with pytest.raises(UnknownThing):
            signal(found, one)


def test_once_witnesses_are_asked_those_of_the_country_see_it(found, amel, basma):
    ask_witnesses(found, by=amel, at=MONDAY)
    here, elsewhere = account("dorra", Role.OFFICER, "TN"), account("fadel", Role.OFFICER, "MA")
    manager = account("emna", Role.MANAGER, "tn-oil")
    assert [seen_by(one) for one in (here, manager, elsewhere, basma, None)] == [[found], [found], [], [], []]
    assert signal(found, manager).may_witness


def test_two_local_witnesses_confirm_and_then_everybody_sees_it(found, amel, basma):
    ask_witnesses(found, by=amel, at=MONDAY)
    first, second = account("dorra", Role.OFFICER, "TN"), account("emna", Role.MANAGER, "tn-oil")
    assert bear_witness(found, word="confirms", by=first, at=MONDAY) is SignalState.ASKED
    # The same witness twice is still one.
    assert bear_witness(found, word="confirms", by=first, at=MONDAY) is SignalState.ASKED
    assert bear_witness(found, word="confirms", by=second, at=MONDAY) is SignalState.CONFIRMED
    card = signal(found, None)
    assert [said.role for said in card.words] == ["officer", "manager"]
    assert seen_by(basma) == [found]


def test_a_denial_does_not_confirm_and_can_be_taken_back(found, amel):
    ask_witnesses(found, by=amel, at=MONDAY)
    first, second = account("dorra", Role.OFFICER, "TN"), account("emna", Role.MANAGER, "tn-oil")
    bear_witness(found, word="confirms", by=first, at=MONDAY)
    assert bear_witness(found, word="denies", by=second, at=MONDAY) is SignalState.ASKED
    assert bear_witness(found, word="confirms", by=second, at=MONDAY) is SignalState.CONFIRMED


def test_neither_the_author_nor_somebody_from_elsewhere_is_a_witness(amel, found):
    from grappe.actions.grant_role import grant_role
    from tests.actions.accounts import OPERATOR

    ask_witnesses(found, by=amel, at=MONDAY)
    grant_role(amel.account, role=Role.OFFICER, scope="TN", by=OPERATOR, at=MONDAY)
    everywhere = account("gasmi", Role.ANALYST)
    for one in (amel, account("fadel", Role.OFFICER, "MA"), everywhere):
        with pytest.raises(Forbidden):
            bear_witness(found, word="confirms", by=one, at=MONDAY)
    # An analyst of all countries sees it, and is of none.
    assert seen_by(everywhere) == [found]


def test_nobody_is_a_witness_of_a_signal_that_is_not_asked_about(found, amel):
    witness = account("dorra", Role.OFFICER, "TN")
    with pytest.raises(UnknownThing):
        bear_witness(found, word="confirms", by=witness, at=MONDAY)
    ask_witnesses(found, by=amel, at=MONDAY)
    with pytest.raises(BadChoice):
        bear_witness(found, word="perhaps", by=witness, at=MONDAY)


def test_a_signal_names_no_firm_and_keeps_the_coverage_of_its_register(found):
    dossier = orjson.dumps(Signal.objects.get(pk=found).dossier)
    assert b"Firm" not in dossier
    assert b"Invented firms." in dossier
    assert Signal.objects.get(pk=found).dossier["establishments"] >= 10


def test_a_signal_is_outside_all_counts(found, amel):
    from grappe.store.models import ClusterRow, Entity

    before = (Entity.objects.count(), ClusterRow.objects.count())
    ask_witnesses(found, by=amel, at=MONDAY)
    for name, role, scope in (("dorra", Role.OFFICER, "TN"), ("emna", Role.MANAGER, "tn-oil")):
        bear_witness(found, word="confirms", by=account(name, role, scope), at=MONDAY)
    assert (Entity.objects.count(), ClusterRow.objects.count()) == before


def test_a_signal_is_made_once_and_only_of_what_nobody_declared(found, amel):
    job = Signal.objects.get(pk=found).job_id
    assert make_signal(job, "1511/1", by=amel, at=MONDAY) == found
    with pytest.raises(UnknownThing):
        make_signal(job, "1040/1", by=amel, at=MONDAY)


def test_without_a_country_there_are_no_witnesses_and_no_signal(amel):
    job = made(amel, country="")
    run(job)
    with pytest.raises(Refused):
        make_signal(job, "1511/1", by=amel, at=MONDAY)


def test_what_is_withdrawn_is_shown_to_its_author_alone(found, amel, basma):
    ask_witnesses(found, by=amel, at=MONDAY)
    withdraw_signal(found, by=amel, at=MONDAY)
    assert (seen_by(amel), seen_by(account("dorra", Role.OFFICER, "TN"))) == ([found], [])
    with pytest.raises(Refused):
        ask_witnesses(found, by=amel, at=MONDAY)
    with pytest.raises(UnknownThing):
        withdraw_signal(found, by=basma, at=MONDAY)


@pytest.mark.parametrize("present", list(SignalState))
@pytest.mark.parametrize("wanted", list(SignalState))
def test_every_ordered_pair_of_states_is_allowed_or_refused_as_the_table_says(found, present, wanted):
    from grappe.actions.signal_record import move

    row = Signal(state=present)
    if wanted in SIGNAL_MOVES[present]:
        move(row, wanted)
        assert row.state == wanted
    else:
        with pytest.raises(Refused):
            move(row, wanted)


def test_every_verb_leaves_its_trace(found, amel):
    ask_witnesses(found, by=amel, at=MONDAY)
    bear_witness(found, word="denies", by=account("dorra", Role.OFFICER, "TN"), at=MONDAY)
    withdraw_signal(found, by=amel, at=MONDAY)
    verbs = AuditEvent.objects.filter(subject=f"signal {found}").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["make_signal", "ask_witnesses", "bear_witness", "withdraw_signal"]
