"""Names as printed against names of a census: acronyms, accents, spellings, and the score explained."""

import pytest

from grappe.census.reading.names import ENOUGH, Known, NameIndex
from grappe.census.reading.proposal import Mention
from grappe.domain.entity import Kind


def known(
    entity: str, *names: str, acronym: str = "", country: str = "", places: tuple[str, ...] = ()
) -> Known:
    return Known(
        entity, Kind.CLUSTER, names, (acronym,) if acronym else (),
        frozenset({country} if country else ()), frozenset(places),
    )  # fmt: skip


INDEX = NameIndex(
    [
        known("gh-ct2x", "Cluster des Textiles Exportés", acronym="CT2X", country="GH", places=("Accra",)),
        known("gh-velintica", "Cluster VELINTICA", country="GH"),
        known("gh-soleil", "Cluster Solaire", country="GH"),
        known("bj-soleil", "Cluster Solaire", country="BJ"),
        known("gh-auto-accra", "Cluster Automobile", country="GH", places=("Accra",)),
        known("gh-auto-tema", "Cluster Automobile", country="GH", places=("Tema",)),
    ]
)


def cluster(name: str, acronym: str | None = None, country: str | None = "GH", *places: str) -> Mention:
    return Mention(Kind.CLUSTER, name, acronym, country, places)


@pytest.mark.parametrize(
    ("mention", "entity"),
    [
        (cluster("Cluster des textiles exportes"), "gh-ct2x"),
        (cluster("C2TX"), "gh-ct2x"),  # two letters exchanged
        (cluster("Cluster Textile Exporté", "C2TX"), "gh-ct2x"),
        (cluster("Cluster VELANTICA"), "gh-velintica"),  # one letter
        (cluster("CLUSTER SOLAIRE", country="BJ"), "bj-soleil"),
        (cluster("Cluster Automobile", None, "GH", "Tema"), "gh-auto-tema"),
    ],
)
def test_a_name_is_found_in_spite_of_its_spelling(mention: Mention, entity: str):
    found = INDEX.best(mention)
    assert found is not None
    assert found.entity == entity


@pytest.mark.parametrize(
    "mention",
    [
        cluster("Cluster Cuir"),
        cluster("Cluster Automobile"),  # two as close
        cluster("Cluster Solaire", country=None),  # two countries
        cluster("Cluster des Textiles Exportés", "CT2X", "SN"),  # another country
    ],
)
def test_a_name_that_may_be_several_or_none_is_taken_for_none(mention: Mention):
    assert INDEX.best(mention) is None


def test_the_parts_of_a_score_add_up_and_have_names():
    found = INDEX.best(cluster("Cluster des Textiles Exportés", "CT2X", "GH", "Accra"))
    assert found is not None
    assert dict(found.because) == {
        "same_name": 0.7,
        "same_acronym": 0.25,
        "same_country": 0.1,
        "same_place": 0.1,
    }
    assert found.score == pytest.approx(0.7 + 0.25 + 0.1 + 0.1)
    assert found.score >= ENOUGH


def test_an_empty_census_knows_nobody():
    assert NameIndex(()).best(cluster("Cluster Solaire")) is None
