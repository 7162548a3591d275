"""A matchmaking event from its first day to the link that came of it."""

from datetime import timedelta

import pytest

from grappe.actions.cancel_participation import cancel_participation
from grappe.actions.close_event import close_event
from grappe.actions.hold_event import hold_event
from grappe.actions.move_meeting import move_meeting
from grappe.actions.publish_agenda import publish_agenda
from grappe.actions.publish_outcome import publish_outcome
from grappe.actions.record_outcome import record_outcome
from grappe.actions.schedule_event import schedule_event
from grappe.domain.errors import InputRefused
from grappe.network.meeting_outcomes import Horizon, OutcomeKind
from grappe.queries.event_agendas import agenda_of, event_agenda
from grappe.queries.event_outcomes import due_outcomes, event_statistics
from grappe.queries.event_participants import find_participation
from grappe.queries.lists import list_links
from grappe.queries.moment import moment
from grappe.queries.sheets import sheet
from grappe.store.models import AuditEvent, MatchEvent, Meeting
from tests.actions.gatherings import (
    AFTER,
    DAWN,
    OPERATOR,
    SLOTS,
    days_later,
    opened,
    places,
    registered,
    scheduled,
    wished,
)
from tests.actions.stored import load
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

NOON_BEFORE = DAWN + timedelta(days=60)


def test_an_event_lives_from_its_creation_to_a_link_in_the_census(store, tmp_path):
    load(write_world(tmp_path, ORCHARD))
    opened()
    oak = registered("orchard-days", "Oak Valley", "south", entity="ma-oak")
    elm = registered("orchard-days", "Elm", "south", entity="dz-elm")
    mill = registered("orchard-days", "Moulin du Nord", "north", entity="org-mill")
    loom = registered("orchard-days", "Invented Loom", "north")
    for one, other in ((oak, mill), (mill, elm), (loom, oak), (elm, loom)):
        wished(one, other)
    event = scheduled("orchard-days")
    # Two against two, everybody wishes: four meetings, all met.
    assert len(places("orchard-days")) == 2 * 2
    assert event_agenda(event)["wishes"] == {"met": 4, "asked": 4}

    # An edit by hand that cannot be: Oak would meet both at once.
    first = Meeting.objects.get(event=event, a__in=(oak, mill), b__in=(oak, mill))
    second = Meeting.objects.get(event=event, a__in=(oak, loom), b__in=(oak, loom))
    busy = second.slot.code
    with pytest.raises(InputRefused) as refused:
        move_meeting(first.pk, slot=busy, table=2 if second.table == 1 else 1, by=OPERATOR, at=NOON_BEFORE)
    assert "participant_twice" in {problem.code for problem in refused.value.problems}
    move_meeting(first.pk, slot=busy, table=1, force=True, by=OPERATOR, at=NOON_BEFORE)
    assert [c["hard"] for c in event_agenda(event)["conflicts"]].count(True) >= 1
    with pytest.raises(InputRefused, match="agenda_conflicts"):
        publish_agenda("orchard-days", by=OPERATOR, at=NOON_BEFORE)

    # Elsewhere it fits: the last slot is free for both, as each has two meetings in four slots.
    taken = {row.slot.code for row in Meeting.objects.filter(event=event).exclude(pk=first.pk)}
    free = next(slot for slot in reversed(SLOTS) if slot not in taken)
    move_meeting(first.pk, slot=free, table=1, by=OPERATOR, at=NOON_BEFORE)
    publish_agenda("orchard-days", by=OPERATOR, at=NOON_BEFORE)
    before = places("orchard-days")
    assert {state for _, _, state in before.values()} == {"published"}

    # Elm cancels late: its two meetings are off, nobody else's move.
    cancel_participation(elm.pk, by=OPERATOR, at=NOON_BEFORE)
    schedule_event("orchard-days", by=OPERATOR, at=NOON_BEFORE)
    publish_agenda("orchard-days", by=OPERATOR, at=NOON_BEFORE)
    after = places("orchard-days")
    assert after == {pair: place for pair, place in before.items() if "Elm" not in pair}
    states = {one["with"]["name"]: one["state"] for one in agenda_of(find_participation(mill.pk))["meetings"]}
    assert states == {"Oak Valley": "published", "Elm": "cancelled"}

    hold_event("orchard-days", by=OPERATOR, at=AFTER)
    due = due_outcomes(MatchEvent.objects.get(id="orchard-days"), AFTER.date(), mill)
    assert [(one["meeting"], one["horizon"]) for one in due] == [(first.pk, 0)]
    told = record_outcome(
        first.pk,
        horizon=Horizon.AT_ONCE,
        kind=OutcomeKind.CONTACT_KEPT,
        teller=mill.pk,
        by=OPERATOR,
        at=AFTER,
    )
    link = publish_outcome(told.pk, by=OPERATOR, at=AFTER)
    rows = list_links(moment(), cluster="ma-oak")
    (found,) = [row for row in rows if row["id"] == link]
    assert (found["kind"], found["stage"], found["level"]) == ("event", "contact", "euromed")
    assert {found["source_name"], found["target_name"]} == {"Oak Valley", "Moulin du Nord"}
    assert found["cites"] == [
        {"source": f"orchard-days-outcome-{told.pk}", "line": "0 months, since 2027-03-16"}
    ]
    assert link in [one["id"] for one in sheet("ma-oak", moment())["links"]]

    # A year later it is an agreement: the same link, a later statement.
    year = days_later(366)
    later = record_outcome(
        first.pk, horizon=Horizon.ONE_YEAR, kind=OutcomeKind.AGREEMENT, teller=oak.pk, by=OPERATOR, at=year
    )
    assert publish_outcome(later.pk, by=OPERATOR, at=year) == link
    (found,) = [row for row in list_links(moment(), cluster="ma-oak") if row["id"] == link]
    assert (found["kind"], found["stage"]) == ("convention", "agreement")
    (early,) = [row for row in list_links(moment("2027-06"), cluster="ma-oak") if row["id"] == link]
    assert (early["kind"], early["stage"]) == ("event", "contact")

    close_event("orchard-days", by=OPERATOR, at=year)
    statistics = event_statistics(MatchEvent.objects.get(id="orchard-days"), year.date())
    # Two meetings were held, Oak with the mill and Oak with the loom; one has been told of at each horizon.
    assert [(one["horizon"], one["due"], one["told"]) for one in statistics["outcomes"]] == [
        (0, 2, 1), (6, 2, 0), (12, 2, 1), (24, 0, 0),
    ]  # fmt: skip
    verbs = list(AuditEvent.objects.filter(subject="orchard-days").values_list("verb", flat=True))
    assert verbs[0] == "create_event"
    assert verbs[-1] == "close_event"
    assert {"send_wish", "answer_wish", "move_meeting", "publish_outcome"} <= set(verbs)
