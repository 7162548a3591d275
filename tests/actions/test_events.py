"""Actions on matchmaking events, on gatherings of two and three."""

from datetime import time, timedelta

import pytest

from grappe.actions.add_late_participant import add_late_participant
from grappe.actions.answer_wish import answer_wish, withdraw_wish
from grappe.actions.block_pair import block_pair
from grappe.actions.cancel_meeting import cancel_meeting
from grappe.actions.cancel_participation import cancel_participation
from grappe.actions.change_availability import change_availability, give_host_table
from grappe.actions.change_event import change_event
from grappe.actions.change_profile import change_profile
from grappe.actions.choose_slot import choose_slot
from grappe.actions.close_event import close_event
from grappe.actions.close_wishes import close_wishes
from grappe.actions.confirm_participation import confirm_participation
from grappe.actions.create_event import create_event
from grappe.actions.hold_event import hold_event
from grappe.actions.invite_participant import invite_participant
from grappe.actions.move_meeting import move_meeting, plan_meeting
from grappe.actions.open_event import open_event
from grappe.actions.publish_agenda import publish_agenda
from grappe.actions.publish_outcome import publish_outcome
from grappe.actions.record_outcome import record_outcome
from grappe.actions.register_participant import Profile, register_participant
from grappe.actions.report_meeting import report_meeting
from grappe.actions.report_no_show import report_no_show
from grappe.actions.schedule_event import schedule_event
from grappe.actions.send_wish import send_wish
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, Forbidden, InputRefused, Refused, UnknownThing
from grappe.domain.roles import Role
from grappe.network.matchmaking import Acceptance, Scheduling
from grappe.network.meeting_outcomes import Horizon, OutcomeKind
from grappe.network.slot_grid import Day, Grid
from grappe.present.problems import error_words
from grappe.queries.events import changes_since
from grappe.queries.lists import list_links
from grappe.queries.moment import moment
from grappe.store.models import (
    AuditEvent,
    Decision,
    MatchEvent,
    Meeting,
    MeetingOutcome,
    Participation,
    RoleGrant,
    User,
    Wish,
)
from tests.actions.gatherings import (
    AFTER,
    DAWN,
    MORNING,
    OPERATOR,
    SLOTS,
    TUESDAY,
    opened,
    places,
    published,
    registered,
    scheduled,
    terms,
    wished,
)
from tests.actions.stored import load
from tests.worlds import write_world

pytestmark = pytest.mark.usefixtures("store")
EV = "orchard-days"
LATER = DAWN + timedelta(days=1)


def account(address: str, role: Role | None = None, scope: str = "") -> Actor:
    """Somebody who signed in, with a role."""
    name = address.split("@")[0]
    user = User.objects.create(username=address, email=address, display_name=name)
    if role is not None:
        RoleGrant.objects.create(user=user, role=str(role), scope=scope, given_by="Zohra", given_at=DAWN)
    return Actor(name, str(role or "reader"), user.pk)


def clusters(tmp_path) -> None:
    """A census of two clusters, on both shores."""
    load(
        write_world(
            tmp_path,
            """
            kind: cluster
            source: book
            as_of: 2019-03
            entities:
              ma-oak:
                name: {value: Oak, line: 3, column: name, printed: Oak}
                country: {value: MA, line: 3, column: name, printed: Oak}
              fr-mill:
                name: {value: Mill, line: 4, column: name, printed: Mill}
                country: {value: FR, line: 4, column: name, printed: Mill}
            """,
        )
    )


# --- creating and changing -------------------------------------------------------------------------------


def test_a_new_event_is_a_draft_with_its_slots_and_one_trace():
    event = create_event(EV, terms(), by=OPERATOR, at=DAWN)
    assert (event.state, event.version) == ("draft", 1)
    assert tuple(event.slots.values_list("code", flat=True)) == SLOTS
    (trace,) = AuditEvent.objects.filter(subject=EV)
    assert (trace.verb, trace.by, trace.at) == ("create_event", "Zohra (operator)", DAWN)


def test_an_impossible_event_is_refused_with_every_reason_and_nothing_is_written():
    backwards = Grid((Day(TUESDAY, time(11), time(9)),), 20, "Africa/Casablanca")
    with pytest.raises(InputRefused) as refused:
        create_event(EV, terms(grid=backwards, tables=0), by=OPERATOR, at=DAWN)
    assert error_words(refused.value, "en").split("\n") == [
        "Orchard days is impossible as it stands, 2 problem(s); nothing was changed.",
        "  orchard-days: 2027-03-16 ends at 09:00, before it starts at 11:00. Correct the hours.",
        "  orchard-days: With 0 tables nobody can meet. Give one table or more.",
    ]
    assert not MatchEvent.objects.exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("odd", ["", "Orchard", "a_b", "x" * 61])
def test_an_event_needs_a_sober_name(odd):
    with pytest.raises(BadChoice):
        create_event(odd, terms(), by=OPERATOR, at=DAWN)


def test_a_name_is_taken_once():
    create_event(EV, terms(), by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="event_exists"):
        create_event(EV, terms(), by=OPERATOR, at=DAWN)


def test_shorter_days_forget_the_availability_that_is_lost():
    event = opened()
    oak = registered(EV, "Oak", "north", availability=[SLOTS[0], SLOTS[3]])
    shorter = Grid((Day(TUESDAY, time(9), time(9, 40)),), 20, "Africa/Casablanca")
    change_event(EV, terms(grid=shorter), by=OPERATOR, at=LATER)
    oak.refresh_from_db()
    assert oak.availability == [SLOTS[0]]
    assert event.slots.count() == 2


def test_slots_do_not_change_under_meetings():
    opened(scheduling=Scheduling.PARTICIPANTS)
    one, other = registered(EV, "Oak", "north"), registered(EV, "Elm", "south")
    choose_slot(wished(one, other), SLOTS[0], by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="event_has_meetings"):
        change_event(EV, terms(grid=Grid(MORNING.days, 40, MORNING.zone)), by=OPERATOR, at=LATER)
    change_event(EV, terms(title="Other name", scheduling=Scheduling.PARTICIPANTS), by=OPERATOR, at=LATER)
    assert MatchEvent.objects.get(id=EV).title == "Other name"


def test_the_second_of_two_organisers_is_told_what_the_first_changed():
    seen = opened().version
    change_event(EV, terms(tables=3), by=Actor("Amal", "operator"), at=LATER, seen=seen)
    with pytest.raises(Refused) as refused:
        close_wishes(EV, by=OPERATOR, at=LATER, seen=seen)
    assert error_words(refused.value, "en") == (
        "Orchard days was changed meanwhile by Amal (operator): terms changed. "
        "Look at it again, then repeat what you did."
    )
    assert [one["verb"] for one in changes_since(EV, seen)] == ["change_event"]
    close_wishes(EV, by=OPERATOR, at=LATER, seen=seen + 1)


def test_a_state_that_cannot_follow_is_refused_in_words():
    create_event(EV, terms(), by=OPERATOR, at=DAWN)
    with pytest.raises(Refused) as refused:
        close_wishes(EV, by=OPERATOR, at=DAWN)
    assert error_words(refused.value, "en") == (
        "The state of Orchard days is: in preparation. It cannot become: closed for wishes. "
        "Possible: closed, open for registration and wishes."
    )


# --- who may ---------------------------------------------------------------------------------------------


def test_an_organiser_of_one_event_does_not_run_another():
    ours = account("amal@example.org", Role.ORGANISER, EV)
    create_event(EV, terms(), by=ours, at=DAWN)
    open_event(EV, by=ours, at=DAWN)
    with pytest.raises(Forbidden):
        create_event("other-days", terms(), by=ours, at=DAWN)


def test_a_manager_registers_its_own_cluster_and_becomes_its_contact(tmp_path):
    clusters(tmp_path)
    opened()
    manager = account("oak@example.org", Role.MANAGER, "ma-oak")
    oak = register_participant(EV, Profile("Oak", entity="ma-oak", side="south"), by=manager, at=DAWN)
    assert oak.contact_id == manager.account
    with pytest.raises(Forbidden):
        register_participant(EV, Profile("Mill", entity="fr-mill", side="north"), by=manager, at=DAWN)
    with pytest.raises(Forbidden):
        open_event(EV, by=manager, at=DAWN)


def test_a_participant_speaks_for_the_body_it_registered_and_no_other():
    opened()
    guest = account("guest@example.org", Role.PARTICIPANT, EV)
    mine = register_participant(EV, Profile("Loom", side="north"), by=guest, at=DAWN)
    other = registered(EV, "Elm", "south")
    send_wish(mine.pk, other.pk, rank=1, by=guest, at=DAWN)
    with pytest.raises(Forbidden):
        send_wish(other.pk, mine.pk, rank=1, by=guest, at=DAWN)
    with pytest.raises(Forbidden):
        cancel_participation(other.pk, by=guest, at=DAWN)


def test_nobody_takes_the_place_of_another_by_registering_under_its_name():
    opened()
    first, second = (account(f"{name}@example.org", Role.PARTICIPANT, EV) for name in ("first", "second"))
    register_participant(EV, Profile("Loom", side="north"), by=first, at=DAWN)
    with pytest.raises((Forbidden, Refused)):
        register_participant(EV, Profile("Loom", side="north"), by=second, at=DAWN)


def test_an_invitation_is_taken_up_by_the_address_it_was_sent_to():
    opened()
    invited = invite_participant(
        EV, Profile("Loom", side="north"), address="loom@example.org", by=OPERATOR, at=DAWN
    )
    assert invited.state == "invited"
    loom = account("loom@example.org", Role.PARTICIPANT, EV)
    row = register_participant(EV, Profile("Loom of the Bay", side="north"), by=loom, at=LATER)
    assert (row.pk, row.state, row.contact_id) == (invited.pk, "registered", loom.account)
    with pytest.raises(Refused, match="name_taken"):
        invite_participant(EV, Profile("Loom of the Bay", side="north"), by=OPERATOR, at=LATER)


def test_an_invitation_is_not_taken_up_by_somebody_else_under_the_same_name():
    opened()
    loom = Profile("Loom", side="north")
    invite_participant(EV, loom, address="loom@example.org", by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="name_taken"):
        register_participant(EV, loom, by=account("thief@example.org", Role.PARTICIPANT, EV), at=DAWN)


def test_a_guest_of_the_event_registers_no_cluster_unless_invited_for_it(tmp_path):
    clusters(tmp_path)
    opened()
    oak = Profile("Oak", entity="ma-oak", side="south")
    guest = account("guest@example.org", Role.PARTICIPANT, EV)
    with pytest.raises(Forbidden):
        register_participant(EV, oak, by=guest, at=DAWN)
    invite_participant(EV, oak, address="guest@example.org", by=OPERATOR, at=DAWN)
    assert register_participant(EV, oak, by=guest, at=DAWN).contact_id == guest.account


def test_someone_unknown_may_do_nothing():
    opened()
    nobody = Actor("nobody", "reader")
    with pytest.raises(Forbidden):
        register_participant(EV, Profile("Loom", side="north"), by=nobody, at=DAWN)
    with pytest.raises(Forbidden):
        schedule_event(EV, by=nobody, at=DAWN)


# --- profiles --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": None},
        {"side": "west"},
        {"offers": ["nothing_known"]},
        {"needs": ["nothing_known"]},
        {"languages": ["xx-klingon"]},
        {"text_language": "de"},
        {"availability": ["20270316-1111"]},
        {"name": "  "},
    ],
)
def test_a_profile_that_names_what_does_not_exist_is_refused(wrong):
    opened()
    with pytest.raises(BadChoice):
        register_participant(EV, Profile(**({"name": "Loom", "side": "north"} | wrong)), by=OPERATOR, at=DAWN)
    assert not Participation.objects.exists()


def test_an_entity_that_takes_part_must_be_in_the_census():
    opened()
    with pytest.raises(UnknownThing):
        registered(EV, "Oak", "south", entity="ma-oak")


def test_an_event_without_sides_takes_no_side():
    opened(sides=())
    registered(EV, "Oak")
    with pytest.raises(BadChoice):
        registered(EV, "Elm", "north")


def test_a_profile_can_be_changed_but_not_the_side_under_wishes():
    opened()
    oak, elm = registered(EV, "Oak", "north"), registered(EV, "Elm", "south")
    change_profile(oak.pk, Profile("Oak of the Hill", side="south"), by=OPERATOR, at=DAWN)
    change_profile(oak.pk, Profile("Oak of the Hill", side="north"), by=OPERATOR, at=DAWN)
    wished(oak, elm)
    with pytest.raises(Refused, match="side_has_wishes"):
        change_profile(oak.pk, Profile("Oak", side="south"), by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="name_taken"):
        change_profile(oak.pk, Profile("Elm", side="north"), by=OPERATOR, at=DAWN)


def test_a_host_table_exists_and_has_one_host():
    opened()
    oak, elm = registered(EV, "Oak", "north"), registered(EV, "Elm", "south")
    give_host_table(oak.pk, 1, by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="table_of_host"):
        give_host_table(elm.pk, 1, by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="table_beyond"):
        give_host_table(elm.pk, 3, by=OPERATOR, at=DAWN)


def test_who_cancelled_may_register_again():
    opened()
    oak = registered(EV, "Oak", "north")
    cancel_participation(oak.pk, by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="participant_cannot"):
        confirm_participation(oak.pk, by=OPERATOR, at=DAWN)
    again = registered(EV, "Oak", "north")
    assert (again.pk, again.state) == (oak.pk, "registered")


# --- wishes ----------------------------------------------------------------------------------------------


def test_a_wish_to_oneself_to_ones_side_or_to_a_stranger_is_refused():
    opened()
    oak, ash, elm = (
        registered(EV, "Oak", "north"),
        registered(EV, "Ash", "north"),
        registered(EV, "Elm", "south"),
    )
    for receiver, code in ((oak.pk, "self_wish"), (ash.pk, "same_side_wish")):
        with pytest.raises(Refused, match=code):
            send_wish(oak.pk, receiver, rank=1, by=OPERATOR, at=DAWN)
    with pytest.raises(UnknownThing):
        send_wish(oak.pk, elm.pk + 100, rank=1, by=OPERATOR, at=DAWN)
    block_pair(oak.pk, elm.pk, by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="blocked_wish"):
        send_wish(oak.pk, elm.pk, rank=1, by=OPERATOR, at=DAWN)
    block_pair(elm.pk, oak.pk, blocked=False, by=OPERATOR, at=DAWN)
    send_wish(oak.pk, elm.pk, rank=1, by=OPERATOR, at=DAWN)


def test_wishes_are_counted_and_one_withdrawn_makes_room():
    opened(most_wishes=1)
    oak, elm, fig = (registered(EV, n, s) for n, s in (("Oak", "north"), ("Elm", "south"), ("Fig", "south")))
    first = send_wish(oak.pk, elm.pk, rank=1, by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="too_many_wishes"):
        send_wish(oak.pk, fig.pk, rank=2, by=OPERATOR, at=DAWN)
    # The same wish again only changes its rank.
    assert send_wish(oak.pk, elm.pk, rank=3, reason="Flour", by=OPERATOR, at=DAWN).pk == first.pk
    withdraw_wish(first.pk, by=OPERATOR, at=DAWN)
    send_wish(oak.pk, fig.pk, rank=1, by=OPERATOR, at=DAWN)


def test_wishes_end_with_the_time_for_wishes_but_for_the_organiser():
    opened()
    oak = registered(EV, "Oak", "north")
    guest = account("guest@example.org", Role.PARTICIPANT, EV)
    loom = register_participant(EV, Profile("Loom", side="south"), by=guest, at=DAWN)
    close_wishes(EV, by=OPERATOR, at=DAWN)
    with pytest.raises(Refused, match="event_not_now"):
        send_wish(loom.pk, oak.pk, rank=1, by=guest, at=DAWN)
    send_wish(loom.pk, oak.pk, rank=1, by=OPERATOR, at=DAWN)


def test_wishes_end_at_their_hour_though_nobody_closed_them():
    opened(wishes_until=DAWN)
    oak = registered(EV, "Oak", "north")
    guest = account("guest@example.org", Role.PARTICIPANT, EV)
    loom = register_participant(EV, Profile("Loom", side="south"), by=guest, at=DAWN)
    send_wish(loom.pk, oak.pk, rank=1, by=guest, at=DAWN)
    with pytest.raises(Refused, match="wishes_over"):
        send_wish(loom.pk, oak.pk, rank=2, by=guest, at=LATER)


def test_only_the_one_who_is_asked_answers():
    opened()
    guest = account("guest@example.org", Role.PARTICIPANT, EV)
    loom = register_participant(EV, Profile("Loom", side="south"), by=guest, at=DAWN)
    wish = wished(loom, registered(EV, "Oak", "north"), accept=None)
    with pytest.raises(Forbidden):
        answer_wish(wish, accept=True, by=guest, at=DAWN)
    withdraw_wish(wish, by=guest, at=DAWN)
    assert Wish.objects.get(pk=wish).state == "withdrawn"


# --- participants who choose -----------------------------------------------------------------------------


def test_who_accepts_chooses_a_free_slot_and_the_scheduler_leaves_it():
    opened(scheduling=Scheduling.PARTICIPANTS, tables=1)
    oak, ash = registered(EV, "Oak", "north"), registered(EV, "Ash", "north")
    elm = registered(EV, "Elm", "south")
    choose_slot(wished(oak, elm), SLOTS[2], by=OPERATOR, at=DAWN)
    with pytest.raises(Refused) as refused:
        choose_slot(wished(elm, ash), SLOTS[2], by=OPERATOR, at=DAWN)
    assert refused.value.params["free"] == ", ".join((SLOTS[0], SLOTS[1], SLOTS[3]))
    scheduled(EV)
    # The one meeting without slot goes where Elm and the only table are free.
    assert places(EV)["Elm", "Oak"] == (SLOTS[2], 1, "planned")
    assert places(EV)["Ash", "Elm"][0] in {SLOTS[0], SLOTS[1], SLOTS[3]}


def test_nobody_chooses_a_slot_for_a_wish_without_answer_or_where_the_organiser_schedules():
    opened(scheduling=Scheduling.PARTICIPANTS)
    oak, elm = registered(EV, "Oak", "north"), registered(EV, "Elm", "south")
    with pytest.raises(Refused, match="wish_calls_for_nothing"):
        choose_slot(wished(oak, elm, accept=None), SLOTS[0], by=OPERATOR, at=DAWN)
    opened("other-days")
    one, two = registered("other-days", "Oak", "north"), registered("other-days", "Elm", "south")
    with pytest.raises(Refused, match="organiser_schedules"):
        choose_slot(wished(one, two), SLOTS[0], by=OPERATOR, at=DAWN)


def test_a_wish_declined_after_all_takes_its_meeting_off():
    opened(scheduling=Scheduling.PARTICIPANTS)
    oak, elm = registered(EV, "Oak", "north"), registered(EV, "Elm", "south")
    wish = wished(oak, elm)
    choose_slot(wish, SLOTS[0], by=OPERATOR, at=DAWN)
    choose_slot(wish, SLOTS[1], by=OPERATOR, at=DAWN)
    assert places(EV) == {("Elm", "Oak"): (SLOTS[1], 1, "planned")}
    answer_wish(wish, accept=False, by=OPERATOR, at=DAWN)
    assert places(EV) == {}
    assert Meeting.objects.get().why == "wish_declined"


# --- scheduling ------------------------------------------------------------------------------------------


def test_automatic_acceptance_schedules_what_nobody_answered():
    opened(acceptance=Acceptance.AUTOMATIC)
    oak, elm, fig = (registered(EV, n, s) for n, s in (("Oak", "north"), ("Elm", "south"), ("Fig", "south")))
    wished(oak, elm, accept=None)
    wished(fig, oak, accept=False)
    scheduled(EV)
    assert set(places(EV)) == {("Elm", "Oak")}


def test_nothing_is_scheduled_before_wishes_are_closed():
    opened()
    with pytest.raises(Refused, match="event_not_now"):
        schedule_event(EV, by=OPERATOR, at=DAWN)


def test_a_contradiction_in_the_event_is_named_by_its_participant_before_solving():
    opened()
    oak = registered(EV, "Oak", "north")
    Participation.objects.filter(pk=oak.pk).update(host_table=7)
    close_wishes(EV, by=OPERATOR, at=DAWN)
    with pytest.raises(InputRefused) as refused:
        schedule_event(EV, by=OPERATOR, at=DAWN)
    assert error_words(refused.value, "en").endswith(
        "Orchard days: Oak stays at table 7, and there are 2. Correct it."
    )


def test_a_change_made_while_the_scheduler_runs_is_not_overwritten(monkeypatch):
    from grappe.actions import schedule_event as module

    opened()
    oak, elm = registered(EV, "Oak", "north"), registered(EV, "Elm", "south")
    wished(oak, elm)
    close_wishes(EV, by=OPERATOR, at=DAWN)
    solve = module.solve

    def slow(mapping, **options):
        block_pair(oak.pk, elm.pk, by=Actor("Amal", "operator"), at=DAWN)
        return solve(mapping, **options)

    monkeypatch.setattr(module, "solve", slow)
    with pytest.raises(Refused) as refused:
        schedule_event(EV, by=OPERATOR, at=DAWN)
    assert refused.value.params["who"] == "Amal (operator)"
    assert places(EV) == {}


def test_scheduling_again_keeps_what_was_put_in_place_by_hand_and_what_was_taken_off_by_hand():
    opened()
    oak, elm, fig = (registered(EV, n, s) for n, s in (("Oak", "north"), ("Elm", "south"), ("Fig", "south")))
    wished(oak, elm)
    wished(oak, fig)
    scheduled(EV)
    first, second = Meeting.objects.order_by("id")
    move_meeting(first.pk, slot=SLOTS[3], table=2, by=OPERATOR, at=DAWN)
    cancel_meeting(second.pk, by=OPERATOR, at=DAWN)
    schedule_event(EV, by=OPERATOR, at=DAWN)
    assert list(places(EV).values()) == [(SLOTS[3], 2, "planned")]


# --- publishing and after --------------------------------------------------------------------------------


def gathered(tables: int = 2) -> tuple[Participation, ...]:
    """Oak of the north meets Elm and Fig of the south; the agenda is published."""
    opened(tables=tables)
    oak, elm, fig = (registered(EV, n, s) for n, s in (("Oak", "north"), ("Elm", "south"), ("Fig", "south")))
    wished(oak, elm)
    wished(oak, fig)
    published(EV)
    return oak, elm, fig


def test_nothing_new_is_not_published():
    gathered()
    with pytest.raises(Refused, match="nothing_to_publish"):
        publish_agenda(EV, by=OPERATOR, at=LATER)


def test_a_published_meeting_that_moves_counts_once_it_is_published_again():
    gathered()
    meeting = Meeting.objects.order_by("id").first()
    move_meeting(meeting.pk, slot=SLOTS[3], table=1, by=OPERATOR, at=LATER)
    move_meeting(meeting.pk, slot=SLOTS[2], table=1, by=OPERATOR, at=LATER)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("moved", 0)
    publish_agenda(EV, by=OPERATOR, at=LATER)
    meeting.refresh_from_db()
    # Two moves, one publication: calendars are told once.
    assert (meeting.state, meeting.sequence) == ("published", 1)


def test_a_late_arrival_is_scheduled_and_nobody_else_moves():
    gathered()
    before = places(EV)
    late = add_late_participant(EV, Profile("Late", side="north"), by=OPERATOR, at=LATER)
    assert late.late
    elm = Participation.objects.get(name="Elm")
    wished(late, elm)
    schedule_event(EV, by=OPERATOR, at=LATER)
    after = places(EV)
    assert {pair: after[pair] for pair in before} == before
    assert set(after) - set(before) == {("Elm", "Late")}


def test_a_cancellation_frees_slots_for_wishes_that_were_left_out():
    # One table, four slots, five wishes of which one is left out.
    opened(tables=1)
    norths = [registered(EV, f"N{n}", "north") for n in range(5)]
    elm, fig = registered(EV, "Elm", "south"), registered(EV, "Fig", "south")
    for n, (one, other) in enumerate(zip(norths, (elm, elm, fig, fig, fig), strict=True), 1):
        wished(one, other, rank=n)
    published(EV)
    before = places(EV)
    assert len(before) == 4
    left_out = next(one for one in norths if not any(one.name in pair for pair in before))
    gone = next(one for one in norths if one != left_out)
    cancel_participation(gone.pk, by=OPERATOR, at=LATER)
    schedule_event(EV, by=OPERATOR, at=LATER)
    after = places(EV)
    assert {pair: place for pair, place in before.items() if gone.name not in pair}.items() <= after.items()
    assert any(left_out.name in pair for pair in after)


def test_rescheduling_on_the_day_puts_nothing_into_the_past():
    gathered()
    # At 9:30 in Casablanca two of the four slots have begun.
    half_past_nine = AFTER.replace(hour=8, minute=30)
    late = add_late_participant(EV, Profile("Late", side="north"), by=OPERATOR, at=half_past_nine)
    wished(late, Participation.objects.get(name="Elm"))
    schedule_event(EV, by=OPERATOR, at=half_past_nine)
    assert places(EV)["Elm", "Late"][0] in SLOTS[2:]


def test_an_availability_that_names_slots_gone_by_is_no_contradiction_on_the_day():
    _, elm, _ = gathered()
    half_past_nine = AFTER.replace(hour=8, minute=30)
    Participation.objects.filter(pk=elm.pk).update(availability=[SLOTS[0], SLOTS[3]])
    late = add_late_participant(EV, Profile("Late", side="north"), by=OPERATOR, at=half_past_nine)
    gone = add_late_participant(
        EV, Profile("Gone", side="north", availability=[SLOTS[0]]), by=OPERATOR, at=half_past_nine
    )
    wished(late, elm)
    wished(gone, elm)
    run = schedule_event(EV, by=OPERATOR, at=half_past_nine)
    assert places(EV)["Elm", "Late"][0] == SLOTS[3]
    # Elm met Oak in the first slot, the only one that the last to come shares with it.
    assert [(one["from"], one["reason"]) for one in run.unmet] == [(str(gone.pk), "participant_full")]


def test_meetings_that_the_organiser_insists_on_are_left_alone_however_they_conflict():
    gathered()
    first, second = Meeting.objects.order_by("slot__start")
    move_meeting(second.pk, slot=first.slot.code, table=first.table, force=True, by=OPERATOR, at=LATER)
    before = places(EV)
    run = schedule_event(EV, by=OPERATOR, at=LATER)
    assert places(EV) == before
    assert run.unmet == []


def test_a_no_show_misses_what_has_begun_and_frees_what_is_to_come():
    oak, *_ = gathered()
    first, second = Meeting.objects.order_by("slot__start")
    assert (first.slot.code, second.slot.code) == SLOTS[:2]
    report_no_show(oak.pk, by=OPERATOR, at=AFTER.replace(hour=8, minute=10))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.why, second.sequence) == ("missed", "cancelled", "no_show", 1)
    # It turns up after all.
    assert confirm_participation(oak.pk, by=OPERATOR, at=AFTER).state == "confirmed"


def test_an_absence_cannot_be_reported_before_the_agenda_is_published():
    opened()
    with pytest.raises(Refused, match="event_not_now"):
        report_no_show(registered(EV, "Oak", "north").pk, by=OPERATOR, at=DAWN)


def test_a_meeting_that_no_room_can_hold_is_not_put_in_unless_forced():
    oak, elm, _ = gathered()
    taken = next(m for m in Meeting.objects.all() if elm.pk in (m.a_id, m.b_id))
    there = {"slot": taken.slot.code, "table": taken.table, "by": OPERATOR, "at": LATER}
    with pytest.raises(InputRefused) as refused:
        plan_meeting(EV, oak.pk, elm.pk, **there)
    codes = {problem.code for problem in refused.value.problems}
    assert codes == {"participant_twice", "table_twice", "pair_twice"}
    plan_meeting(EV, oak.pk, elm.pk, force=True, **there)
    with pytest.raises(InputRefused, match="agenda_conflicts"):
        publish_agenda(EV, by=OPERATOR, at=LATER)


def test_availability_that_changes_after_publication_is_a_conflict_that_stays_to_be_solved():
    _, elm, _ = gathered()
    change_availability(elm.pk, [SLOTS[3]], by=OPERATOR, at=LATER)
    meeting = next(m for m in Meeting.objects.all() if elm.pk in (m.a_id, m.b_id))
    with pytest.raises(InputRefused, match="agenda_conflicts"):
        publish_agenda(EV, by=OPERATOR, at=LATER)
    move_meeting(meeting.pk, slot=SLOTS[3], table=1, by=OPERATOR, at=LATER)
    publish_agenda(EV, by=OPERATOR, at=LATER)


def test_an_event_called_off_cancels_what_was_to_come():
    gathered()
    close_event(EV, by=OPERATOR, at=LATER)
    assert set(Meeting.objects.values_list("state", "why", "sequence")) == {("cancelled", "called_off", 1)}
    with pytest.raises(Refused, match="event_cannot"):
        open_event(EV, by=OPERATOR, at=LATER)


def test_an_event_is_not_held_before_it_begins():
    gathered()
    with pytest.raises(Refused, match="event_not_begun"):
        hold_event(EV, by=OPERATOR, at=LATER)


# --- outcomes --------------------------------------------------------------------------------------------


def held() -> Meeting:
    """The first of the two meetings of Oak, which were both held."""
    gathered()
    hold_event(EV, by=OPERATOR, at=AFTER)
    return Meeting.objects.order_by("id").first()


def tell(meeting: Meeting, kind: OutcomeKind, at=AFTER, **more) -> MeetingOutcome:
    return record_outcome(meeting.pk, horizon=Horizon.AT_ONCE, kind=kind, by=OPERATOR, at=at, **more)


def test_an_outcome_is_not_told_before_its_day():
    meeting = held()
    with pytest.raises(Refused, match="outcome_too_early"):
        record_outcome(meeting.pk, horizon=Horizon.SIX_MONTHS, kind=OutcomeKind.VISIT, by=OPERATOR, at=AFTER)


def test_both_may_tell_their_own_and_telling_again_replaces():
    meeting = held()
    tell(meeting, OutcomeKind.NOTHING, teller=meeting.a_id)
    tell(meeting, OutcomeKind.CONTACT_KEPT, teller=meeting.b_id)
    tell(meeting, OutcomeKind.VISIT, teller=meeting.a_id)
    assert set(MeetingOutcome.objects.values_list("teller", "kind")) == {
        (meeting.a_id, "visit"),
        (meeting.b_id, "contact_kept"),
    }


def test_a_meeting_that_was_missed_has_no_outcome():
    meeting = held()
    report_meeting(meeting.pk, held=False, by=OPERATOR, at=AFTER)
    with pytest.raises(Refused, match="meeting_not_held"):
        tell(meeting, OutcomeKind.VISIT)
    report_meeting(meeting.pk, held=True, by=OPERATOR, at=AFTER)
    tell(meeting, OutcomeKind.VISIT)


def test_no_link_comes_of_nothing_nor_of_a_body_outside_the_census():
    meeting = held()
    with pytest.raises(Refused, match="no_link_of_nothing"):
        publish_outcome(tell(meeting, OutcomeKind.NOTHING).pk, by=OPERATOR, at=AFTER)
    with pytest.raises(Refused, match="not_an_entity"):
        publish_outcome(tell(meeting, OutcomeKind.AGREEMENT).pk, by=OPERATOR, at=AFTER)


def test_telling_otherwise_takes_the_link_back_until_it_is_published_anew(tmp_path):
    clusters(tmp_path)
    opened()
    oak = registered(EV, "Oak", "south", entity="ma-oak")
    mill = registered(EV, "Mill", "north", entity="fr-mill")
    wished(oak, mill)
    published(EV)
    hold_event(EV, by=OPERATOR, at=AFTER)
    meeting = Meeting.objects.get()

    def stages() -> list[str]:
        return [link["stage"] for link in list_links(moment(), cluster="ma-oak")]

    link = publish_outcome(tell(meeting, OutcomeKind.VISIT).pk, by=OPERATOR, at=AFTER)
    assert stages() == ["visit"]
    again = tell(meeting, OutcomeKind.AGREEMENT)
    assert (stages(), again.link) == ([], None)
    assert publish_outcome(again.pk, by=OPERATOR, at=AFTER) == link
    assert stages() == ["agreement"]
    # Publishing the very same again changes nothing.
    decisions = Decision.objects.count()
    publish_outcome(again.pk, by=OPERATOR, at=AFTER)
    assert (stages(), Decision.objects.count()) == (["agreement"], decisions)


def test_loading_the_census_again_leaves_the_links_of_meetings(tmp_path):
    clusters(tmp_path)
    opened()
    oak = registered(EV, "Oak", "south", entity="ma-oak")
    mill = registered(EV, "Mill", "north", entity="fr-mill")
    wished(oak, mill)
    published(EV)
    hold_event(EV, by=OPERATOR, at=AFTER)
    publish_outcome(tell(Meeting.objects.get(), OutcomeKind.AGREEMENT).pk, by=OPERATOR, at=AFTER)
    folder = tmp_path / "tiny"
    world = folder / "world.yml"
    world.write_text(world.read_text("utf-8").replace("value: Oak,", "value: Oak Valley,"), "utf-8")
    load(folder)
    assert [link["kind"] for link in list_links(moment(), cluster="ma-oak")] == ["convention"]
