from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.worlds import field_of, said

from grappe.census.agreement import agree, severity, width
from grappe.domain.finding import Severity

A = "cluster-a"


def agrees(name: str, one: object, other: object, **more: object) -> bool:
    return agree(field_of(A, name), said(A, name, one, 12), said(A, name, other, 500, **more))


def grave(name: str, one: object, other: object) -> Severity:
    return severity(field_of(A, name), said(A, name, one, 12), said(A, name, other, 500))


@pytest.mark.parametrize(
    ("name", "one", "other", "together"),
    [
        ("created", "2010", "2010-12", True),
        ("created", "2015", "2018", False),
        ("created", "2010-12-31", "2011", False),
        ("members_total", 85, 85, True),
        ("members_total", 85, 86, False),
        ("name", "Cluster Électronique", "CLUSTER ELECTRONIQUE", True),
        ("name", "Cluster Solaire", "Cluster Énergie Solaire", False),
        ("website", "https://www.ce3m.ma/", "ce3m.ma", True),
        ("website", "www.ce3m.ma", "www.ce3m.com", False),
        ("place", "place-a place-b", "place-b place-a", True),
        ("place", "place-a", "place-a place-b", False),
        ("sector", 1, 1, True),
        ("sector", 1, 2, False),
        ("president", "person-a", "person-b", False),
        ("country", "MA", "MA", True),
        ("partner_north", True, True, True),
    ],
)
def test_when_two_values_can_both_be_true(name: str, one: object, other: object, together: bool):
    assert agrees(name, one, other) is together
    assert agrees(name, other, one) is together


def test_a_figure_agrees_with_what_its_precision_allows():
    assert agrees("members_total", 85, 80, precision="at_least")
    assert not agrees("members_total", 79, 80, precision="at_least")
    assert agrees("jobs", 10_500, 11_000, precision="about")


def test_the_same_number_of_another_unit_is_another_figure():
    field = field_of(A, "figure")
    dinars = said(A, "figure", 5, of="turnover", unit="DZD")
    assert not agree(field, dinars, said(A, "figure", 5, 501, of="turnover", unit="TND"))
    assert agree(field, dinars, said(A, "figure", 5, 501, of="turnover", unit="DZD"))


def test_names_in_two_languages_are_no_rivals():
    assert agrees("name", "Cluster du lait", "عنقود الحليب", language="ar")
    assert not agrees("name", "Cluster du lait", "عنقود الحليب", language="fr")


def test_a_code_agrees_with_its_broader_code():
    assert agrees("legal_form", "association", "scientific_association") is True
    assert agrees("legal_form", "association", "economic_interest_group") is False


def test_the_narrower_code_is_the_more_precise():
    field = field_of(A, "legal_form")
    narrow, broad = said(A, "legal_form", "scientific_association"), said(A, "legal_form", "association")
    assert width(field, narrow) < width(field, broad)


def test_widths_are_in_the_unit_of_the_field():
    assert width(field_of(A, "created"), said(A, "created", "2010-12")) == 31
    assert width(field_of(A, "jobs"), said(A, "jobs", 100, precision="range", low=90, high=130)) == 130 - 90
    assert width(field_of(A, "jobs"), said(A, "jobs", 100, precision="at_least")) == inf
    assert width(field_of(A, "name"), said(A, "name", "Cuir")) == 0


@pytest.mark.parametrize(
    ("name", "one", "other", "expected"),
    [
        ("name", "Cluster Mecatronic de Tunisie", "Cluster Mécatronique de Tunisie", Severity.MINOR),
        (
            "name",
            "Pharma In",
            "Cluster Pharma In",
            Severity.MINOR,
        ),  # the words of one are among those of the other
        ("name", "Interclustering", "Inter-clustering", Severity.MINOR),
        ("name", "Cluster Sfax HealthTech", "Cluster Sfax Health Tech", Severity.MINOR),
        (
            "name",
            "Ambassade de France",
            "Représentation de la France à Rabat",
            Severity.MINOR,
        ),  # a telling word in common
        ("name", "Cluster Lait", "Cluster Mécanique", Severity.MAJOR),  # "cluster" tells nothing
        ("acronym", "C2TM", "CT2M", Severity.MAJOR),
        ("place", "place-a", "place-a place-b", Severity.MINOR),  # one is the coarser
        ("place", "place-a", "place-b", Severity.MAJOR),
        ("created", "2015", "2018", Severity.MAJOR),
        ("sector", 2, 6, Severity.MAJOR),
        ("members_total", 38, 42, Severity.MAJOR),
    ],
)
def test_spellings_and_coarser_places_are_minor_all_else_is_major(
    name: str, one: object, other: object, expected: Severity
):
    assert grave(name, one, other) is expected
    assert grave(name, other, one) is expected


VALUES = {
    "created": st.sampled_from(["2010", "2010-12", "2010-12-05", "2011", "2011-01"]),
    "members_total": st.integers(0, 200),
    "name": st.text("abé ", min_size=1, max_size=4),
    "place": st.lists(st.sampled_from(["place-a", "place-b", "place-c"]), min_size=1, max_size=3).map(tuple),
    "sector": st.integers(1, 7),
}


@pytest.mark.parametrize("name", VALUES)
@given(data=st.data())
def test_agreement_and_severity_are_symmetric_and_a_value_agrees_with_itself(name: str, data: st.DataObject):
    one, other = data.draw(VALUES[name]), data.draw(VALUES[name])
    assert agrees(name, one, other) == agrees(name, other, one)
    assert grave(name, one, other) is grave(name, other, one)
    assert agrees(name, one, one)
