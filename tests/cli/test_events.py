"""The commands of matchmaking events, and the demonstration."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection

from grappe.actions.load_dataset import load_dataset
from grappe.actions.make_demo_event import make_demo_event
from grappe.census.census import find_dataset
from grappe.cli.events import demo, events, store_in_folder
from grappe.domain.errors import Refused, UnknownThing
from grappe.network.made_up_event import made_up_clusters, made_up_wishes
from grappe.queries.fiction import watermark
from grappe.queries.lists import list_links
from grappe.queries.moment import moment
from grappe.store.models import AuditEvent, MatchEvent, Participation
from tests.actions.conftest import store
from tests.actions.gatherings import OPERATOR, opened
from tests.actions.stored import store_in, tables_alone

__all__ = ["store"]

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)


def said(command, *arguments):
    """What a command prints, and nothing else; an error is raised as it is."""
    done = CliRunner().invoke(command, arguments, obj="en", catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory, django_db_blocker):
    """A file with the demonstration, made once; read it only."""
    folder = tmp_path_factory.mktemp("demonstration")
    path = folder / "grappe.sqlite3"
    with django_db_blocker.unblock():
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), path)
        with store_in(path):
            make_demo_event(folder, by=OPERATOR, at=NOW)
    return path


@pytest.fixture
def fiction(demonstration, django_db_blocker):
    """The demonstration in use."""
    with django_db_blocker.unblock(), store_in(demonstration):
        yield demonstration


def test_events_are_listed_as_a_table_and_as_json(store):
    opened()
    assert said(events, "list").split("\n")[1].split("\t")[:2] == ["orchard-days", "Orchard days"]
    (row,) = json.loads(said(events, "list", "--json"))
    assert (row["id"], row["state"], row["participants"]) == ("orchard-days", "open", 0)


def test_an_event_is_shown_with_agenda_and_statistics(store):
    opened()
    shown = json.loads(said(events, "show", "orchard-days", "--json", "--on", "2027-03-17"))
    assert set(shown) == {"event", "agenda", "outcomes", "statistics"}
    assert said(events, "show", "orchard-days").startswith("id\ttitle")


def test_an_event_that_does_not_exist_is_no_traceback(store):
    with pytest.raises(UnknownThing):
        said(events, "show", "no-days")


def test_the_demonstration_has_a_past_event_with_links_and_one_open_for_wishes(fiction):
    past, coming = (MatchEvent.objects.get(id=f"fiction-days-{n}") for n in (1, 2))
    assert (past.state, coming.state) == ("held", "open")
    assert coming.participations.count() == 20 + 20
    assert past.meetings.filter(state="held").count() > 100
    links = list_links(moment())
    assert links
    assert {link["kind"] for link in links} <= {"convention", "partnership"}
    assert {link["level"] for link in links} == {"euromed"}
    assert {link["via"][0]["id"] for link in links} == {"fiction-days-1"}


def test_everything_in_the_demonstration_says_that_it_is_invented(fiction):
    assert "Demonstration" in watermark()
    assert all("fictif" in name for name in Participation.objects.values_list("name", flat=True))


def test_meetings_of_the_demonstration_are_held_on_a_tuesday_and_the_day_after(fiction):
    days = {slot.start.strftime("%A") for slot in MatchEvent.objects.get(id="fiction-days-1").slots.all()}
    assert days == {"Tuesday", "Wednesday"}


def test_a_demonstration_takes_no_census(fiction):
    with pytest.raises(Refused, match="fictional_store"):
        load_dataset(find_dataset("maghreb-2019"), by=OPERATOR, at=NOW)


def test_a_census_takes_no_demonstration(census):
    before = AuditEvent.objects.count()
    with pytest.raises(Refused, match="census_store"):
        make_demo_event(census.parent, by=OPERATOR, at=NOW)
    assert AuditEvent.objects.count() == before
    assert watermark() is None


def test_making_it_again_changes_nothing(fiction):
    before = AuditEvent.objects.count()
    assert not make_demo_event(fiction.parent, by=OPERATOR, at=NOW).made
    assert AuditEvent.objects.count() == before


def test_the_command_fills_a_folder_of_its_own_and_says_how_to_serve_it(tmp_path, store):
    told = json.loads(said(demo, "event", "--data", str(tmp_path / "fair"), "--json"))
    assert told["serve"] == f"GRAPPE_DATA={tmp_path / 'fair'} grappe serve"
    assert (told["participants"], len(told["accounts"])) == (40, 3)
    assert (tmp_path / "fair" / "grappe.sqlite3").is_file()
    # The database in use before is in use again, and as empty as it was.
    assert not MatchEvent.objects.exists()
    words = said(demo, "event", "--data", str(tmp_path / "fair"))
    assert "its passwords are not shown again" in words


def test_the_folder_of_the_demonstration_lies_in_the_data_folder(settings, tmp_path, store):
    settings.DATA = tmp_path
    before = connection.settings_dict["NAME"]
    with store_in_folder(None) as folder:
        assert folder == tmp_path / "demo-event"
        assert connection.settings_dict["NAME"] == folder / "grappe.sqlite3"
    assert (settings.DATA, connection.settings_dict["NAME"]) == (tmp_path, before)


def test_the_same_seed_invents_the_same_event():
    import random

    def made(seed: int):
        rng = random.Random(seed)
        people = made_up_clusters(3, [f"tag{n}" for n in range(9)], rng)
        return people, made_up_wishes(people, 2, rng)

    assert made(1) == made(1)
    assert made(1) != made(2)


def test_invented_wishes_go_to_the_other_side_and_never_twice_to_one():
    import random

    rng = random.Random(0)
    people = made_up_clusters(5, [f"tag{n}" for n in range(9)], rng)
    wishes = made_up_wishes(people, 4, rng)
    assert len(wishes) == 2 * 5 * 4
    assert all(people[one.sender].side != people[one.receiver].side for one in wishes)
    assert len({(one.sender, one.receiver) for one in wishes}) == len(wishes)


def test_more_clusters_than_invented_towns_are_refused():
    import random

    with pytest.raises(ValueError, match="at most 36"):
        made_up_clusters(37, [f"tag{n}" for n in range(9)], random.Random(0))
