"""Rows of a register made into points and cells."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grappe.agglomeration.register_files import open_register
from grappe.agglomeration.register_rows import choices, read_cell_register, read_point_register
from grappe.agglomeration.registers import preset
from grappe.domain.errors import InputRefused

ROLES = {"lon": "lon", "lat": "lat", "industry": "naf"}


def points(tmp_path: Path, text: str, columns=ROLES, **options):
    path = tmp_path / "r.csv"
    path.write_text(text, "utf-8")
    with open_register(path) as file:
        return read_point_register(file, columns, **options)


def cells(tmp_path: Path, text: str, columns=None, **options):
    path = tmp_path / "r.csv"
    path.write_text(text, "utf-8")
    with open_register(path) as file:
        columns = columns or {"region": "r", "industry": "i", "value": "v"}
        done = read_cell_register(file, columns, **options)
        return done, done.table.order_by("region", "industry").to_pyarrow().to_pylist()


def told(problems):
    return [(p.code, p.line, p.field, p.value) for p in problems]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [("2.35", "48.85"), ('"2,35"', '"48,85"'), (" 2.35 ", "48.85"), ("٢٫٣٥", "٤٨٫٨٥"), ("۲٫۳۵", "۴۸٫۸۵")],
)
def test_coordinates_are_read_as_they_are_printed_in_several_countries(tmp_path, lon, lat):
    done = points(tmp_path, f"lon,lat,naf\n{lon},{lat},0111\n")
    assert done.points.lonlat(done.points.x, done.points.y)[0] == pytest.approx([2.35])
    assert done.points.industries == ("0111",)
    assert done.problems == ()


@pytest.mark.parametrize(
    ("printed", "weight"),
    [("12", 12), ("1 200", 1200), ("1\u202f200", 1200), ('"1,200"', 1200), ('"1.200,5"', 1200.5),
     ('"12,5"', 12.5), ("10-19", 14.5), ("10 à 19", 14.5), ("b. 10-49", 29.5), ("500+", 500), ("0", 0)],
)  # fmt: skip
def test_weights_are_read_as_they_are_printed(tmp_path, printed, weight):
    done = points(tmp_path, f"lon,lat,naf,w\n2,48,01,{printed}\n", ROLES | {"weight": "w"})
    assert done.points.weight.tolist() == [weight]


def test_bad_rows_are_set_aside_with_line_column_and_what_is_printed(tmp_path):
    done = points(
        tmp_path,
        "lon,lat,naf,w\n2,48,a,1\n,48,a,1\n2,x48,a,1\n2,91,a,1\n2,48,,1\n2,48,a,-3\n2,48,a,many\n2,48,a,\n2,48,b,2\n",
        ROLES | {"weight": "w"},
    )
    assert told(done.problems) == [
        ("bad_coordinate", 3, "lon", None),
        ("bad_coordinate", 4, "lat", "x48"),
        ("off_the_globe", 5, "lat", "91"),
        ("missing_industry", 6, "naf", None),
        ("negative_weight", 7, "w", "-3"),
        ("bad_weight", 8, "w", "many"),
        ("bad_weight", 9, "w", None),
    ]
    assert (done.rows, len(done.points)) == (9, 2)
    # The first and the ninth row of data.
    assert done.points.row.tolist() == [1, 9]


def test_no_row_is_ever_lost(tmp_path):
    text = "lon,lat,naf\n2,48,a\n2\n,,\n2,48,b,c\n2,48,\n"
    done = points(tmp_path, text)
    assert done.rows == len(done.points) + len(done.problems) == 5


def test_a_register_whose_rows_are_all_bad_is_refused_with_its_lines(tmp_path):
    with pytest.raises(InputRefused) as error:
        points(tmp_path, "lon,lat,naf\n,48,a\n2,,b\n")
    assert error.value.code == "rows_refused"
    assert [p.line for p in error.value.problems] == [2, 3]


def test_a_register_without_rows_is_refused(tmp_path):
    with pytest.raises(InputRefused) as error:
        points(tmp_path, "lon,lat,naf\n")
    assert error.value.code == "empty_table"


def test_conditions_that_leave_nothing_are_told(tmp_path):
    with pytest.raises(InputRefused) as error:
        points(tmp_path, "lon,lat,naf,open\n2,48,a,no\n", where={"open": ["yes"]})
    assert error.value.code == "all_left_out"


def test_places_outside_the_box_are_bad_rows(tmp_path):
    done = points(tmp_path, "lon,lat,naf\n2,48,a\n3,47,a\n20,48,a\n", box=(-5.0, 41.0, 10.0, 51.0))
    assert told(done.problems) == [("outside_box", 4, "lon", "20")]


def test_places_that_fit_the_box_the_other_way_round_are_refused_as_exchanged(tmp_path):
    with pytest.raises(InputRefused) as error:
        points(tmp_path, "lon,lat,naf\n48,2,a\n47,3,a\n46,2.5,a\n", box=(-5.0, 41.0, 10.0, 51.0))
    assert (error.value.code, error.value.params) == ("swapped_coordinates", {"count": "3"})


def test_kilometres_that_would_go_round_the_earth_are_refused(tmp_path):
    columns = {"x": "x", "y": "y", "industry": "i"}
    text = "x,y,i\n600000,6800000,a\n900000,6400000,a\n"
    with pytest.raises(InputRefused) as error:
        points(tmp_path, text, columns)
    assert error.value.code == "impossible_unit"
    done = points(tmp_path, text, columns, unit="m")
    # 300 km east and 400 km south: 500 km apart.
    assert np.hypot(np.ptp(done.points.x), np.ptp(done.points.y)) == pytest.approx(500)


def test_numbers_of_parquet_are_read_and_their_rows_counted_from_one(tmp_path):
    path = tmp_path / "r.parquet"
    table = pa.table({"lon": [2.0, None, 2.5], "lat": [48.0, 48.0, 48.5], "naf": [111.0, 111.0, 112.0]})
    pq.write_table(table, path)
    with open_register(path) as file:
        done = read_point_register(file, ROLES)
    # Codes kept as decimal numbers are whole numbers again.
    assert done.points.industries == ("111", "112")
    assert told(done.problems) == [("bad_coordinate", 2, "lon", None)]


def test_cells_are_counted_where_no_column_holds_the_count(tmp_path):
    done, rows = cells(tmp_path, "r,i\nn,a\nn,a\ns,b\n", {"region": "r", "industry": "i"})
    assert done.value == "value"
    assert [row["value"] for row in rows] == [1, 1, 1]


def test_intervals_of_cells_are_kept_as_bounds(tmp_path):
    done, rows = cells(tmp_path, "r,i,v\nn,a,7\ns,a,10-19\nt,a,<10\nu,a,500+\n")
    assert done.value == ("low", "high")
    assert [(row["low"], row["high"]) for row in rows] == [(7, 7), (10, 19), (0, 9), (500, float("inf"))]


def test_bad_cells_are_set_aside_with_line_column_and_what_is_printed(tmp_path):
    done, rows = cells(tmp_path, "r,i,v\nn,a,7\n,a,1\nn,,1\nn,b,-2\nn,c,seven\nn,d,19-10\nn,e,\n")
    assert told(done.problems) == [
        ("missing_region", 3, "r", None), ("missing_industry", 4, "i", None),
        ("negative_count", 5, "v", "-2"),
        ("bad_count", 6, "v", "seven"), ("bad_range", 7, "v", "19-10"), ("bad_count", 8, "v", None),
    ]  # fmt: skip
    assert rows == [{"region": "n", "industry": "a", "value": 7.0}]


def test_choices_are_the_values_of_a_column_most_frequent_first(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("level\n54\n55\n55\n", "utf-8")
    with open_register(path) as file:
        assert choices(file, "level") == [("55", 2), ("54", 1)]


def test_classes_of_size_of_sirene_are_intervals_and_closed_establishments_are_left_out(tmp_path):
    known = preset("sirene")
    done = points(
        tmp_path,
        "longitude,latitude,activitePrincipaleEtablissement,trancheEffectifsEtablissement,"
        "etatAdministratifEtablissement\n2,48,13.20Z,11,A\n2,48,13.20Z,NN,A\n2,48,13.20Z,,A\n2,48,13.20Z,12,F\n"
        "2,48,13.20Z,53,A\n",
        {"lon": "longitude", "lat": "latitude", "industry": "activitePrincipaleEtablissement",
         "weight": "trancheEffectifsEtablissement"},
        preset=known,
    )  # fmt: skip
    # Class 11 is 10 to 19 employees, and no count of eleven; 53 is 10,000 or more.
    assert done.points.weight.tolist() == [14.5, 0, 0, 10000]
    assert done.left_out == 1


def test_classes_of_size_of_denue_are_intervals_and_its_municipalities_bear_their_state(tmp_path):
    done, rows = cells(
        tmp_path,
        "codigo_act,per_ocu,cve_ent,cve_mun\n311110,0 a 5 personas,01,001\n"
        "311110,251 y más personas,02,001\n",
        {"region": "cve_mun", "industry": "codigo_act", "value": "per_ocu"},
        preset=preset("denue"),
    )
    assert done.value == ("low", "high")
    assert [(row["region"], row["low"], row["high"]) for row in rows] == [
        ("01001", 0, 5), ("02001", 251, float("inf")),
    ]  # fmt: skip


def test_withheld_cells_of_qcew_are_unknown_and_not_zero(tmp_path):
    done, rows = cells(
        tmp_path,
        "area_fips,own_code,industry_code,agglvl_code,disclosure_code,annual_avg_emplvl\n"
        "01000,5,21,54,,6388\n02000,5,21,54,N,0\n02000,3,21,54,,12\n",
        {"region": "area_fips", "industry": "industry_code", "value": "annual_avg_emplvl"},
        preset=preset("qcew"),
        where={"agglvl_code": ["54"]},
    )
    assert [(row["low"], row["high"]) for row in rows] == [(6388, 6388), (0, float("inf"))]
    assert done.left_out == 1


def test_withheld_cells_of_county_business_patterns_are_their_class(tmp_path):
    done, rows = cells(
        tmp_path,
        "fipstate,fipscty,naics,empflag,emp\n01,001,------,,9999\n01,001,113310,B,0\n01,003,113310,,35\n",
        {"region": "fipscty", "industry": "naics", "value": "emp"},
        preset=preset("cbp"),
    )
    assert [(row["region"], row["low"], row["high"]) for row in rows] == [
        ("01001", 20, 99),
        ("01003", 35, 35),
    ]
    assert done.left_out == 1


def test_places_of_overture_are_read_from_their_structures(tmp_path):
    path = tmp_path / "places.parquet"
    table = pa.table(
        {"bbox": [{"xmin": -7.6, "ymin": 33.6}], "categories": [{"primary": "bakery", "alternate": ["café"]}]}
    )
    pq.write_table(table, path)
    columns = {"lon": "bbox.xmin", "lat": "bbox.ymin", "industry": "categories.primary"}
    with open_register(path) as file:
        assert read_point_register(file, columns).points.industries == ("bakery",)


def test_real_registers_of_two_countries_are_read_without_help(shared_data):
    from grappe.agglomeration.register_columns import choose_columns

    for name, count, bad, industry in (
        (
            "establishments_london_food/food_establishments_london_2021.csv.gz",
            60_280,
            11_379,
            "business_type",
        ),
        ("establishments_buenos_aires/establishments_amba.csv.gz", 47_093, 0, "clae2"),
    ):
        with open_register(shared_data(name)) as file:
            chosen = choose_columns(file.columns, ["lon", "lat", "industry"], {})
            done = read_point_register(file, chosen.columns)
        assert chosen.columns["industry"] == industry
        assert (len(done.points), len(done.problems)) == (count, bad)
