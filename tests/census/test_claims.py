"""Claims of the study: each query on a few clusters, and the verdicts on the shipped census."""

import pytest
from tests.worlds import MARCH, facts

from grappe.census.census import open_census
from grappe.census.claims import SCOPES, claims, examine
from grappe.census.claims.evidence import Asking, Verdict
from grappe.census.claims.queries import QUERIES
from grappe.census.legal_forms import ASPECTS, legal_forms, without_form
from grappe.census.row import rows

STUDY = "ipemed-2019"


def ask(name, params, *said):
    known = facts(*said)
    found = rows(known, MARCH)
    return QUERIES[name](Asking(known, found, found, MARCH), params)


def cluster(name, **fields):
    one = f"cluster-{name}"
    yield (one, "name", name)
    for field, values in fields.items():
        for value in values if isinstance(values, list) else [values]:
            yield (one, field, value)


def several(*clusters):
    return [row for one in clusters for row in one]


TECH = {"sectors": [2, 3], "industries": []}


@pytest.mark.parametrize(
    ("sectors", "verdict"),
    [([2, 3, 1], Verdict.SUPPORTED), ([2, 1], Verdict.CANNOT_TELL), ([2, 1, 1], Verdict.CONTRADICTED)],
)
def test_a_group_leads_if_no_sector_outside_it_has_as_many(sectors, verdict):
    said = several(*(cluster(f"c{n}", sector=sector) for n, sector in enumerate(sectors)))
    assert ask("leading_group", TECH, *said).verdict is verdict


def test_one_cluster_with_the_niche_contradicts_that_there_is_none():
    params = {"niches": ["cereals"], "sectors": [1]}
    none = several(cluster("a", sector=1, niche="milk"))
    assert ask("none_with", params, *none).verdict is Verdict.SUPPORTED
    assert (
        ask("none_with", params, *none, *cluster("b", sector=1, niche="cereals")).verdict
        is Verdict.CONTRADICTED
    )
    # Of a cluster without a niche nobody can say.
    assert ask("none_with", params, *none, *cluster("b", sector=1)).verdict is Verdict.CANNOT_TELL


def test_what_is_rising_cannot_be_told_from_one_list():
    answer = ask("rising", {"sector": 1, "since": "2014"}, *cluster("a", sector=1, created="2015"))
    assert (answer.verdict, answer.reason) == (Verdict.CANNOT_TELL, "list_not_held")


def test_each_country_needs_a_cluster():
    params = {"countries": ["MA", "TN"], "industries": ["solar_energy"]}
    one = several(
        cluster("a", country="MA", industry="solar_energy"), cluster("b", country="TN", industry="dairy")
    )
    assert ask("in_each_country", params, *one).verdict is Verdict.CONTRADICTED
    both = [*one, *cluster("c", country="TN", industry="solar_energy")]
    assert ask("in_each_country", params, *both).verdict is Verdict.SUPPORTED


def test_the_sentence_itself_is_no_evidence_for_itself():
    params = {"country": "DZ", "forms": ["economic_interest_group"], "own_lines": [920]}
    base = several(cluster("a", country="DZ"))
    general = [*base, ("cluster-a", "legal_form", "economic_interest_group", 920)]
    assert ask("legal_form", params, *general).verdict is Verdict.CANNOT_TELL
    told = [*base, ("cluster-a", "legal_form", "economic_interest_group", 600)]
    assert ask("legal_form", params, *told).verdict is Verdict.SUPPORTED
    other = [*general, ("cluster-a", "legal_form", "cooperative", 601)]
    assert ask("legal_form", params, *other).verdict is Verdict.CONTRADICTED


def test_a_count_that_is_right_and_doubtful_cannot_be_told():
    params = {"country": "MA", "recognition": "contracted", "count": 1, "against": ["awaiting_label"]}
    sure = several(cluster("a", country="MA", recognition="contracted"))
    assert ask("count_is", params, *sure).verdict is Verdict.SUPPORTED
    doubtful = [*sure, ("cluster-a", "recognition", "awaiting_label", 502)]
    assert ask("count_is", params, *doubtful).verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("poles", "others", "unknown", "verdict"),
    [(2, 1, 0, Verdict.SUPPORTED), (2, 1, 1, Verdict.CANNOT_TELL), (1, 2, 0, Verdict.CONTRADICTED)],
)
def test_most_is_more_than_half_whatever_the_unknown_are(poles, others, unknown, verdict):
    said = several(
        *(cluster(f"p{n}", country="TN", emergence_mode="pole") for n in range(poles)),
        *(cluster(f"o{n}", country="TN", emergence_mode="local") for n in range(others)),
        *(cluster(f"u{n}", country="TN") for n in range(unknown)),
    )
    assert ask("most_by_mode", {"country": "TN", "mode": "pole"}, *said).verdict is verdict


def test_a_cluster_of_before_contradicts_that_there_was_none():
    params = {"country": "DZ", "before": "2014"}
    assert (
        ask("none_before", params, *cluster("a", country="DZ", created="2013")).verdict
        is Verdict.CONTRADICTED
    )
    assert (
        ask("none_before", params, *cluster("a", country="DZ", created="2014")).verdict is Verdict.SUPPORTED
    )
    assert ask("none_before", params, *cluster("a", country="DZ")).verdict is Verdict.CANNOT_TELL


@pytest.fixture(scope="module")
def shipped():
    census = open_census()
    return census, {
        one.claim.id: one for one in examine(census.facts, census.clusters(listed=None), census.on)
    }


def test_every_claim_names_a_query_and_scopes_that_exist():
    assert len(claims()) >= 10
    for claim in claims():
        assert claim.query in QUERIES
        assert set(claim.scopes) <= set(SCOPES)
        assert set(claim.words) == {"fr", "en", "ar"}
    assert QUERIES.keys() == {claim.query for claim in claims()}


def test_the_verdicts_on_the_study_of_2019(shipped):
    assert {name: str(one.verdict) for name, one in shipped[1].items()} == {
        "technological-first": "supported",
        "no-cereals": "contradicted",
        "agri-food-rising": "cannot_tell",
        "milk-timid": "supported",
        "several-fisheries": "supported",
        "renewables-in-three": "contradicted",
        "tourism-not-yet": "supported",
        "urban-map": "supported",
        "urban-map-territories": "cannot_tell",
        "startups-digital-first": "cannot_tell",
        "contracts-morocco-only": "supported",
        "eleven-under-contract": "cannot_tell",
        "legal-form-morocco": "cannot_tell",
        "legal-form-tunisia": "cannot_tell",
        "legal-form-algeria": "contradicted",
        "algeria-none-until-recently": "contradicted",
        "algeria-no-anchor": "contradicted",
        "tunisia-poles": "supported",
        "europe-first-partner": "supported",
        "more-clusters": "cannot_tell",
    }


def test_technological_activities_lead_in_the_tables_and_tie_among_the_constituted(shipped):
    answers = shipped[1]["technological-first"].answers
    counts = {scope: [t.share.count for t in answer.tallies[:2]] for scope, answer in answers.items()}
    # The group, and agri-food, which is the largest single sector.
    assert counts == {"without_creative": [13, 10], "with_creative": [13, 10], "constituted": [9, 9]}


def test_the_one_cereals_niche_is_that_of_meknes(shipped):
    [tally] = shipped[1]["no-cereals"].answers["without_creative"].tallies
    assert tally.ids == ("ma-agrinova",)


def test_every_form_tells_of_each_aspect_or_says_nothing(shipped):
    census, _ = shipped
    known = [row for row in census.clusters() if row.state == "constituted"]
    matrix = legal_forms(census.facts, known, census.on)
    assert all(set(form.aspects) == set(ASPECTS) for form in matrix)
    assert all(form.aspects["members"] is None for form in matrix)  # no line tells who may be a member
    by = {form.id: form for form in matrix}
    assert by["algeria-cooperative"].own == ("dz-huile-olive-bouira",)
    assert len(by["morocco-association"].own) + len(by["morocco-association"].general) == 11
    assert {row.sector for row in without_form(census.facts, known)} == {7}
