"""Suggestions on the shipped census: every reason is checked against the statements that it cites."""

import shutil
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest

from grappe.census.census import open_census
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.domain.vocabulary import vocabulary
from grappe.network.suggestion_profile import NETWORK_TYPES
from grappe.present.suggestions import AGAINST_WORDS, PART_NAMES, PART_WORDS, suggestions_text
from grappe.queries.moment import moment
from grappe.queries.suggestion_profiles import known_profiles
from grappe.queries.suggestions import (
    subjects,
    suggestions,
    suggestions_for_countries,
    suggestions_for_programme,
)
from grappe.store.models import Dataset, MatchEvent, Participation
from tests.actions.stored import MONDAY, shipped_census, store_in, tables_alone

CENSUS = open_census("maghreb-2019")
LINKS = {link.id: link for link in CENSUS.links()}
FACTS = CENSUS.facts


@pytest.fixture
def shipped(tmp_path_factory, django_db_blocker):
    """The shipped census in use, on its day."""
    with django_db_blocker.unblock(), store_in(shipped_census(tmp_path_factory.getbasetemp())):
        yield moment()


@pytest.fixture
def answers(shipped):
    """Everything that is suggested to every cluster, and to every cluster abroad."""
    return [
        suggestions(shipped, one, top=200, language="en")
        for one in sorted(known_profiles(shipped).field.profiles)
    ]


def rows_of(answers):
    return [(answer["id"], row) for answer in answers for row in answer["suggestions"]]


def of_part(answers, code, variant):
    return [
        (one, row["id"], part, [cite["id"] for cite in part["cites"]])
        for one, row in rows_of(answers)
        for part in row["parts"]
        if (part["code"], part["variant"]) == (code, variant)
    ]


def says(cites, entity, field, value):
    """Whether a cited statement says that a field of an entity has a value."""
    return any(
        (s.entity, s.field, str(s.value)) == (entity, field, value)
        for cite in cites
        if (s := FACTS.by_id.get(cite)) is not None
    )


def ends(cites):
    return [{LINKS[cite].source, LINKS[cite].target} for cite in cites if cite in LINKS]


def test_parts_sum_to_the_score_in_every_suggestion(answers):
    rows = rows_of(answers)
    assert len(rows) > 1000
    for _, row in rows:
        assert sum(Decimal(str(part["points"])) for part in row["parts"]) == Decimal(str(row["score"]))
        assert row["score"] > 0
        assert row["rank"] == row["rank_before"]


def test_every_cited_id_is_a_statement_or_a_link_of_the_census_with_its_place_in_the_source(answers):
    for _, row in rows_of(answers):
        for reason in chain(row["parts"], row["against"]):
            for cite in reason["cites"]:
                assert cite["id"] in FACTS.by_id or cite["id"] in LINKS, cite
                assert cite["kind"] == ("link" if cite["id"] in LINKS else "statement")
                assert cite["at"]
                assert all(at["line"] or at["key"] for at in cite["at"])
                assert all(at["statement"] in FACTS.by_id for at in cite["at"])
        assert all(part["cites"] for part in row["parts"])


def test_something_speaks_against_every_suggestion_and_grounds_are_told_with_their_documents(answers):
    for answer in answers:
        for row in answer["suggestions"]:
            assert row["against"]
            for reason in chain(row["parts"], row["against"]):
                assert set(reason["grounds"]) <= set(answer["grounds"])
                assert reason["words"]
                assert "{" not in reason["words"]


def test_nobody_is_suggested_to_itself_to_a_partner_or_when_it_has_ended(answers):
    partners = {frozenset((link.source, link.target)) for link in LINKS.values() if link.counts}
    for one, row in rows_of(answers):
        assert row["id"] != one
        assert frozenset((one, row["id"])) not in partners
        life = [s.value for s in FACTS.statements(row["id"], "life")]
        assert "merged" not in life
        assert "dissolved" not in life
        assert not FACTS.statements(row["id"], "craft")


def test_a_common_partner_is_one_by_links_of_both_that_count(answers):
    found = of_part(answers, "common_partner", "partner")
    assert found
    for one, other, part, cites in found:
        assert all(LINKS[cite].counts for cite in cites)
        for third in part["params"]["partner"]:
            assert {one, third} in ends(cites)
            assert {other, third} in ends(cites)


@pytest.mark.parametrize("code", ["programme", "network"])
def test_a_shared_programme_or_network_is_named_by_links_of_both_that_count(answers, code):
    found = of_part(answers, code, code)
    assert found
    for one, other, part, cites in found:
        assert all(LINKS[cite].counts for cite in cites)
        for frame in part["params"][code]:
            for cluster in (one, other):
                assert any(
                    cluster in (LINKS[cite].source, LINKS[cite].target)
                    and frame in (LINKS[cite].source, LINKS[cite].target, *LINKS[cite].via)
                    for cite in cites
                )
            kind, types = FACTS.entities[frame].kind, [s.value for s in FACTS.statements(frame, "type")]
            if code == "programme":
                assert kind == "programme"
            else:
                members = [LINKS[cite].kind for cite in cites if {frame} <= set(ends([cite])[0])]
                assert set(types) & NETWORK_TYPES or "membership" in members


def test_a_shared_niche_or_industry_is_said_of_both(answers):
    for variant in ("same", "industry"):
        field = "niche" if variant == "same" else "industry"
        found = of_part(answers, "niche", variant)
        assert found
        for one, other, part, cites in found:
            for value in part["params"][field]:
                assert says(cites, one, field, value)
                assert says(cites, other, field, value)


def test_the_supply_of_one_activity_to_the_other_is_said_of_the_right_ends(answers):
    found = of_part(answers, "value_chain", "supplies")
    assert found
    for _one, _other, part, cites in found:
        params = part["params"]
        for who, what in (("giver", "made"), ("taker", "used")):
            assert says(cites, params[who][0], *params[what])


def test_who_works_with_a_cluster_of_the_niche_does(answers):
    found = of_part(answers, "peer_partner", "peer")
    assert found
    for one, other, part, cites in found:
        told = part["params"]["peer"]
        for who, third, niche in zip(told[::3], told[1::3], told[2::3], strict=True):
            assert {who, third} in ends(cites)
            assert says(cites, third, "niche", niche)
            assert says(cites, other if who == one else one, "niche", niche)


def test_an_event_or_a_listing_is_told_as_such_and_brings_nothing_else(answers):
    found = of_part(answers, "events", "event")
    assert found
    for one, other, _part, cites in found:
        assert {LINKS[cite].kind for cite in cites} <= {"event", "listing"}
        assert not any(LINKS[cite].counts for cite in cites)
        assert all({one, other} & end for end in ends(cites))
    for code in ("common_partner", "programme", "network", "peer_partner"):
        for _one, _other, _part, cites in of_part(answers, code, PART_VARIANT[code]):
            assert not any(LINKS[cite].kind in ("event", "listing") for cite in cites if cite in LINKS)


PART_VARIANT = dict(PART_WORDS.keys())


def test_a_country_looked_towards_is_said_so(answers):
    found = of_part(answers, "level", "sought")
    assert {(one, other) for one, other, _, _ in found} >= {("tn-produits-mer", "ma-ahp")}
    for _one, _other, part, cites in found:
        (who,), (country,) = part["params"]["who"], part["params"]["country"]
        assert says(cites, who, "cooperation_country", country)
        stated = [FACTS.by_id[cite] for cite in cites if FACTS.by_id[cite].field == "cooperation_country"]
        assert {s.attributes["status"] for s in stated} <= {"planned", "sought"}


def test_a_cooperation_that_was_only_planned_is_an_earlier_agreement(answers):
    found = {(one, other): cites for one, other, _, cites in of_part(answers, "earlier", "planned")}
    assert found["tn-2ts", "tn-cmt"] == ["lk-tn-2ts-tn-cmt"]
    assert all(not LINKS[cite].counts for cites in found.values() for cite in cites)


def test_morocco_and_algeria_have_a_closed_border_between_them(answers):
    for one, row in rows_of(answers):
        home = {one[:2], row["id"][:2]} == {"ma", "dz"}
        assert ("border" in [reason["code"] for reason in row["against"]]) == home


def test_two_clusters_of_the_census_by_hand(shipped):
    # Seafood of Bizerte and of Agadir: one common niche (half of 22), Morocco looked towards (all of 9),
    # Arabic (all of 4), both constituted and seven years apart (half of 4).
    rows = suggestions(shipped, "tn-produits-mer")["suggestions"]
    found = next(row for row in rows if row["id"] == "ma-ahp")
    assert {part["code"]: part["points"] for part in found["parts"]} == {
        "niche": 11.0,
        "level": 9.0,
        "maturity": 2.0,
        "language": 4.0,
    }
    assert (found["score"], found["rank"]) == (26.0, 2)


def test_weights_and_top_and_level_do_what_they_say(shipped):
    plain = suggestions(shipped, "ma-c2tm", top=3)
    assert len(plain["suggestions"]) == 3
    changed = suggestions(shipped, "ma-c2tm", top=200, weight=["common_partner=0"])
    assert [row["code"] for row in changed["weights"] if row["changed"]] == ["common_partner"]
    assert any(row["rank"] != row["rank_before"] for row in changed["suggestions"])
    assert all(row["score"] <= row["score_before"] for row in changed["suggestions"])
    euromed = suggestions(shipped, "tn-2ts", level="euromed")
    assert {row["level"] for row in euromed["suggestions"]} == {"euromed"}


def test_partners_can_be_shown_too(shipped):
    rows = suggestions(shipped, "ma-c2tm", top=200, linked=True)["suggestions"]
    assert {"ma-cise", "tn-2ts", "ma-textile-maison"} == {row["id"] for row in rows if row["linked"]}


def test_a_merged_or_dissolved_cluster_is_suggested_nobody(shipped):
    answer = suggestions(shipped, "tn-developpement-durable")
    assert (answer["ended"], answer["suggestions"]) == (True, [])
    assert "nothing is suggested" in suggestions_text(answer, "en")


def test_pairs_of_two_countries(shipped):
    answer = suggestions_for_countries(shipped, "ma,tn", top=5, language="en")
    assert answer["countries"] == ["MA", "TN"]
    assert all((row["cluster"][:2], row["id"][:2]) == ("ma", "tn") for row in answer["suggestions"])
    assert len(answer["suggestions"]) == 5


def test_a_programme_with_its_clusters(shipped):
    answer = suggestions_for_programme(shipped, "prog-creative-mediterranean", language="en")
    inside = {one["id"] for one in answer["inside"]}
    assert inside == {
        link.other_end("prog-creative-mediterranean")
        for link in LINKS.values()
        if "prog-creative-mediterranean" in (link.source, link.target)
        and link.counts
        and FACTS.entities[link.other_end("prog-creative-mediterranean")].kind == "cluster"
    }
    assert all({row["cluster"], row["id"]} <= inside for row in answer["suggestions"])
    assert all(row["id"] not in inside for row in answer["joining"])
    assert "Who could join" in suggestions_text(answer, "en")


@pytest.mark.parametrize(
    "given",
    [{"level": "moon"}, {"top": "0"}, {"top": "many"}, {"weight": ["niche"]}, {"weight": ["moon=3"]},
     {"table": "a,b\n"}],
)  # fmt: skip
def test_a_value_that_is_none_is_refused(shipped, given):
    with pytest.raises(BadChoice):
        suggestions(shipped, "ma-c2tm", **given)


@pytest.mark.parametrize("countries", ["MA", "MA,XX", "MA,TN,DZ", ""])
def test_countries_that_are_none_are_refused(shipped, countries):
    with pytest.raises(BadChoice):
        suggestions_for_countries(shipped, countries)


def test_an_unknown_id_names_those_that_look_alike_and_a_programme_is_told_how_to_ask(shipped):
    with pytest.raises(UnknownThing) as unknown:
        suggestions(shipped, "ma-c2tn")
    assert "ma-c2tm" in unknown.value.params["close"]
    with pytest.raises(BadChoice) as other:
        suggestions(shipped, "prog-the-next-society")
    assert "--programme prog-the-next-society" in other.value.params["accepted"]


def test_by_the_decisions_of_a_day_the_answer_is_the_same_as_now(shipped):
    then = moment(known="2030-01-01")
    assert suggestions(then, "ma-ahp")["suggestions"] == suggestions(moment(), "ma-ahp")["suggestions"]


def test_years_later_everybody_is_silent(shipped):
    rows = suggestions(moment("2026"), "ma-c2tm")["suggestions"]
    assert all("silent" in [reason["code"] for reason in row["against"]] for row in rows)


def test_every_cluster_but_potential_ones_can_be_asked_for(shipped):
    ids = {one["id"] for one in subjects(shipped)}
    assert {"ma-c2tm", "dz-adc", "fr-clubtex"} <= ids
    assert "tn-developpement-durable" not in ids
    assert not any(FACTS.statements(one, "craft") for one in ids)


def test_every_language_words_every_reason(answers, shipped):
    for language in ("fr", "en", "ar"):
        for one in ("tn-produits-mer", "ma-c2tm", "dz-huile-olive-bouira"):
            assert suggestions_text(suggestions(shipped, one, language=language), language)
    said = {(part["code"], part["variant"]) for _, row in rows_of(answers) for part in row["parts"]}
    assert said <= set(PART_WORDS)
    against = {reason["code"] for _, row in rows_of(answers) for reason in row["against"]}
    assert against <= set(AGAINST_WORDS)
    assert {code for code, _ in PART_WORDS} == set(PART_NAMES)


def test_offers_and_needs_declared_for_an_event_count_once_its_agendas_are_seen(
    tmp_path, tmp_path_factory, django_db_blocker
):
    with django_db_blocker.unblock():
        path = Path(shutil.copy(shipped_census(tmp_path_factory.getbasetemp()), tmp_path / "grappe.sqlite3"))
        with store_in(path):
            event = MatchEvent.objects.create(
                id="days", title="Days", zone="UTC", slot_minutes=20, tables=1, scheduling="organiser",
                acceptance="opt_in", created_by="Ada", created_at=MONDAY, state="open",
            )  # fmt: skip
            for entity, offers, needs in (("ma-mdc", ["mentoring"], []), ("tn-cmt", [], ["mentoring"])):
                Participation.objects.create(
                    event=event, entity=entity, name=entity, offers=offers, needs=needs, state="confirmed",
                    feed_key=entity,
                )  # fmt: skip
            assert "offers_needs" not in _parts("ma-mdc", "tn-cmt")
            MatchEvent.objects.update(state="published")
            part = _parts("ma-mdc", "tn-cmt")["offers_needs"]
    assert part["points"] == 5.0
    assert part["cites"] == [{"id": "days", "kind": "event", "at": []}]
    assert (
        part["words"] == "Moroccan Denim Cluster offers what Cluster Mecatronic de Tunisie needs: mentoring."
    )


def _parts(one, other):
    rows = suggestions(moment(), one, top=200, language="en")["suggestions"]
    return {part["code"]: part for row in rows if row["id"] == other for part in row["parts"]}


def test_levels_asked_are_those_of_the_list(shipped):
    for level in vocabulary("level"):
        suggestions(shipped, "ma-menara", level=level, top=1)


def test_nothing_loaded_is_said(tmp_path, tmp_path_factory, django_db_blocker):
    path = tmp_path / "grappe.sqlite3"
    with django_db_blocker.unblock():
        path.write_bytes(tables_alone(tmp_path_factory.getbasetemp()).read_bytes())
        with store_in(path):
            assert not Dataset.objects.exists()
            with pytest.raises(UnknownThing):
                moment()
