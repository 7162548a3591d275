"""Relations that sentences state, names within them, forms and seats; all names are invented."""

import pytest

from grappe.census.reading import Mention, Reading, document_of, read
from grappe.census.reading.known_names import KnownNames, bodies_of
from grappe.census.reading.relations import Before, relations_of
from grappe.domain.entity import Kind

WOOL = Mention(Kind.CLUSTER, "Wool Hills Cluster", "WHC", "JO")
SALT = Mention(Kind.CLUSTER, "Cluster du Sel", None, "JO")
PARK = Mention(Kind.FORM, "Pôle de Zarqa", "PZQ", "JO")
RAIN = Mention(Kind.PROGRAMME, "Programme Pluie")


@pytest.fixture
def names() -> KnownNames:
    found = KnownNames()
    for one in (WOOL, SALT, PARK, RAIN):
        found.add(one.name, one)
        if one.acronym:
            found.add(one.acronym, one, acronym=True)
    return found


def told(sentence: str, names: KnownNames, before: Before | None = None) -> set[tuple[str, str, str]]:
    """Relations of a sentence: who does it, to whom, what."""
    return {
        (one.source.name, one.target.name, one.kind)
        for one in relations_of(sentence, names, 1, before or Before())
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Le Cluster du Sel, appuyé par la GIX, exporte.",
            {("GIX", "Cluster du Sel", "support")},
        ),
        (
            "The Wool Hills Cluster was launched with the support of the Ministry of Wool.",
            {("Ministry of Wool", "Wool Hills Cluster", "support")},
        ),
        (
            "WHC travaille avec l'Université de Salt et le Pôle de Zarqa.",
            {
                ("Wool Hills Cluster", "Université de Salt", "partnership"),
                ("Wool Hills Cluster", "Pôle de Zarqa", "partnership"),
            },
        ),
        (
            "Un accord conclu entre le Cluster du Sel et le Wool Hills Cluster.",
            {("Cluster du Sel", "Wool Hills Cluster", "partnership")},
        ),
        (
            "Le Programme Pluie est cofinancé par l'Union des Villes.",
            {("Union des Villes", "Programme Pluie", "support")},
        ),
        ("Il a beaucoup plu cette année sur le Pôle de Zarqa.", set()),
        ("La GIX est appuyée par la BXY.", set()),
    ],
)
def test_a_sentence_tells_who_does_what_with_whom(names, sentence, expected):
    assert told(sentence, names) == expected


def test_a_pronoun_stands_for_what_was_named_before(names):
    before = Before(one=SALT)
    assert told("Il entretient des relations étroites avec l'Université de Salt.", names, before) == {
        ("Cluster du Sel", "Université de Salt", "partnership")
    }


def test_these_clusters_are_those_of_the_list_before(names):
    before = Before(many=[(WOOL, 3), (SALT, 4)])
    links = relations_of("Ces deux clusters ont reçu le soutien de la GIX.", names, 6, before)
    assert {(one.source.name, one.target.name, one.lines) for one in links} == {
        ("GIX", "Wool Hills Cluster", (3, 6)),
        ("GIX", "Cluster du Sel", (4, 6)),
    }


def test_of_two_ministries_of_one_name_the_one_of_the_country_is_meant():
    names = KnownNames()
    for country in ("JO", "GH"):
        names.add("Ministère du Sel", Mention(Kind.ORGANISATION, "Ministère du Sel", None, country))
    text = "avec le Ministère du Sel"
    assert [one.mention.country for one in names.find(text, "GH")] == ["GH"]
    assert names.find(text) == []


def test_an_acronym_is_found_in_its_capitals_alone(names):
    assert [one.mention for one in names.find("le PZQ et le pzq")] == [PARK]
    assert names.find("le cluster du sel") == []  # no capital: words of the language


def test_a_body_that_nobody_knows_says_what_it_is(names):
    found = bodies_of("la Chambre de Commerce de Salt, la BXY et l'université", names)
    assert [one.mention.name for one in found] == ["Chambre de Commerce de Salt", "BXY"]


STUDY = """\
CLUSTERS IN JORDAN

Les clusters constitués sont :

- Le Cluster du Sel ;
- Le Cluster du Verre (CDV).

Ces deux clusters ont reçu le soutien de la Fondation Sable.

Un cluster sur les pierres, en formation, suivra. Le cluster en formation autour de l'agropole de Madaba.

La « vallée du verre » de Madaba est dynamique. Ses filières prioritaires sont : le lait, le vin.

Les clusters sous contrat du Ministère du Sable se développent.

On trouve plusieurs clusters sous contrat :

- Le Cluster du Verre (CDV).

CLUSTER DU VERRE (CDV)
Secteur d'activité\tTextile.
Localisation\tMadaba (Jordanie).
Membres\t12 membres.
Activités\tRecherche en lien avec l'Université de Madaba.
"""


@pytest.fixture(scope="module")
def study() -> Reading:
    return read(document_of(STUDY.splitlines()), source="xx-study")


def ends(study: Reading) -> set[tuple[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in study.proposals:
        if one.kind is Kind.LINK and one.field in ("from", "to"):
            found.setdefault(one.entity, {})[one.field] = str(one.value)
    return {(one["from"], one["to"]) for one in found.values()}


def test_lists_sheets_and_prose_of_an_invented_study_give_their_relations(study):
    found = ends(study)
    assert {("jo-fondation-sable", "jo-cluster-du-sel"), ("jo-fondation-sable", "jo-cdv")} <= found
    assert ("jo-cdv", "jo-ministere-du-sable") in found
    assert ("jo-cdv", "jo-universite-de-madaba") in found


def test_a_sentence_introduces_clusters_and_forms(study):
    assert {"Cluster sur les pierres", "Cluster de l'agropole de Madaba"} <= {
        str(one.value) for one in study.proposals if one.kind is Kind.CLUSTER and one.field == "name"
    }
    forms = {(one.field, str(one.value)) for one in study.proposals if one.kind is Kind.FORM}
    assert {
        ("form_kind", "agropole"),
        ("form_kind", "valley"),
        ("speciality", "milk"),
        ("speciality", "wine"),
    } <= forms
