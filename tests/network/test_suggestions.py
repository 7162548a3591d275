"""Suggestions in tiny worlds: what each part brings, that parts add up, and what speaks against."""

from datetime import date
from decimal import Decimal
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import vocabulary
from grappe.network.offers_needs import answers, offers_meet_needs
from grappe.network.suggestion_activities import (
    Activity,
    activity_codes,
    default_supplies,
    read_input_output,
)
from grappe.network.suggestion_against import CODES, against
from grappe.network.suggestion_grounds import grounds
from grappe.network.suggestion_parts import PARTS, _nearest
from grappe.network.suggestion_profile import Actor, Count, KnownLink, Profile, Said, field_of, with_links
from grappe.network.suggestion_score import (
    question,
    suggest,
    suggest_for_programme,
    suggest_pairs,
    total,
)
from grappe.network.suggestion_weights import default_weights, read_weights, shipped

MARCH = date(2019, 3, 1)
ACTORS = {
    "rain": Actor("programme"),
    "league": Actor("organisation", "cluster_network"),
    "fair": Actor("event"),
    "park": Actor("form"),
    "mill": Actor("organisation", "company"),
    "board": Actor("organisation", "platform"),
}


def link(text, kind="partnership", status="active", via=(), counts=True):
    """A link written ``source-target``; its id is the text."""
    source, target = text.split("-")
    return KnownLink(text, source, target, kind, counts, status, tuple(via))


def said(*values):
    return tuple(Said(value, (f"s-{value}",)) for value in values)


def cluster(name, country="MA", niches="", **more):
    return Profile(
        name, country=Said(country, (f"{name}-country",)), niches=said(*niches.split()), **more
    )  # fmt: skip


def world(*profiles, links=()):
    return field_of(with_links(one, links, ACTORS) for one in profiles)


def parts(field, asker="a", other="b", **more):
    """Points of a suggestion by part; nothing if it is not suggested."""
    found = {one.other: one for one in suggest(asker, field, question(MARCH, **more))}
    return {part.code: part.points for part in found[other].parts} if other in found else None


def test_one_shared_niche_brings_half_the_weight_and_two_three_quarters():
    field = world(cluster("a", niches="dates seafood"), cluster("b", niches="dates"))
    assert parts(field)["niche"] == Decimal("22") * Decimal("0.5")
    field = world(cluster("a", niches="dates seafood"), cluster("b", niches="seafood dates"))
    assert parts(field)["niche"] == Decimal("22") * Decimal("0.75")


def test_activities_of_one_group_are_adjacent():
    # Home textiles (1392) and technical textiles (1399) share the group 139: 0.3 of 22.
    field = world(cluster("a", niches="home_textiles"), cluster("b", niches="technical_textiles"))
    assert parts(field)["niche"] == Decimal("6.60")


def test_who_makes_what_the_other_works_with_is_complementary():
    field = world(cluster("a", niches="olive_growing"), cluster("b", niches="olive_oil"))
    assert parts(field)["value_chain"] == Decimal("10")


def test_who_has_both_is_no_customer():
    field = world(cluster("a", niches="olive_growing"), cluster("b", niches="olive_oil olive_growing"))
    assert "value_chain" not in parts(field)


def test_an_input_output_table_takes_the_place_of_the_list():
    # Leather (15) buys 5 % of its inputs from farms (01): half of what counts in full, so 0.5 of 10.
    table = read_input_output("from,to,share\n01,15,0.05\n")
    a, b = cluster("a", niches="agriculture"), cluster("b", industries=said("leather_goods"))
    assert parts(world(a, b), supplies=table)["value_chain"] == Decimal("5")
    olives = world(cluster("a", niches="olive_growing"), cluster("b", niches="olive_oil"))
    assert "value_chain" not in parts(olives, supplies=table)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "from,to,share\nx,10,1\n", "from,to,share\n01,10,2\n"])
def test_a_table_that_is_none_is_refused(text):
    with pytest.raises(BadChoice):
        read_input_output(text)


def test_a_common_partner_of_these_two_alone_brings_the_whole_weight():
    field = world(cluster("a"), cluster("b"), links=[link("a-mill"), link("mill-b")])
    assert parts(field)["common_partner"] == Decimal("10")


def test_a_common_partner_of_four_brings_half_as_it_says_less():
    links = [link(f"{one}-mill") for one in "abcd"]
    field = world(*(cluster(one) for one in "abcd"), links=links)
    # ln 2 / ln 4 = 0.5
    assert parts(field)["common_partner"] == Decimal("5")


def test_the_partner_of_a_cluster_of_the_niche_is_worth_a_word():
    # c has the niche of a and works with b; a does not know c.
    field = world(
        cluster("a", niches="dates"), cluster("b"), cluster("c", niches="dates"), links=[link("b-c")]
    )
    assert parts(field)["peer_partner"] == Decimal("4")
    assert "common_partner" not in parts(field)


def test_a_programme_and_a_network_that_have_both_count():
    links = [link("rain-a", "support"), link("rain-b", "support"), link("a-league", "membership"),
             link("b-league", "membership")]  # fmt: skip
    found = parts(world(cluster("a"), cluster("b"), links=links))
    assert (found["programme"], found["network"]) == (Decimal("8"), Decimal("5"))
    assert "common_partner" not in found


def test_a_link_within_a_programme_binds_both_ends_to_it():
    links = [link("a-mill", via=["rain"]), link("rain-b", "support")]
    assert parts(world(cluster("a"), cluster("b"), links=links))["programme"] == Decimal("8")


def test_a_fair_and_a_listing_bring_points_of_events_alone():
    bare = parts(world(cluster("a"), cluster("b")))
    links = [link("a-fair", "event", "done", counts=False), link("b-fair", "event", "done", counts=False),
             link("a-board", "listing", counts=False), link("b-board", "listing", counts=False)]  # fmt: skip
    found = parts(world(cluster("a"), cluster("b"), links=links))
    assert set(found) - set(bare) == {"events"}
    assert found["events"] == Decimal("3")


def test_a_partner_sought_counts_for_the_level_sought_alone():
    seeking = cluster("a", "TN", sought=said("MA"))
    found = parts(world(seeking, cluster("b", "MA"), links=[link("a-mill", status="sought", counts=False)]))
    assert found["level"] == Decimal("9")
    assert not {"common_partner", "earlier"} & set(found)


def test_a_partner_sought_is_no_earlier_agreement_and_a_planned_one_is_half_of_one():
    for status, points in (("sought", None), ("planned", Decimal("2")), ("announced", Decimal("2"))):
        field = world(cluster("a"), cluster("b"), links=[link("a-b", status=status, counts=False)])
        assert parts(field).get("earlier") == points


def test_two_who_worked_together_and_no_longer_do_may_again():
    field = world(cluster("a"), cluster("b"), links=[link("a-b", status="ended")])
    assert parts(field)["earlier"] == Decimal("4")


def test_a_host_of_both_counts_unless_it_is_a_common_partner_already():
    hosting = [link("park-a", "hosting", counts=False), link("park-b", "hosting", counts=False)]
    assert parts(world(cluster("a"), cluster("b"), links=hosting))["level"] == Decimal("5.40")
    both = [
        *hosting,
        KnownLink("x", "park", "a", "support", True),
        KnownLink("y", "park", "b", "support", True),
    ]
    found = parts(world(cluster("a"), cluster("b"), links=both))
    assert (found["common_partner"], found["level"]) == (Decimal("10"), Decimal("2.70"))


def test_like_size_and_maturity_count_and_unlike_ones_speak_against():
    like = [cluster(one, state=Said("constituted"), created=Said(year), members=Count(n, n))
            for one, year, n in (("a", "2015", 30), ("b", "2016-05", 40))]  # fmt: skip
    found = parts(world(*like))
    # Half of 4 for the state, and 1 - 1/5 of the other half for one year between them; 30/40 of 3.
    assert (found["maturity"], found["size"]) == (Decimal("3.60"), Decimal("2.25"))
    unlike = [cluster(one, members=Count(n, n)) for one, n in (("a", 20), ("b", 60))]
    assert "size_gap" in [one.code for one in against(*unlike, MARCH)]


def test_offers_meet_needs_in_both_directions_and_an_obstacle_counts_half():
    stated = world(
        cluster("a", offers=said("training"), needs=said("logistics")),
        cluster("b", offers=said("logistics"), needs=said("training")),
    )
    assert parts(stated)["offers_needs"] == Decimal("7.50")
    obstacle = world(cluster("a", offers=said("training")), cluster("b", needs=said("skills_shortage")))
    # 1 - 0.5 ** 0.5 = 0.2929 of 10.
    assert parts(obstacle)["offers_needs"] == Decimal("2.93")


def test_offers_and_needs_are_matched_both_ways_round():
    one, other = ({"a": {"x", "y"}, "b": {"z"}}, {"a": {"z"}, "b": {"y"}})
    there = offers_meet_needs("a", "b", one, other)
    back = offers_meet_needs("b", "a", one, other)
    assert set(there) == set(back)
    assert [(m.giver, m.offer) for m in there] == [("a", "y"), ("b", "z")]


def test_neither_itself_nor_a_partner_nor_what_has_ended_is_suggested():
    gone = cluster("c", niches="dates", life=Said("dissolved"))
    merged = cluster("d", niches="dates", life=Said("merged"))
    field = world(
        cluster("a", niches="dates"), cluster("b", niches="dates"), gone, merged, links=[link("a-b")]
    )
    assert suggest("a", field, question(MARCH)) == ()
    shown = suggest("a", field, question(MARCH, linked=True))
    assert [(one.other, one.linked) for one in shown] == [("b", True)]
    assert shown[0].against
    assert suggest("c", field, question(MARCH)) == ()


def test_a_level_narrows_the_partners():
    field = world(cluster("a"), cluster("b", "MA"), cluster("c", "TN"), cluster("d", "FR"))
    for level, others in (("national", ["b"]), ("intra_maghreb", ["c"]), ("euromed", ["d"])):
        assert [one.other for one in suggest("a", field, question(MARCH, level=level))] == others


def test_other_weights_move_ranks_and_the_move_is_told():
    state = Said("emerging")
    field = world(
        cluster("a", niches="dates", state=state),
        cluster("b", "TN", niches="dates"),
        cluster("c", "MA", state=state),
        links=[link("a-mill"), link("c-mill")],
    )  # fmt: skip
    as_shipped = suggest("a", field, question(MARCH))
    assert [(one.other, one.rank, one.rank_before) for one in as_shipped] == [("c", 1, 1), ("b", 2, 2)]
    changed = suggest("a", field, question(MARCH, read_weights(["niche=50"])))
    assert [(one.other, one.rank, one.rank_before) for one in changed] == [("b", 1, 2), ("c", 2, 1)]
    assert changed[0].score - changed[0].score_before == Decimal("25") - Decimal("11")


def test_a_part_of_no_weight_is_not_told():
    field = world(cluster("a", niches="dates"), cluster("b", niches="dates"))
    assert "niche" not in parts(field, weights=read_weights(["niche=0"]))


@pytest.mark.parametrize(
    "text", ["niche", "niche=x", "niche=-1", "niche=101", "nich=3", "niche=nan", "niche=0.001"]
)
def test_a_weight_that_is_none_is_refused_by_name(text):
    with pytest.raises(BadChoice) as refused:
        read_weights([text])
    assert refused.value.params["value"] == text


def test_pairs_of_two_countries_are_ranked_and_each_is_told_once():
    field = world(cluster("a", "MA", "dates"), cluster("b", "MA"), cluster("c", "TN", "dates"))
    assert [(one.cluster, one.other) for one in suggest_pairs(field, ("MA", "TN"), question(MARCH))] == [
        ("a", "c"), ("b", "c"),
    ]  # fmt: skip
    assert [(one.cluster, one.other) for one in suggest_pairs(field, ("MA", "MA"), question(MARCH))] == [
        ("a", "b"),
    ]  # fmt: skip


def test_a_programme_shows_pairs_inside_and_who_could_join():
    links = [link("rain-a", "support"), link("rain-b", "support"), link("rain-c", "support"), link("a-b")]
    field = world(*(cluster(one) for one in "abcd"), links=links)
    found = suggest_for_programme(field, "rain", question(MARCH))
    assert found.inside == ("a", "b", "c")
    assert [(one.cluster, one.other) for one in found.pairs] == [("a", "c"), ("b", "c")]
    assert [one.other for one in found.joining] == ["d"]
    assert suggest_for_programme(field, "nobody", question(MARCH)).inside == ()


@pytest.mark.parametrize(
    ("countries", "codes"),
    [
        (("MA", "DZ"), {"border", "payments"}),
        (("MA", "TN"), {"payments"}),
        (("TN", "FR"), {"visa", "payments", "language"}),
        (("FR", "ES"), {"language"}),
        (("MA", "MA"), set()),
        (("TN", "US"), {"payments"}),
    ],
)
def test_countries_speak_against_by_what_is_sourced(countries, codes):
    one, other = (cluster(name, country) for name, country in zip("ab", countries, strict=True))
    found = {reason.code: reason for reason in against(one, other, MARCH)}
    assert set(found) - {"unknown", "no_contact"} == codes
    assert all(ground in grounds() for reason in found.values() for ground in reason.grounds)


def test_a_border_is_closed_from_its_day_on():
    one, other = cluster("a", "MA"), cluster("b", "DZ")
    assert "border" not in [reason.code for reason in against(one, other, date(1994, 8, 1))]


def test_something_always_speaks_against_even_two_who_work_together_and_are_well_known():
    whole = {
        "state": Said("constituted"),
        "created": Said("2015"),
        "members": Count(9, 9),
        "needs": said("x"),
    }
    one, other = (with_links(cluster(name, niches="dates", **whole), [link("a-b")], ACTORS) for name in "ab")
    assert [reason.params for reason in against(one, other, MARCH)] == [{"fields": ("outcome",)}]


def test_circumstances_alone_are_told_as_such():
    field = world(cluster("a", "TN"), cluster("b", "MA"), cluster("c", "TN", niches="dates"))
    found = suggest("a", field, question(MARCH))
    assert {reason.code for one in found for reason in one.against} >= {"bare"}
    field = world(cluster("a", "TN", niches="dates"), cluster("c", "TN", niches="dates"))
    assert [reason.code for reason in suggest("a", field, question(MARCH))[0].against] == [
        "unknown", "no_contact",
    ]  # fmt: skip


def test_of_a_wide_activity_and_a_narrower_one_within_it_the_narrower_counts():
    # Vegetables go into food (10) in general, yet b says what food: oil, which needs none.
    farm = cluster("a", niches="greenhouse_crops")
    food = cluster("b", industries=said("agri_food"))
    oil = cluster("b", niches="olive_oil", industries=said("agri_food"))
    assert parts(world(farm, food))["value_chain"] == Decimal("6")
    assert "value_chain" not in parts(world(farm, oil))


def test_silence_speaks_against_after_two_years():
    one, other = cluster("a"), cluster("b", latest="2019-03")
    assert "silent" not in [reason.code for reason in against(one, other, date(2021, 3, 31))]
    assert "silent" in [reason.code for reason in against(one, other, date(2021, 4, 1))]


def test_tables_are_total():
    assert list(PARTS) == [code for code in PARTS if code in shipped()]
    assert set(PARTS) == set(shipped())
    assert sum(default_weights().values()) == 100
    for name in ("niche", "industry"):
        assert set(activity_codes()[name]) == set(vocabulary(name))
    assert set(answers()) == set(vocabulary("obstacle"))
    assert all(tags <= set(vocabulary("activity")) for tags in answers().values())


def test_rows_of_supplies_name_tags_that_have_such_an_activity():
    tags = {tag: codes for rows in activity_codes().values() for tag, codes in rows.items()}
    # A tag of both lists may have other activities in each.
    known = {tag: {*codes, *activity_codes()["niche"].get(tag, ())} for tag, codes in tags.items()}
    for row in default_supplies():
        for names, wide in ((row.of, row.source), (row.into, row.target)):
            for tag in names:
                assert any(code.startswith(wide) for code in known[tag]), (row, tag)


def test_every_ground_has_a_source_and_a_first_day():
    assert {one.kind for one in grounds().values()} == {
        "borders", "visas", "payments", "languages", "working",
    }  # fmt: skip
    for one in grounds().values():
        assert one.title
        assert one.publisher
        assert one.url.startswith("http")
        assert one.date
        assert one.row["since"]


CODES_OF_ISIC = st.lists(st.text("01", min_size=2, max_size=4), max_size=4)


@given(CODES_OF_ISIC, CODES_OF_ISIC)
def test_the_nearest_pair_of_activities_is_that_of_a_look_at_every_pair(some, others):
    def common(one, other):
        pairs = zip(one, other, strict=False)
        return len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))

    reads = [[("niche", Said(code), Activity(code, code)) for code in side] for side in (some, others)]
    found = _nearest(*reads)
    most = max((common(one, other) for one in some for other in others), default=0)
    assert (found[0] if found else 0) == (most if most >= 2 else 0)
    if found:
        assert common(found[1][2].code, found[2][2].code) == most


NICHES = st.lists(st.sampled_from(["dates", "seafood", "olive_oil", "olive_growing", "denim"]), max_size=3)
PROFILES = st.builds(
    lambda country, niches, size, year, offers, needs: {
        "country": country,
        "niches": " ".join(dict.fromkeys(niches)),
        "members": Count(size, size) if size else None,
        "created": Said(str(year)),
        "offers": said(*offers),
        "needs": said(*needs),
    },
    st.sampled_from(["MA", "DZ", "TN", "FR", "US"]),
    NICHES,
    st.integers(0, 90),
    st.integers(2004, 2019),
    st.sets(st.sampled_from(["training", "logistics"])),
    st.sets(st.sampled_from(["training", "skills_shortage"])),
)
LINKS = st.lists(
    st.builds(
        link,
        st.sampled_from(["a-b", "a-mill", "b-mill", "a-c", "b-c", "rain-a", "rain-b", "a-fair", "b-fair"]),
        st.sampled_from(["partnership", "support", "event", "membership"]),
        st.sampled_from(["active", "ended", "planned", None]),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)
WEIGHTS = st.fixed_dictionaries(
    {}, optional={code: st.integers(0, 400).map(lambda n: f"{n / 4:g}") for code in PARTS}
)


@given(PROFILES, PROFILES, PROFILES, LINKS, WEIGHTS)
def test_parts_add_up_what_speaks_for_two_speaks_for_both_and_something_speaks_against(
    one, other, third, links, given
):
    field = world(
        *(cluster(n, **row) for n, row in zip("abc", (one, other, third), strict=True)), links=links
    )
    weights = read_weights(f"{code}={value}" for code, value in given.items())
    asked = question(MARCH, weights, linked=True)
    there, back = ({found.other: found for found in suggest(name, field, asked)} for name in "ab")
    assert ("b" in there) == ("a" in back)
    for found in (*there.values(), *back.values()):
        assert found.score == total(found.parts) == sum(part.points for part in found.parts)
        assert all(0 < part.points <= weights[part.code] for part in found.parts)
        assert found.against
        assert all(reason.code in CODES for reason in found.against)
    if "b" in there:
        assert there["b"].score == back["a"].score
