"""What changed between two editions: a tiny world by hand, a slow obvious comparison, and the laws of it."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.worlds import BOOK, MARCH, WEB, facts, said

from grappe.census.asked import Asked
from grappe.census.census import open_census
from grappe.census.edition_changes import Outcome, Unplaced, birth_of, compare_editions, standing_of
from grappe.census.editions import edition, edition_names, newest_source
from grappe.census.life_events import During, EventKind
from grappe.domain.dates import PartialDate, partial_date
from grappe.domain.errors import BadChoice

THEN, NOW = edition("2014", MARCH), edition("2019", MARCH)
EARLIER = {"as_of": "2014"}


def world():
    return facts(
        ("cluster-old", "name", "Old"),
        ("cluster-old", "created", "2010"),
        ("cluster-old", "state", "constituted"),
        ("cluster-new", "name", "New"),
        ("cluster-new", "created", "2016"),
        ("cluster-new", "state", "constituted"),
        ("cluster-hoped", "name", "Hoped"),
        ("cluster-hoped", "state", "expected", 500, EARLIER),
        ("cluster-hoped", "state", "constituted", 3),
        ("cluster-dream", "name", "Dream"),
        ("cluster-dream", "life", "planned", 500, EARLIER),
        ("cluster-dream", "life", "planned", 501),
        ("cluster-gone", "name", "Gone"),
        ("cluster-gone", "life", "merged"),
        ("cluster-gone", "merged_into", "cluster-old"),
        ("cluster-mute", "name", "Mute"),
        ("cluster-mute", "state", "constituted"),
        ("cluster-rugs", "name", "Rugs"),
        ("cluster-rugs", "craft", "rugs"),
    )


def changes(diff):
    return {(str(c.event.kind), c.event.entity, str(c.when)) for c in diff.changes}


def test_a_tiny_world_by_hand():
    diff = compare_editions(world(), THEN, NOW)
    assert changes(diff) == {
        ("born", "cluster-new", "certain"),
        ("constituted", "cluster-new", "certain"),
        ("constituted", "cluster-hoped", "certain"),
        ("merged", "cluster-gone", "possible"),
    }
    assert diff.flows == Counter(
        {
            ("existing", "constituted"): 1,  # old
            ("not_yet", "constituted"): 1,  # new
            ("expected", "constituted"): 1,  # hoped
            ("planned", "planned"): 1,  # dream
            ("unknown", "merged"): 1,  # gone
            ("unknown", "constituted"): 1,  # mute
        }
    )
    assert diff.undated == ("cluster-gone", "cluster-mute")
    assert diff.left_out == 1  # rugs


def test_what_was_foreseen_came_true_or_is_still_foreseen():
    found = {one.cluster: one.outcome for one in compare_editions(world(), THEN, NOW).foreseen}
    assert found == {"cluster-hoped": Outcome.CAME_TRUE, "cluster-dream": Outcome.STILL_FORESEEN}


def test_what_nothing_later_speaks_of_is_told_so():
    known = facts(("cluster-a", "name", "A"), ("cluster-a", "state", "expected", 500, EARLIER))
    [one] = compare_editions(known, THEN, NOW).foreseen
    assert one.outcome is Outcome.NOT_TOLD


def test_a_value_told_of_an_older_day_may_have_changed_before_the_edition():
    known = facts(
        ("cluster-a", "legal_form", "economic_interest_group", 500, {"as_of": "2008"}),
        ("cluster-a", "legal_form", "association", 501),
    )
    [change] = compare_editions(known, THEN, NOW).changes
    assert (change.event.kind, change.when) == (EventKind.LEGAL_FORM, During.POSSIBLE)
    assert change.event.earliest == date(2008, 1, 1)


def test_a_cluster_that_was_told_elsewhere_has_moved():
    known = facts(
        ("pl-c", "name", "C"), ("pl-d", "name", "D"),
        ("cluster-a", "place", "pl-c", 500, EARLIER), ("cluster-a", "place", "pl-d", 501),
    )  # fmt: skip
    [change] = compare_editions(known, THEN, NOW).changes
    assert (change.event.kind, change.event.before, change.event.after) == (
        EventKind.MOVED,
        ("pl-c",),
        ("pl-d",),
    )


def test_the_same_name_in_other_letters_is_no_new_name():
    known = facts(("cluster-a", "name", "Élan", 500, EARLIER), ("cluster-a", "name", "elan", 501))
    assert compare_editions(known, THEN, NOW).changes == ()


def test_a_rule_of_an_instrument_that_changed():
    known = facts(
        ("instrument-x", "figure", 13, 500, {"of": "indicators", "unit": "count", **EARLIER}),
        ("instrument-x", "figure", 4, 501, {"of": "indicators", "unit": "count"}),
    )
    [change] = compare_editions(known, THEN, NOW).changes
    assert (change.event.kind, change.event.before, change.event.after) == (EventKind.RULE, 13, 4)


STATES = st.sampled_from(("expected", "emerging", "constituted"))
DAYS = st.sampled_from(("2008", "2012-05", "2014", "2016", "2018-07", "2019-03"))


@st.composite
def worlds(draw):
    rows = []
    for n in range(draw(st.integers(1, 6))):
        one = f"cluster-{n}"
        rows.append(said(one, "name", f"Name {n}", 500))
        for line in range(draw(st.integers(0, 3))):
            rows.append(said(one, "state", draw(STATES), 510 + line, as_of=draw(DAYS)))
        for line in range(draw(st.integers(0, 2))):
            rows.append(said(one, "created", draw(DAYS), 520 + line))
        if draw(st.booleans()):
            rows.append(
                said(one, "life", draw(st.sampled_from(("active", "planned", "merged", "dissolved"))), 530)
            )
    for n in range(draw(st.integers(0, 4))):
        link = f"link-{n}"
        rows += [said(link, "from", "cluster-0", 600 + n), said(link, "to", "organisation-x", 600 + n)]
        rows.append(said(link, "kind", draw(st.sampled_from(("partnership", "event"))), 600 + n))
        if draw(st.booleans()):
            rows.append(said(link, draw(st.sampled_from(("start", "end"))), draw(DAYS), 610 + n))
    from tests.worlds import facts_from

    return facts_from(rows)


EDITIONS = st.sampled_from(("2014", "2019", "2012", "2016-06", "2018"))


def born_between_slowly(known, early: PartialDate, late: PartialDate):
    """Births between two days by looking at every day that a cluster can have been created on."""
    found = {}
    for cluster in known.by_entity:
        days: set[date] = set()
        told = [s for s in known.statements(cluster, "created") if partial_date(s.as_of).first < late.end]
        for statement in told:
            day = partial_date(str(statement.value))
            end = min(day.end, partial_date(statement.as_of).end)
            days |= {date.fromordinal(n) for n in range(day.first.toordinal(), end.toordinal())}
        if len({s.value for s in told}) > 1:
            days = {date.fromordinal(n) for n in range(min(days).toordinal(), max(days).toordinal() + 1)}
        between = {day for day in days if early.end <= day < late.end}
        if between:
            found[cluster] = During.CERTAIN if between == days else During.POSSIBLE
    return found


@settings(max_examples=60, deadline=None)
@given(worlds(), EDITIONS, EDITIONS)
def test_births_are_those_of_a_slow_look_at_every_day(known, one, other):
    early, late = sorted((edition(one, MARCH), edition(other, MARCH)), key=lambda e: e.day.end)
    # Two years that meet share days, and then the slow look knows less than the dates that agree.
    if any(len({s.value for s in known.statements(c, "created")}) > 1 for c in known.by_entity):
        return
    diff = compare_editions(known, early, late)
    fast = {c.event.entity: c.when for c in diff.changes if c.event.kind is EventKind.BORN}
    assert fast == born_between_slowly(known, early.day, late.day)


@settings(max_examples=60, deadline=None)
@given(worlds(), EDITIONS)
def test_nothing_changed_between_an_edition_and_itself(known, name):
    one = edition(name, MARCH)
    diff = compare_editions(known, one, one)
    assert diff.changes == ()
    assert all(then == now for then, now in diff.flows)


@settings(max_examples=60, deadline=None)
@given(worlds(), EDITIONS, EDITIONS)
def test_read_backwards_values_and_flows_are_mirrored_and_events_stay(known, one, other):
    early, late = sorted((edition(one, MARCH), edition(other, MARCH)), key=lambda e: e.day.end)
    forth, back = compare_editions(known, early, late), compare_editions(known, late, early)
    if early.day.end == late.day.end:
        return
    assert back.backwards
    assert back.flows == Counter({(now, then): n for (then, now), n in forth.flows.items()})
    mirror = {
        EventKind.PARTNER_GAINED: EventKind.PARTNER_LOST, EventKind.PARTNER_LOST: EventKind.PARTNER_GAINED,
        EventKind.LINK_BEGAN: EventKind.LINK_ENDED, EventKind.LINK_ENDED: EventKind.LINK_BEGAN,
    }  # fmt: skip
    assert Counter(
        (mirror.get(c.event.kind, c.event.kind), c.event.entity, c.event.after, c.event.before)
        for c in forth.changes
    ) == Counter((c.event.kind, c.event.entity, c.event.before, c.event.after) for c in back.changes)


def test_where_a_cluster_stands_when_nobody_tells_its_state():
    known = Asked(
        facts(
            ("cluster-a", "created", "2016"),
            ("cluster-b", "name", "B"),
            ("cluster-c", "life", "active", 500, EARLIER),
        )
    )
    birth = birth_of(known, "cluster-a", MARCH)
    assert standing_of(known, "cluster-a", PartialDate("2014-06"), birth) == Unplaced.NOT_YET
    assert standing_of(known, "cluster-a", PartialDate("2016-06"), birth) == Unplaced.UNKNOWN
    assert standing_of(known, "cluster-a", PartialDate("2018"), birth) == Unplaced.EXISTING
    assert standing_of(known, "cluster-b", MARCH, None) == Unplaced.UNKNOWN
    assert standing_of(known, "cluster-c", PartialDate("2014-06"), None) == Unplaced.EXISTING


def test_a_name_wins_over_a_date_and_any_date_is_an_edition():
    assert edition("2014", MARCH).day.text == "2014-06"
    assert edition("2015", MARCH).day.text == "2015"
    assert edition("today", MARCH).day == MARCH
    assert [edition(name, MARCH).held for name in edition_names()] == [False, True, True]


def test_what_is_neither_a_name_nor_a_date_is_refused():
    with pytest.raises(BadChoice, match="edition"):
        edition("yesterday", MARCH)


def test_the_newest_source_is_no_note_of_the_editors():
    rows = [said("cluster-a", "name", "A"), said("cluster-a", "state", "expected", source="web")]
    assert newest_source(rows, {"book": BOOK, "web": WEB}) in (BOOK, WEB)
    assert newest_source([], {"book": BOOK}) is None


@pytest.fixture(scope="module")
def shipped():
    return open_census()


def test_the_passages_of_an_edition_cite_entities_that_exist(shipped):
    for name in edition_names():
        for passage in edition(name, shipped.on).passages:
            assert set(passage.entities) <= shipped.facts.entities.keys()
            assert passage.source in shipped.dataset.card.sources


def test_the_study_tells_eighteen_births_since_2014_three_of_them_perhaps_before(shipped):
    diff = compare_editions(shipped.facts, edition("2014", shipped.on), edition("2019", shipped.on))
    born = {c.event.entity: str(c.when) for c in diff.changes if c.event.kind is EventKind.BORN}
    assert len(born) == 18
    # Created in 2014, the year of the earlier study: before or after it, nobody tells.
    assert {one for one, when in born.items() if when == "possible"} == {"ma-cise", "ma-mdc", "ma-solaire"}


def test_the_study_tells_two_mergers_and_a_dissolution_without_a_day(shipped):
    diff = compare_editions(shipped.facts, edition("2014", shipped.on), edition("2019", shipped.on))
    ends = {
        (c.event.entity, c.event.other, str(c.when))
        for c in diff.changes
        if c.event.kind in (EventKind.MERGED, EventKind.DISSOLVED)
    }
    assert ends == {
        ("ma-mmc", "ma-ce3m", "possible"),
        ("ma-oceanopole-tan-tan", "ma-ahp", "possible"),
        ("tn-developpement-durable", None, "possible"),
    }


def test_what_the_study_of_2014_foresaw_and_what_became_of_it(shipped):
    diff = compare_editions(shipped.facts, edition("2014", shipped.on), edition("2019", shipped.on))
    assert {one.cluster: str(one.outcome) for one in diff.foreseen} == {
        "ma-aerospace": "came_true",
        "dz-mecanique-constantine": "still_foreseen",
        "dz-automobile-oran": "still_foreseen",
        "dz-chimie-oran": "still_foreseen",
        "dz-lait-bouira": "still_foreseen",  # launched in 2012
    }
