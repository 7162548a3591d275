import pytest
from tests.worlds import MARCH, facts

from grappe.census.links import PARTNERSHIP_KINDS, REAL, country_of, link_of, links, side
from grappe.domain.dates import PartialDate
from grappe.domain.vocabulary import vocabulary

CLUSTER = ("cluster-a", "country", "MA")
FRENCH = ("organisation-b", "country", "FR")


def link(*more: tuple, kind: str = "partnership", name: str = "link-1"):
    rows = [
        (name, "kind", kind, 12),
        (name, "from", "cluster-a", 12),
        (name, "to", "organisation-b", 12),
        *((name, field, value, 12) for field, value in more),
    ]
    return facts(CLUSTER, FRENCH, *rows)


def only(world):
    (found,) = links(world, MARCH)
    return found


def test_the_level_printed_and_the_level_computed_stand_side_by_side():
    found = only(link(("level", "extra_regional")))
    assert (found.level_printed, found.level) == ("extra_regional", "euromed")


def test_a_link_to_an_unknown_country_has_no_computed_level():
    world = facts(
        CLUSTER,
        ("link-1", "kind", "partnership"),
        ("link-1", "from", "cluster-a"),
        ("link-1", "to", "organisation-x"),
    )
    assert only(world).level is None


def test_an_entity_of_two_countries_has_none():
    assert country_of(facts(CLUSTER, ("cluster-a", "country", "TN", 501)), "cluster-a", MARCH) is None
    assert country_of(facts(CLUSTER, ("cluster-a", "country", "MA", 501)), "cluster-a", MARCH) == "MA"


COUNTS = {
    "partnership": True, "convention": True, "coproduction": True, "membership": True, "support": True,
    "merger": True, "twinning": True, "mentoring": True,
    "listing": False, "event": False, "hosting": False, "initiative": False, "ownership": False,
}  # fmt: skip


@pytest.mark.parametrize(("kind", "counts"), COUNTS.items())
def test_a_listing_or_a_fair_is_no_partnership_and_hosting_no_cooperation(kind: str, counts: bool):
    assert only(link(kind=kind)).counts is counts


def test_of_every_kind_of_link_it_is_known_whether_it_counts():
    assert set(COUNTS) == set(vocabulary("link_kind"))


def test_every_kind_that_counts_is_a_kind_of_link():
    assert vocabulary("link_kind").keys() >= PARTNERSHIP_KINDS
    assert {status for status in REAL if status} <= vocabulary("status").keys()


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        (None, True),
        ("active", True),
        ("done", True),
        ("ended", True),
        ("planned", False),
        ("sought", False),
        ("announced", False),
    ],
)
def test_a_partner_planned_or_sought_is_no_partner(status: str | None, counts: bool):
    more = [("status", status)] if status else []
    assert only(link(*more)).counts is counts


def test_a_link_is_found_from_both_of_its_ends():
    world = link()
    assert [x.id for x in links(world, MARCH, "cluster-a")] == ["link-1"]
    assert [x.id for x in links(world, MARCH, "organisation-b")] == ["link-1"]
    assert links(world, MARCH, "cluster-z") == []
    assert (only(world).other_end("cluster-a"), only(world).other_end("organisation-b")) == (
        "organisation-b",
        "cluster-a",
    )


def test_a_link_between_an_entity_and_itself_is_listed_once():
    world = facts(
        CLUSTER,
        ("link-1", "kind", "partnership"),
        ("link-1", "from", "cluster-a"),
        ("link-1", "to", "cluster-a"),
    )
    assert len(links(world, MARCH, "cluster-a")) == 1


def test_there_is_no_link_before_the_day_it_is_spoken_of():
    assert links(link(), PartialDate("2018")) == []


def test_half_a_link_is_no_link():
    assert (
        link_of(facts(("link-1", "kind", "partnership"), ("link-1", "from", "cluster-a")), "link-1", MARCH)
        is None
    )


def test_a_link_cites_each_of_its_lines_once():
    world = facts(
        CLUSTER,
        ("link-1", "kind", "partnership", 12),
        ("link-1", "from", "cluster-a", 12),
        ("link-1", "to", "organisation-b", 12),
        ("link-1", "start", "2018", 500),
    )
    assert [s.lines for s in only(world).cites] == [(12,), (500,)]


def test_links_come_in_the_order_of_their_ids():
    rows = [
        (n, f, v)
        for n in ("link-2", "link-10", "link-1")
        for f, v in (("kind", "support"), ("from", "cluster-a"), ("to", "organisation-b"))
    ]
    assert [x.id for x in links(facts(CLUSTER, *rows), MARCH)] == ["link-1", "link-10", "link-2"]


def test_what_a_link_says_of_itself_is_reconciled():
    found = only(
        link(
            ("status", "active"),
            ("stage", "agreement"),
            ("start", "2016"),
            ("end", "2018"),
            ("via", "programme-p"),
        )
    )
    assert (found.status, found.stage, found.start, found.end, found.via) == (
        "active",
        "agreement",
        "2016",
        "2018",
        ("programme-p",),
    )


@pytest.mark.parametrize(
    ("country", "where"),
    [
        ("FR", "north"),
        ("GB", "north"),
        ("TN", "south"),
        ("SN", "south"),
        ("EG", "south"),
        ("CA", None),
        (None, None),
    ],
)
def test_the_side_of_a_country(country: str | None, where: str | None):
    assert side(country, MARCH) == where


def test_the_side_of_a_country_is_read_at_the_day_asked():
    assert (side("GB", PartialDate("2019-12")), side("GB", PartialDate("2021"))) == ("north", None)
