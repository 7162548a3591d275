"""Search: in three languages, however carelessly it is typed."""

import pytest

from grappe.queries.search_everything import search_everything


def found(text: str) -> set[str]:
    return {hit["id"] for hit in search_everything(text)}


@pytest.mark.parametrize(
    ("what", "text", "expected"),
    [
        ("a name", "Oak Valley", {"ma-oak"}),
        ("case", "OAK VALLEY", {"ma-oak"}),
        ("the beginning of a word", "vall", {"ma-oak"}),
        ("words in another order", "valley oak", {"ma-oak"}),
        ("an accent left out", "elan", {"ma-ash"}),
        ("an accent too many", "élän", {"ma-ash"}),
        ("an apostrophe", "d'ébène", {"ma-ash"}),
        ("a curly apostrophe", "d’Ebene", {"ma-ash"}),
        ("an acronym", "OV-3M", {"ma-oak"}),
        ("an acronym in small letters", "ov-3m", {"ma-oak"}),
        ("a person", "quercus", {"ma-oak"}),
        ("a person by first name and name", "zoe quercus", {"ma-oak"}),
        ("a niche in French", "innovation digitale", {"ma-oak"}),
        ("a niche in English", "digital innovation", {"ma-oak"}),
        ("a niche in Arabic", "ابتكار رقمي", {"ma-oak"}),
        ("a sector in French", "agroalimentaires", {"ma-oak", "dz-elm"}),
        ("a place in Arabic", "الدار البيضاء", {"ma-oak", "org-mill"}),
        ("a place in Arabic without its article", "دار بيضاء", {"ma-oak", "org-mill"}),
        ("the winner of two places", "salé", {"ma-ash", "ma-form-park", "ma-pot-rugs"}),
        ("the other of two places", "fes", {"ma-ash"}),
        ("a member", "moulin du nord", {"ma-oak", "org-mill"}),
        ("the acronym of a member", "cnrs", {"ma-oak", "org-mill"}),
        ("a country in French", "algérie", {"dz-elm"}),
        ("a country in Arabic", "جزائر", {"dz-elm"}),
        ("a country in Arabic with its article", "الجزائر", {"dz-elm"}),
        ("a potential cluster", "rugs", {"ma-pot-rugs"}),
        ("a programme", "rain", {"prog-rain"}),
        ("a cluster outside the tables", "sun", {"tn-sun"}),
        ("words of two clusters at once", "oak elm", set()),
        ("nothing of the kind", "zzz", set()),
    ],
)
def test_search_finds(orchard, what, text, expected):
    assert found(text) == expected, what


def test_a_title_stands_before_a_mention(orchard):
    assert [hit["id"] for hit in search_everything("moulin")] == ["org-mill", "ma-oak"]


def test_a_hit_says_what_and_where(orchard):
    assert search_everything("oak valley") == [
        {
            "id": "ma-oak", "kind": "cluster", "name": "Oak Valley", "acronym": "OV-3M", "country": "MA",
            "place": "Casablanca",
        }
    ]  # fmt: skip


def test_a_potential_cluster_is_named_by_its_craft(orchard):
    assert [(hit["name"], hit["place"]) for hit in search_everything("tapis")] == [("tapis", "Salé")]


def test_no_more_is_found_than_asked(orchard):
    assert len(search_everything("a", limit=2)) == 2


@pytest.mark.parametrize(
    "text",
    [
        '"', "'", '"oak', "oak AND", "AND OR NOT", "NEAR(oak, 2)", "oak*", "*", "title:oak", "-oak", "^oak",
        "{title body}: oak", "oak) OR (elm", "'; DROP TABLE store_search; --", "%", "_", "\\", "\x00", "🌳",
        "؟", "\u202e", "oak\nvalley", "ا" * 300, "a" * 10_000, "oak " * 5_000, "word%d " * 2_000,
    ],
    ids=lambda text: repr(text[:24]),
)  # fmt: skip
def test_search_does_not_choke_on(orchard, text):
    assert isinstance(search_everything(text), list)
    assert found("oak valley") == {"ma-oak"}


@pytest.mark.parametrize("text", ["", " ", "\t\n", '"', "--", "…"])
def test_no_word_finds_nothing(orchard, text):
    assert search_everything(text) == []


def test_operators_are_words_like_others(orchard):
    assert found("oak valley OR") == set()
    assert found('"oak" "valley"') == {"ma-oak"}
