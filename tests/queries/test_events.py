"""Questions about matchmaking events, on gatherings of two and three."""

from datetime import date, timedelta

import pytest

from grappe.actions.answer_wish import withdraw_wish
from grappe.actions.cancel_participation import cancel_participation
from grappe.actions.create_event import create_event
from grappe.actions.hold_event import hold_event
from grappe.actions.move_meeting import move_meeting
from grappe.actions.publish_agenda import publish_agenda
from grappe.actions.record_outcome import record_outcome
from grappe.domain.errors import UnknownThing
from grappe.network.matchmaking import Scheduling
from grappe.network.meeting_outcomes import Horizon, OutcomeKind
from grappe.queries.event_agendas import (
    agenda_by_key,
    agenda_of,
    calendar_of,
    event_agenda,
    unpublished_changes,
)
from grappe.queries.event_outcomes import due_outcomes, event_statistics, outcomes_of
from grappe.queries.event_participants import (
    browse_profiles,
    find_participation,
    list_participants,
    participations_of,
)
from grappe.queries.event_wishes import wishes_of, wishes_of_event
from grappe.queries.events import event_page, find_event, list_events
from grappe.queries.fiction import watermark
from grappe.store.models import FictionalData, Meeting, Participation, RoleGrant, User
from tests.actions.gatherings import (
    AFTER,
    DAWN,
    OPERATOR,
    SLOTS,
    opened,
    published,
    registered,
    scheduled,
    terms,
    wished,
)

pytestmark = pytest.mark.usefixtures("store")
EV = "orchard-days"
LATER = DAWN + timedelta(days=1)


def three() -> tuple[Participation, ...]:
    """Oak of the north; Elm and Fig of the south."""
    opened()
    return tuple(registered(EV, n, s) for n, s in (("Oak", "north"), ("Elm", "south"), ("Fig", "south")))


def agenda(one: Participation) -> list[tuple[str, str, str]]:
    """With whom, when, in which state."""
    meetings = agenda_of(find_participation(one.pk))["meetings"]
    return [(row["with"]["name"], row["slot"], row["state"]) for row in meetings]


def test_drafts_are_listed_for_organisers_alone():
    create_event("draft-days", terms(), by=OPERATOR, at=DAWN)
    opened()
    assert [one["id"] for one in list_events()] == [EV]
    assert {one["id"] for one in list_events(drafts=True)} == {EV, "draft-days"}


def test_the_page_of_an_event_says_its_terms_its_counts_and_what_may_follow():
    oak, elm, _ = three()
    wished(oak, elm)
    page = event_page(EV)
    first = page["slots"][0]
    assert (first["code"], first["day"], first["hours"]) == (SLOTS[0], "2027-03-16", "09:00-09:20")
    # Morocco is an hour ahead of UTC on that day.
    assert first["start"] == "2027-03-16T09:00:00+01:00"
    assert page["participants_by_side"] == {"north": 1, "south": 2}
    assert page["wishes_by_state"] == {"accepted": 1}
    assert page["may_become"] == ["closed_for_wishes", "closed"]
    with pytest.raises(UnknownThing):
        event_page("no-days")


# --- profiles --------------------------------------------------------------------------------------------


def test_one_browses_those_one_may_meet_with_what_each_has_for_the_other():
    opened()
    oak = registered(EV, "Oak", "north", needs=["training"], offers=["research"], languages=["fr", "ar"])
    registered(EV, "Ash", "north")
    registered(EV, "Elm", "south", offers=["training", "logistics"], needs=["research"], languages=["ar"])
    (elm,) = browse_profiles(find_event(EV), viewer=oak)
    assert elm["name"] == "Elm"
    assert elm["match"] == {"they_offer": ["training"], "they_need": ["research"], "languages": ["ar"]}


def test_profiles_are_filtered_by_words_offers_needs_side_and_language():
    opened()
    registered(EV, "Oak", "north", needs=["training"], text="Moulins à huile", languages=["fr"])
    registered(EV, "Élan", "south", offers=["training"], languages=["ar"])
    event = find_event(EV)

    def names(**wanted):
        return [one["name"] for one in browse_profiles(event, **wanted)]

    assert names() == ["Élan", "Oak"]
    assert names(q="HUILE") == ["Oak"]
    assert names(q="elan") == ["Élan"]
    assert names(offer="training") == ["Élan"]
    assert names(need="training") == ["Oak"]
    assert names(side="south") == ["Élan"]
    assert names(language="fr") == ["Oak"]


def test_who_cancelled_is_not_browsed_but_stays_on_the_list_of_the_organiser():
    oak, *_ = three()
    cancel_participation(oak.pk, by=OPERATOR, at=DAWN)
    assert [one["name"] for one in browse_profiles(find_event(EV))] == ["Elm", "Fig"]
    assert [one["name"] for one in list_participants(find_event(EV))] == ["Elm", "Fig", "Oak"]


def test_a_profile_never_shows_an_address():
    three()
    assert all("address" not in one and "contact" not in one for one in browse_profiles(find_event(EV)))


def test_an_account_speaks_for_what_it_registered_and_for_its_cluster():
    oak, elm, _ = three()
    user = User.objects.create(username="a@example.org")
    Participation.objects.filter(pk=oak.pk).update(contact=user)
    Participation.objects.filter(pk=elm.pk).update(entity="ma-elm")
    assert [one["name"] for one in participations_of(user.pk)] == ["Oak"]
    RoleGrant.objects.create(user=user, role="manager", scope="ma-elm", given_by="x", given_at=DAWN)
    assert [one["name"] for one in participations_of(user.pk, EV)] == ["Elm", "Oak"]
    assert participations_of(user.pk, "other") == []


# --- wishes ----------------------------------------------------------------------------------------------


def test_wishes_sent_come_by_rank_and_say_what_is_mutual():
    oak, elm, fig = three()
    wished(oak, fig, rank=2, accept=None)
    wished(oak, elm, rank=1, accept=None)
    wished(elm, oak, rank=1, accept=None)
    found = wishes_of(find_participation(oak.pk))
    assert [(w["to"]["name"], w["mutual"], w["calls_for_meeting"]) for w in found["sent"]] == [
        ("Elm", True, True),
        ("Fig", False, False),
    ]
    assert [w["from"]["name"] for w in found["received"]] == ["Elm"]
    assert found["left"] == 10 - 2
    assert len(wishes_of_event(find_event(EV))) == 3


def test_a_wish_withdrawn_is_shown_to_its_sender_alone():
    oak, elm, _ = three()
    withdraw_wish(wished(oak, elm), by=OPERATOR, at=DAWN)
    assert [w["state"] for w in wishes_of(find_participation(oak.pk))["sent"]] == ["withdrawn"]
    assert wishes_of(find_participation(elm.pk))["received"] == []


def test_free_slots_are_given_where_participants_choose():
    opened(scheduling=Scheduling.PARTICIPANTS)
    oak, elm = registered(EV, "Oak", "north"), registered(EV, "Elm", "south", availability=[SLOTS[1]])
    wished(oak, elm)
    (wish,) = wishes_of(find_participation(elm.pk))["received"]
    assert wish["free_slots"] == [SLOTS[1]]


# --- agendas ---------------------------------------------------------------------------------------------


def test_nobody_sees_an_agenda_before_it_is_published():
    oak, elm, _ = three()
    wished(oak, elm)
    scheduled(EV)
    assert agenda(oak) == []
    publish_agenda(EV, by=OPERATOR, at=DAWN)
    assert agenda(oak) == [("Elm", SLOTS[0], "published")]
    assert agenda(elm) == [("Oak", SLOTS[0], "published")]


def test_a_move_is_seen_once_it_is_published_a_cancellation_at_once():
    oak, elm, fig = three()
    wished(oak, elm, rank=1)
    wished(oak, fig, rank=2)
    published(EV)
    first, _ = Meeting.objects.order_by("slot__start")
    move_meeting(first.pk, slot=SLOTS[3], table=1, by=OPERATOR, at=LATER)
    assert agenda(oak) == [("Elm", SLOTS[0], "published"), ("Fig", SLOTS[1], "published")]
    assert [(c["change"], c["from_slot"], c["slot"]) for c in unpublished_changes(find_event(EV))] == [
        ("moved", SLOTS[0], SLOTS[3])
    ]
    cancel_participation(fig.pk, by=OPERATOR, at=LATER)
    assert agenda(oak) == [("Elm", SLOTS[0], "published"), ("Fig", SLOTS[1], "cancelled")]
    publish_agenda(EV, by=OPERATOR, at=LATER)
    assert agenda(oak) == [("Fig", SLOTS[1], "cancelled"), ("Elm", SLOTS[3], "published")]
    assert unpublished_changes(find_event(EV)) == []


def test_what_was_chosen_and_not_published_is_provisional():
    from grappe.actions.choose_slot import choose_slot

    opened(scheduling=Scheduling.PARTICIPANTS)
    oak, elm = registered(EV, "Oak", "north"), registered(EV, "Elm", "south")
    choose_slot(wished(oak, elm), SLOTS[2], by=OPERATOR, at=DAWN)
    plain = agenda_of(find_participation(oak.pk))
    assert (plain["meetings"], [one["slot"] for one in plain["provisional"]]) == ([], [SLOTS[2]])


def test_a_calendar_is_found_by_its_key_and_by_no_other():
    oak, elm, _ = three()
    wished(oak, elm)
    published(EV)
    assert agenda_by_key(oak.feed_key).pk == oak.pk
    assert calendar_of(agenda_by_key(oak.feed_key), "en").count(b"BEGIN:VEVENT") == 1
    for wrong in ("", oak.feed_key[:-1]):
        with pytest.raises(UnknownThing):
            agenda_by_key(wrong)


def test_the_agenda_of_the_event_names_its_conflicts_and_what_is_left_out():
    oak, elm, fig = three()
    wished(oak, elm)
    wished(oak, fig)
    scheduled(EV)
    first, second = Meeting.objects.order_by("slot__start")
    move_meeting(second.pk, slot=first.slot.code, table=2, force=True, by=OPERATOR, at=LATER)
    found = event_agenda(find_event(EV), "en")
    (conflict,) = found["conflicts"]
    assert (conflict["code"], conflict["hard"], set(conflict["meetings"])) == (
        "participant_twice", True, {first.pk, second.pk},
    )  # fmt: skip
    assert conflict["message"] == "Orchard days: Oak has two meetings at once: 16 March 2027, 09:00."
    assert found["wishes"] == {"met": 2, "asked": 2}
    assert found["run"]["unmet"] == []


def test_a_wish_that_is_left_out_is_told_with_its_reason_in_words():
    opened()
    oak = registered(EV, "Oak", "north", availability=[SLOTS[0]])
    wished(oak, registered(EV, "Elm", "south"))
    wished(oak, registered(EV, "Fig", "south"), rank=2)
    scheduled(EV)
    run = event_agenda(find_event(EV), "en")["run"]
    # A single slot: of two wishes that one side has, the stronger is met, worth 10 of the 10 + 9.
    assert (run["status"], run["objective"]["weighted"], run["bound"], run["gap"]) == ("optimal", 10, 10, 0)
    (left,) = run["unmet"]
    assert (left["from"]["name"], left["to"]["name"], left["reason"]) == ("Oak", "Fig", "participant_full")
    assert left["message"] == "Oak has other meetings in all slots that the two have in common (1)."


def test_what_makes_an_event_tight_is_named_with_the_names_of_those_concerned():
    opened()
    oak = registered(EV, "Oak", "north", availability=[SLOTS[0]])
    wished(oak, registered(EV, "Elm", "south", availability=[SLOTS[1]]))
    (trouble,) = event_agenda(find_event(EV), "en")["troubles"]
    assert trouble["code"] == "no_common_slot"
    assert not trouble["blocks"]
    assert trouble["message"].endswith("Oak and Elm are never available together: they cannot meet.")


# --- outcomes --------------------------------------------------------------------------------------------


def held() -> tuple[Participation, Participation, Meeting]:
    oak, elm, _ = three()
    wished(oak, elm)
    published(EV)
    hold_event(EV, by=OPERATOR, at=AFTER)
    return oak, elm, Meeting.objects.get()


def test_each_is_asked_for_its_own_outcome_and_the_organiser_for_those_of_which_nobody_told():
    oak, elm, meeting = held()
    event, day = find_event(EV), date(2027, 3, 17)
    assert len(due_outcomes(event, day)) == 1
    record_outcome(
        meeting.pk, horizon=Horizon.AT_ONCE, kind=OutcomeKind.VISIT, teller=oak.pk, by=OPERATOR, at=AFTER
    )
    assert due_outcomes(event, day, oak) == []
    assert due_outcomes(event, day) == []
    (due,) = due_outcomes(event, day, elm)
    assert (due["meeting"], due["horizon"], due["since"]) == (meeting.pk, 0, "2027-03-16")


def test_statistics_count_wishes_meetings_and_outcomes_and_show_where_the_two_differ():
    oak, elm, meeting = held()
    for teller, kind in ((oak, OutcomeKind.VISIT), (elm, OutcomeKind.NOTHING)):
        record_outcome(
            meeting.pk, horizon=Horizon.AT_ONCE, kind=kind, teller=teller.pk, by=OPERATOR, at=AFTER
        )
    found = event_statistics(find_event(EV), date(2027, 3, 17))
    assert found["wishes"] == {"sent": 1, "asked": 1, "met": 1}
    assert found["mutual_wishes"] == {"asked": 0, "met": 0}
    # Oak and Elm met once, Fig nobody.
    assert found["meetings_each"] == {"least": 0, "median": 1, "most": 1}
    at_once = found["outcomes"][0]
    assert (at_once["due"], at_once["told"], at_once["disputed"], sum(at_once["kinds"].values())) == (
        1,
        1,
        1,
        0,
    )
    assert [one["outcomes"][0]["kind"] for one in outcomes_of(find_event(EV))] == ["visit"]


def test_an_event_without_anybody_has_statistics_of_zeros():
    opened()
    found = event_statistics(find_event(EV), date(2027, 3, 17))
    assert found["meetings_each"] == {"least": 0, "median": 0, "most": 0}


# --- inventions ------------------------------------------------------------------------------------------


def test_a_database_of_facts_has_no_watermark():
    assert watermark() is None
    FictionalData.objects.create(title="Invented", made_at=DAWN)
    assert watermark() == "Invented"


def test_the_watermark_is_one_small_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        watermark()
