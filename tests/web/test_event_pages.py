"""Pages of matchmaking events in process: what is shown to whom, what is refused, what each form does."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from grappe.actions.cancel_meeting import cancel_meeting
from grappe.actions.create_event import create_event
from grappe.actions.hold_event import hold_event
from grappe.actions.open_event import open_event
from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from grappe.network.slot_grid import Day, Grid
from grappe.store.models import (
    BlockedPair,
    FictionalData,
    MatchEvent,
    Meeting,
    MeetingOutcome,
    Participation,
    User,
    Wish,
)
from tests.actions.accounts import account, quick_passwords
from tests.actions.gatherings import DAWN, OPERATOR, places, published, registered, scheduled, terms, wished
from tests.actions.stored import load, store_in, tables_alone
from tests.queries.conftest import ORCHARD
from tests.web.html import Page
from tests.worlds import write_world

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "quick_passwords")
EVENT = "orchard-days"
LATER = Grid((Day(date(2097, 3, 19), time(9), time(10, 20)),), 20, "Africa/Casablanca")
"""Four slots of twenty minutes that never begin while this is in use."""
PAST = Grid((Day(date(2024, 3, 19), time(9), time(10, 20)),), 20, "Africa/Casablanca")
NINE, TWENTY_PAST, TWENTY_TO, TEN = (f"20970319-{hour}" for hour in ("0900", "0920", "0940", "1000"))


@pytest.fixture
def store(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[Path]:
    """The orchard, in a store of its own."""
    path = tmp_path / "grappe.sqlite3"
    with django_db_blocker.unblock():
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), path)
        with store_in(path):
            load(write_world(tmp_path, ORCHARD))
            yield path


def opened(**changes) -> MatchEvent:
    create_event(EVENT, terms(**({"grid": LATER} | changes)), by=OPERATOR, at=DAWN)
    return open_event(EVENT, by=OPERATOR, at=DAWN)


def client_of(by: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.account))
    return client


@pytest.fixture
def organiser(store) -> Client:
    return client_of(account("zohra", Role.ORGANISER))


@pytest.fixture
def oak(store) -> Client:
    """Whoever speaks for Oak Valley."""
    return client_of(account("amel", Role.MANAGER, "ma-oak"))


def four() -> tuple[Participation, ...]:
    """Oak and Elm of the south, Mill and Loom of the north."""
    return (
        registered(EVENT, "Oak Valley", "south", entity="ma-oak", languages=["fr"], needs=["training"]),
        registered(EVENT, "Elm", "south", entity="dz-elm"),
        registered(EVENT, "Mill", "north", entity="org-mill", languages=["fr", "it"], offers=["training"]),
        registered(EVENT, "Loom", "north"),
    )


def text_of(answer: HttpResponse) -> str:
    return Page(answer.content.decode()).text


def version() -> int:
    return MatchEvent.objects.get(id=EVENT).version


def desk(part: str = "") -> str:
    return f"/en/events/{EVENT}/desk/{part}"


def seat(one: Participation, part: str = "") -> str:
    return f"/en/events/{EVENT}/seats/{one.pk}/{part}"


PROFILE = {
    "name": "Oak Valley", "entity": "ma-oak", "side": "south", "country": "MA", "languages": ["fr", "ar"],
    "offers": ["training"], "needs": ["marketing"], "text": "Acorns.", "text_language": "en", "always": "1",
}  # fmt: skip
TERMS = {
    "title": "Orchard days", "language": "fr", "zone": "Africa/Casablanca", "slot_minutes": "20",
    "tables": "2", "day_date": ["2097-03-19", ""], "day_from": ["09:00", ""], "day_until": ["10:20", ""],
    "break_date": [""], "break_from": [""], "break_until": [""], "pause_minutes": "", "most_wishes": "5",
    "side_1": "Nord", "side_2": "Sud", "acceptance": "opt_in", "scheduling": "organiser", "wishes_until": "",
}  # fmt: skip


# Who sees what


def every_page() -> list[str]:
    """Addresses of all pages of an event, of whoever they are."""
    meeting = Meeting.objects.filter(event_id=EVENT).first()
    one = Participation.objects.get(event_id=EVENT, name="Oak Valley")
    other = Participation.objects.get(event_id=EVENT, name="Mill")
    parts = (
        "",
        "terms/",
        "participants/",
        "participants/add/",
        "wishes/",
        "agenda/",
        "meetings/",
        "outcomes/",
    )
    found = ["/en/events/", f"/en/events/{EVENT}/", "/en/events/new_event/", f"/en/events/{EVENT}/register/"]
    found += [desk(part) for part in parts]
    found += [desk(f"meetings/{meeting.pk}/"), desk(f"meetings/{meeting.pk}/outcome/")]
    found += [seat(one, part) for part in ("", "sheet/", "profile/", "others/", "wishes/")]
    return [*found, seat(one, f"others/{other.pk}/"), seat(one, f"meetings/{meeting.pk}/")]


def a_published_event() -> tuple[Participation, ...]:
    opened()
    found = four()
    wished(found[0], found[2])
    published(EVENT)
    return found


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_page_is_well_formed_and_says_that_a_demonstration_is_one(organiser, language):
    a_published_event()
    FictionalData.objects.create(title="Nothing of this exists", made_at=DAWN, datasets=[])
    for address in every_page():
        answer = organiser.get(address.replace("/en/", f"/{language}/"))
        page = Page(answer.content.decode())
        assert (answer.status_code, page.faults) == (200, []), address
        assert len(page.ids) == len(set(page.ids)), address
        assert "Nothing of this exists" in page.text
        assert "IPEMED" not in page.text
        assert [part for part in ("Undefined", "None", "{{", "%(") if part in page.text] == [], address


def test_also_an_error_a_calendar_and_pages_of_the_atlas_say_that_all_is_invented(organiser):
    one, *_ = a_published_event()
    FictionalData.objects.create(title="Nothing of this exists", made_at=DAWN, datasets=[])
    for address in ("/en/events/none/", "/en/no-such-page/", "/en/clusters/", "/en/links/"):
        assert "Nothing of this exists" in text_of(Client().get(address))
    calendar = Client().get(f"/en/events/calendars/{one.feed_key}.ics").content.decode().replace("\r\n ", "")
    assert re.findall(r"X-WR-CALNAME:(.*)\r", calendar) == [
        "Orchard days · Oak Valley (Nothing of this exists)"
    ]
    assert re.findall(r"SUMMARY:(.*)\r", calendar) == ["Meeting: Mill (Nothing of this exists)"]


def test_a_census_bears_no_watermark():
    opened()
    assert "invented" not in text_of(Client().get("/en/events/"))


def test_strangers_see_the_list_and_the_event_and_are_led_to_sign_in_for_the_rest():
    a_published_event()
    for address in every_page():
        answer = Client().get(address)
        public = address in ("/en/events/", f"/en/events/{EVENT}/")
        assert answer.status_code == (200 if public else 302), address
        if not public:
            assert answer["Location"].startswith("/en/accounts/sign-in/?next=")


def test_a_draft_is_seen_by_its_organiser_alone(organiser, oak):
    create_event(EVENT, terms(grid=LATER), by=OPERATOR, at=DAWN)
    address = f"/en/events/{EVENT}/"
    assert organiser.get(address).status_code == 200
    assert "Orchard days" in text_of(organiser.get("/en/events/"))
    for client in (Client(), oak):
        assert client.get(address).status_code == 404
        assert "Orchard days" not in text_of(client.get("/en/events/"))
    assert oak.get(f"{address}register/").status_code == 404


def test_a_participant_reaches_neither_the_desk_nor_the_place_of_another(oak):
    one, elm, mill, loom = a_published_event()
    theirs = wished_between(elm, loom)
    other_meeting = Meeting.objects.create(event_id=EVENT, a=elm, b=loom, slot=slot(TEN), changed_at=DAWN)
    assert oak.get(seat(one)).status_code == 200
    for address in (desk(), desk("agenda/"), desk("participants/"), desk("outcomes/"), seat(mill), seat(elm)):
        assert oak.get(address).status_code == 403, address
    for address in (desk("state/"), desk("schedule/"), desk("participants/apart/"), seat(elm, "state/")):
        assert oak.post(address, {"state": "closed", "deed": "cancel"}).status_code == 403, address
    assert oak.get(seat(one, f"meetings/{other_meeting.pk}/")).status_code == 404
    assert oak.post(seat(one, f"wishes/{theirs}/"), {"deed": "withdraw"}).status_code == 403
    assert MatchEvent.objects.get(id=EVENT).state == "published"


def wished_between(one: Participation, other: Participation) -> int:
    return Wish.objects.create(event_id=EVENT, sender=one, receiver=other, rank=1, sent_at=DAWN).pk


def slot(code: str):
    return MatchEvent.objects.get(id=EVENT).slots.get(code=code)


def test_a_participant_of_another_event_is_refused(oak):
    one, *_ = a_published_event()
    create_event("other-days", terms(grid=LATER), by=OPERATOR, at=DAWN)
    guest = client_of(account("ines", Role.PARTICIPANT, "other-days"))
    assert guest.get(seat(one)).status_code == 403
    assert oak.get(f"/en/events/other-days/seats/{one.pk}/").status_code == 404


def test_an_organiser_of_one_event_does_not_change_participants_of_another():
    one, _, mill, _ = a_published_event()
    create_event("other-days", terms(grid=LATER), by=OPERATOR, at=DAWN)
    client = client_of(account("ines", Role.ORGANISER, "other-days"))
    assert client.get(desk()).status_code == 403
    answer = client.post(f"/en/events/other-days/desk/participants/{one.pk}/", {"deed": "cancel"})
    assert answer.status_code == 404
    answer = client.post("/en/events/other-days/desk/participants/apart/", {"one": one.pk, "other": mill.pk})
    assert answer.status_code == 404
    assert (Participation.objects.get(pk=one.pk).state, BlockedPair.objects.count()) == ("registered", 0)


# The desk


def test_an_event_is_created_and_then_its_terms_changed(organiser):
    answer = organiser.post("/en/events/new_event/", TERMS | {"event": EVENT})
    assert (answer.status_code, answer["Location"]) == (303, desk())
    row = MatchEvent.objects.get(id=EVENT)
    assert list(row.slots.values_list("code", flat=True)) == [NINE, TWENTY_PAST, TWENTY_TO, TEN]
    assert [side["label"] for side in row.sides] == ["Nord", "Sud"]
    changed = TERMS | {"seen": row.version, "break_from": ["09:20"], "break_until": ["09:40"], "tables": "3"}
    assert organiser.post(desk("terms/"), changed).status_code == 303
    row.refresh_from_db()
    assert row.tables == 3
    assert list(row.slots.values_list("code", flat=True)) == [NINE, TWENTY_TO, TEN]


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        (
            {"day_until": ["08:00"], "day_date": ["2097-03-19"], "day_from": ["09:00"]},
            422,
            "before it starts",
        ),
        ({"tables": "none"}, 400, "none"),
        ({"country": "Atlantis"}, 400, "Atlantis"),
        ({"zone": "Africa/Atlantis"}, 422, "Africa/Atlantis"),
        ({"day_from": ["nine"]}, 400, "HH:MM"),
        ({"event": "Not an id"}, 400, "Not an id"),
        ({"scheduling": "nobody"}, 400, "participants"),
        ({"wishes_until": "soon"}, 400, "soon"),
    ],
)
def test_impossible_terms_are_named_and_what_was_typed_stays(organiser, wrong, status, said):
    answer = organiser.post("/en/events/new_event/", TERMS | {"event": EVENT, "place": "Sfax"} | wrong)
    html = answer.content.decode()
    assert answer.status_code == status
    assert said in text_of(answer)
    assert 'role="alert"' in html
    assert 'value="Sfax"' in html
    assert MatchEvent.objects.count() == 0


def test_a_change_on_an_old_page_is_refused_with_what_was_done_meanwhile(organiser):
    opened()
    old = version()
    assert organiser.post(desk("state/"), {"state": "closed_for_wishes", "seen": old}).status_code == 303
    answer = organiser.post(desk("state/"), {"state": "closed", "seen": old})
    assert answer.status_code == 409
    assert "wishes closed" in text_of(answer)
    assert MatchEvent.objects.get(id=EVENT).state == "closed_for_wishes"


def test_somebody_is_registered_invited_and_added_late(organiser):
    opened()
    assert organiser.post(desk("participants/add/"), PROFILE | {"deed": "register"}).status_code == 303
    invited = PROFILE | {"entity": "", "name": "Loom", "address": "ines@example.org", "deed": "invite"}
    assert organiser.post(desk("participants/add/"), invited).status_code == 303
    scheduled(EVENT)
    late = PROFILE | {"entity": "dz-elm", "name": "Elm", "seen": version()}
    assert organiser.post(desk("participants/add/"), late).status_code == 303
    rows = Participation.objects.order_by("id").values_list("name", "state", "late")
    assert list(rows) == [
        ("Oak Valley", "registered", False),
        ("Loom", "invited", False),
        ("Elm", "registered", True),
    ]
    assert "ines@example.org" in text_of(organiser.get(desk("participants/")))


def test_a_refused_registration_keeps_what_was_typed(organiser):
    opened()
    answer = organiser.post(desk("participants/add/"), PROFILE | {"entity": "xx-nobody", "deed": "register"})
    assert answer.status_code == 404
    assert "xx-nobody" in text_of(answer)
    assert "Acorns." in text_of(answer)


def test_a_pair_is_kept_apart_and_released_again(organiser):
    opened()
    one, _, mill, _ = four()
    pair = {"one": one.pk, "other": mill.pk, "why": "they know each other"}
    assert organiser.post(desk("participants/apart/"), pair).status_code == 303
    assert "they know each other" in text_of(organiser.get(desk("participants/")))
    assert organiser.post(desk("participants/apart/"), pair | {"deed": "release"}).status_code == 303
    assert BlockedPair.objects.count() == 0
    assert organiser.post(desk("participants/apart/"), pair | {"other": one.pk}).status_code == 409


def test_a_participant_is_confirmed_given_a_table_reported_missing_and_cancelled(organiser):
    one, _, mill, loom = a_published_event()

    def do(who: Participation, **deed: object) -> int:
        return organiser.post(desk(f"participants/{who.pk}/"), deed).status_code

    assert do(one, deed="table", table="2") == 303
    assert do(one, deed="table", table="9") == 409
    assert do(one, deed="confirm") == 303
    assert do(mill, deed="no_show", seen=version()) == 303
    assert do(loom, deed="cancel") == 303
    assert do(loom, deed="dance") == 400
    states = dict(Participation.objects.values_list("name", "state"))
    assert states == {"Oak Valley": "confirmed", "Elm": "registered", "Mill": "no_show", "Loom": "cancelled"}
    assert Meeting.objects.get().why == "no_show"


def test_the_schedule_is_made_edited_by_hand_and_published(organiser):
    opened()
    one, elm, mill, loom = four()
    wished(one, mill)
    wished(one, loom)
    assert organiser.post(desk("schedule/"), {"seed": "1", "time_limit": "5"}).status_code == 409
    assert (
        organiser.post(desk("state/"), {"state": "closed_for_wishes", "seen": version()}).status_code == 303
    )
    assert organiser.post(desk("schedule/"), {"seed": "x"}).status_code == 400
    answer = organiser.post(desk("schedule/"), {"seed": "7", "time_limit": "5", "seen": version()})
    assert (answer.status_code, MatchEvent.objects.get(id=EVENT).runs.get().seed) == (303, 7)

    first = Meeting.objects.get(a__in=(one, mill), b__in=(one, mill))
    busy = Meeting.objects.get(a__in=(one, loom), b__in=(one, loom)).slot.code
    move = {"slot": busy, "table": "2", "seen": version(), "deed": "move"}
    answer = organiser.post(desk(f"meetings/{first.pk}/"), move)
    assert answer.status_code == 422
    assert "Oak Valley has two meetings at once" in text_of(answer)
    assert "Do it all the same" in text_of(answer)
    first.refresh_from_db()
    assert first.slot.code != busy

    assert organiser.post(desk(f"meetings/{first.pk}/"), move | {"force": "1"}).status_code == 303
    assert "Oak Valley has two meetings at once" in text_of(organiser.get(desk("agenda/")))
    answer = organiser.post(desk("state/"), {"state": "published", "from": "agenda", "seen": version()})
    assert answer.status_code == 422
    assert "cannot be published" in text_of(answer)

    assert (
        organiser.post(desk(f"meetings/{first.pk}/"), move | {"slot": TEN, "seen": version()}).status_code
        == 303
    )
    added = {"a": elm.pk, "b": loom.pk, "slot": TEN, "table": "1", "seen": version()}
    assert organiser.post(desk("meetings/"), added).status_code == 303
    answer = organiser.post(desk("state/"), {"state": "published", "from": "agenda", "seen": version()})
    assert (answer.status_code, answer["Location"]) == (303, desk("agenda/"))
    assert len(places(EVENT)) == 2 + 1


def test_what_changed_since_the_publication_is_shown_before_it_is_published_again(organiser):
    one, *_ = a_published_event()
    meeting = Meeting.objects.get()
    assert "Nothing changed" in text_of(organiser.get(desk("agenda/")))
    post = {"slot": TEN, "table": "1", "seen": version()}
    assert organiser.post(desk(f"meetings/{meeting.pk}/"), post).status_code == 303
    shown = text_of(organiser.get(desk("agenda/")))
    assert "moved" in shown
    assert "Publish the changes" in shown
    assert (
        organiser.post(desk(f"meetings/{meeting.pk}/"), {"deed": "cancel", "seen": version()}).status_code
        == 303
    )
    assert "taken off" in text_of(organiser.get(desk("agenda/")))
    assert "Cancelled by the organiser." in text_of(
        client_of(account("o", Role.MANAGER, "ma-oak")).get(seat(one))
    )


# The place of a participant


def test_a_cluster_registers_and_changes_its_profile(oak):
    opened()
    answer = oak.post(f"/en/events/{EVENT}/register/", PROFILE)
    one = Participation.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, seat(one))
    assert (one.entity, one.availability) == ("ma-oak", None)
    changed = {key: value for key, value in PROFILE.items() if key != "always"} | {
        "availability": [NINE, TEN]
    }
    assert oak.post(seat(one, "profile/"), changed | {"text": "More acorns."}).status_code == 303
    one.refresh_from_db()
    assert (one.profile, one.availability, one.entity) == ("More acorns.", [NINE, TEN], "ma-oak")
    answer = oak.post(seat(one, "profile/"), changed | {"side": "west", "text": "Kept text"})
    assert answer.status_code == 400
    assert "Kept text" in text_of(answer)


def test_profiles_of_the_other_side_are_browsed_with_what_they_have_in_common(oak):
    opened()
    one, _, mill, loom = four()
    shown = text_of(oak.get(seat(one, "others/")))
    assert shown.index("Mill") < shown.index("Loom")
    assert "Elm" not in shown
    assert "Loom" not in text_of(oak.get(seat(one, "others/") + "?offer=training"))
    assert "Nothing matches" in text_of(oak.get(seat(one, "others/") + "?q=nobody"))
    assert oak.get(seat(one, "others/") + "?offer=magic").status_code == 400
    assert oak.get(seat(one, f"others/{loom.pk}/")).status_code == 200
    assert "in common" in text_of(oak.get(seat(one, f"others/{mill.pk}/")))


def test_wishes_are_sent_answered_and_withdrawn(oak, organiser):
    opened()
    one, elm, mill, _ = four()
    wish = {"rank": "1", "reason": "Your looms.", "language": "en"}
    assert oak.post(seat(one, f"others/{mill.pk}/"), wish).status_code == 303
    sent = Wish.objects.get()
    assert (sent.rank, sent.reason) == (1, "Your looms.")
    answer = oak.post(seat(one, f"others/{mill.pk}/"), wish | {"rank": "0", "reason": "Kept reason"})
    assert answer.status_code == 400
    assert "Kept reason" in text_of(answer)
    assert oak.post(seat(one, f"others/{elm.pk}/"), wish).status_code == 404

    assert "Your looms." in text_of(organiser.get(seat(mill, "wishes/")))
    deed = seat(mill, f"wishes/{sent.pk}/")
    assert organiser.post(deed, {"deed": "accept", "answer": "Gladly"}).status_code == 303
    assert "Gladly" in text_of(oak.get(seat(one, "wishes/")))
    assert organiser.post(deed, {"deed": "decline"}).status_code == 303
    assert oak.post(seat(one, f"wishes/{sent.pk}/"), {"deed": "withdraw"}).status_code == 303
    answer = oak.post(seat(one, f"wishes/{sent.pk}/"), {"deed": "withdraw"})
    assert (answer.status_code, Wish.objects.get().state) == (409, "withdrawn")
    assert oak.post(seat(one, f"wishes/{sent.pk}/"), {"deed": "dance"}).status_code == 400


def test_where_participants_schedule_they_choose_among_free_slots(oak):
    from grappe.network.matchmaking import Scheduling

    opened(scheduling=Scheduling.PARTICIPANTS)
    one, _, mill, _ = four()
    wish = wished(one, mill)
    assert "Choose this slot" in text_of(oak.get(seat(one, "wishes/")))
    assert oak.post(seat(one, f"wishes/{wish}/"), {"deed": "slot", "slot": TEN}).status_code == 303
    assert places(EVENT)["Mill", "Oak Valley"][0] == TEN
    answer = oak.post(seat(one, f"wishes/{wish}/"), {"deed": "slot", "slot": "20970319-2200"})
    assert answer.status_code == 409
    assert "is not free for both" in text_of(answer)
    assert "not yet published" in text_of(oak.get(seat(one)))


def test_the_agenda_is_seen_printed_and_followed_by_a_calendar(oak):
    one, *_ = a_published_event()
    shown = oak.get(seat(one)).content.decode()
    assert "Mill" in text_of(oak.get(seat(one)))
    assert "Mill" in text_of(oak.get(seat(one, "sheet/")))
    address = re.search(r"http://testserver(/en/events/calendars/[^\"]+\.ics)", shown)
    assert address is not None
    answer = Client().get(address[1])
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in answer.content
    assert Client().get("/en/events/calendars/guessed.ics").status_code == 404
    cancel_meeting(Meeting.objects.get().pk, by=OPERATOR, at=DAWN)
    assert b"STATUS:CANCELLED" in Client().get(address[1]).content


def test_whoever_cancels_takes_their_meetings_off(oak):
    one, *_ = a_published_event()
    assert oak.post(seat(one, "state/"), {"deed": "confirm"}).status_code == 303
    assert oak.post(seat(one, "state/"), {"deed": "dance"}).status_code == 400
    assert oak.post(seat(one, "state/"), {"deed": "cancel"}).status_code == 303
    assert Meeting.objects.get().state == "cancelled"
    assert "A participant cancelled." in text_of(oak.get(seat(one)))
    assert oak.post(seat(one, "state/"), {"deed": "cancel"}).status_code == 409


def test_no_link_leads_to_whoever_is_gone(oak, organiser):
    one, _, mill, _ = a_published_event()
    gone = seat(one, f"others/{mill.pk}/")
    assert gone in oak.get(seat(one)).content.decode()
    assert organiser.post(desk(f"participants/{mill.pk}/"), {"deed": "cancel"}).status_code == 303
    for page in (seat(one), seat(one, "wishes/")):
        shown = oak.get(page).content.decode()
        assert "Mill" in shown
        assert gone not in shown
    assert oak.get(gone).status_code == 404


# Outcomes


def test_an_outcome_told_by_a_participant_is_published_as_a_link_with_its_source(oak, organiser):
    opened(grid=PAST)
    one, _, mill, loom = four()
    wished(one, mill)
    wished(one, loom)
    published(EVENT)
    meetings = {row.b.name if row.a_id == one.pk else row.a.name: row.pk for row in Meeting.objects.all()}
    told = {"horizon": "0", "kind": "agreement", "note": "Signed.", "language": "en"}
    answer = oak.post(seat(one, f"meetings/{meetings['Mill']}/"), told)
    assert answer.status_code == 409
    assert "Signed." in text_of(answer)
    assert oak.post(seat(one, f"meetings/{meetings['Mill']}/report/"), {"deed": "held"}).status_code == 303
    assert oak.post(seat(one, f"meetings/{meetings['Mill']}/"), told).status_code == 303
    assert oak.post(seat(one, f"meetings/{meetings['Mill']}/"), told | {"horizon": "7"}).status_code == 400
    assert oak.post(seat(one, f"meetings/{meetings['Mill']}/"), told | {"kind": "magic"}).status_code == 400
    hold_event(EVENT, by=OPERATOR, at=DAWN)
    assert organiser.post(desk(f"meetings/{meetings['Loom']}/outcome/"), told).status_code == 303

    outcome = MeetingOutcome.objects.get(teller=one)
    answer = organiser.post(desk(f"outcomes/{outcome.pk}/publish/"))
    assert (answer.status_code, answer["Location"]) == (303, f"{desk('outcomes/')}#o-{outcome.pk}")
    outcome.refresh_from_db()
    overview = Page(organiser.get(desk("outcomes/")).content.decode())
    assert f"/en/links/?cluster=ma-oak#{outcome.link}" in overview.links
    links = Page(Client().get("/en/links/?cluster=ma-oak").content.decode())
    source = f"/en/sources/{EVENT}-outcome-{outcome.pk}/"
    assert outcome.link in links.ids
    assert source in links.links
    assert "Oak Valley" in text_of(Client().get(source))

    not_in_census = MeetingOutcome.objects.get(teller=None)
    assert organiser.post(desk(f"outcomes/{not_in_census.pk}/publish/")).status_code == 409
    assert organiser.post(desk("outcomes/999/publish/")).status_code == 404
