"""Which column is what."""

import pytest

from grappe.agglomeration.register_columns import NAMES, choose_columns, guess, named, plain
from grappe.domain.errors import InputRefused

POINTS = ["lon", "lat", "industry"]


@pytest.mark.parametrize(
    ("columns", "lon", "lat", "industry"),
    [
        (["fhrsid", "business_type_id", "business_type", "lon", "lat"], "lon", "lat", "business_type"),
        (["department", "lat", "lon", "size_class", "clae2", "activity"], "lon", "lat", "clae2"),
        (["siret", "activitePrincipaleEtablissement", "x_longitude", "y_latitude"],
         "x_longitude", "y_latitude", "activitePrincipaleEtablissement"),
        (["nombre_act", "codigo_act", "per_ocu", "latitud", "longitud"], "longitud", "latitud", "codigo_act"),
        (["Raison sociale", "Code NAF", "Latitude", "Longitude"], "Longitude", "Latitude", "Code NAF"),
        (["الاسم", "النشاط", "خط العرض", "خط الطول"], "خط الطول", "خط العرض", "النشاط"),
        (["NACE_REV2_CODE", "LNG", "LAT"], "LNG", "LAT", "NACE_REV2_CODE"),
        (["nome", "ATECO 2007", "LATITUDINE", "Longitude"], "Longitude", "LATITUDINE", "ATECO 2007"),
    ],
)  # fmt: skip
def test_registers_of_several_countries_are_read_without_help(columns, lon, lat, industry):
    if "LATITUDINE" in columns:
        chosen = choose_columns(columns, POINTS, {"lat": "latitudine"})
    else:
        chosen = choose_columns(columns, POINTS, {})
    assert chosen.columns == {"lon": lon, "lat": lat, "industry": industry}


def test_a_column_named_by_the_user_is_not_guessed():
    chosen = choose_columns(["a", "lon", "lat", "naf"], POINTS, {"industry": "A"})
    assert chosen.columns["industry"] == "a"
    assert chosen.guessed == {"lon", "lat"}


@pytest.mark.parametrize(
    ("header", "role", "column"),
    [
        (["Betriebsname", "Längengrad", "Breitengrad", "Wirtschaftszweig"], "industry", "Wirtschaftszweig"),
        (["Firma adı", "Boylam", "Enlem", "NACE kodu", "Çalışan"], "weight", "Çalışan"),
        (["名称", "経度", "緯度", "産業"], "lon", "経度"),
        (["Название", "Широта", "Долгота", "ОКВЭД"], "industry", "ОКВЭД"),
    ],
)
def test_registers_in_other_languages_are_recognised(header: list[str], role: str, column: str):
    assert guess(header, role) == column


def test_names_of_a_preset_go_before_a_guess():
    known = {"industry": ("branch",)}
    assert choose_columns(["naf", "branch"], ["industry"], {}, known=known).columns == {"industry": "branch"}


def test_a_role_that_may_be_missing_is_left_out():
    chosen = choose_columns(["naf"], ["industry"], {}, optional=["value"], named_only=["weight"])
    assert chosen.columns == {"industry": "naf"}


def test_a_weight_is_never_guessed_but_by_a_preset():
    assert "weight" not in choose_columns(["naf", "jobs"], ["industry"], {}, named_only=["weight"]).columns
    known = {"weight": ("jobs",)}
    chosen = choose_columns(["naf", "jobs"], ["industry"], {}, known=known, named_only=["weight"])
    assert chosen.columns["weight"] == "jobs"


def test_a_role_that_no_column_looks_like_is_told_with_the_columns_there_are():
    with pytest.raises(InputRefused) as error:
        choose_columns(["a", "b"], ["industry"], {})
    assert (error.value.code, error.value.params) == (
        "column_not_found",
        {"role": "industry", "columns": "a, b"},
    )


def test_a_column_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(InputRefused) as error:
        named(["a", "b"], "c", "lon")
    assert error.value.code == "no_such_column"
    assert error.value.params["columns"] == "a, b"


def test_two_columns_that_differ_in_case_alone_are_told_apart_by_it():
    assert named(["a", "A"], "A", "lon") == "A"


def test_a_short_name_is_not_found_inside_a_word():
    # "nap" is a nomenclature, and a part of "snapshot".
    assert guess(["snapshot", "lont"], "industry") is None


@pytest.mark.parametrize("role", NAMES)
def test_every_name_of_a_role_is_found_by_itself(role):
    assert [name for name in NAMES[role] if guess([name], role) != name] == []


def test_names_are_compared_without_case_accents_and_marks():
    assert plain("Código_Act") == plain("codigo act") == "codigoact"
