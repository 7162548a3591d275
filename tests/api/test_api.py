"""The API: one form of errors, downloads that open, a description that holds."""

import csv
import io
import json

import pytest

from grappe.domain.vocabulary import vocabulary
from grappe.present.clusters import KEYS
from grappe.web.api.tables import as_csv


@pytest.mark.parametrize(
    ("address", "status", "code", "some"),
    [
        ("clusters?country=FR", 400, "bad_choice", ["MA", "DZ", "TN"]),
        ("clusters?sector=8", 400, "bad_choice", list("1234567")),
        ("clusters?state=attendu", 400, "bad_choice", ["expected"]),
        ("clusters?anchoring=deep", 400, "bad_choice", ["rooted", "constructed"]),
        ("clusters?north=perhaps", 400, "bad_choice", ["true", "false"]),
        ("clusters?scope=x", 400, "bad_choice", ["tables", "mentioned", "all"]),
        ("clusters?sort=beauty", 400, "bad_choice", ["source", "name"]),
        ("clusters?on=soon", 400, "bad_choice", ["YYYY"]),
        ("clusters?known=soon", 400, "bad_choice", ["YYYY"]),
        ("clusters.csv?sector=8", 400, "bad_choice", list("1234567")),
        ("map.geojson?country=XX", 400, "bad_choice", ["MA"]),
        ("map.geojson?layer=roads", 400, "bad_choice", ["clusters", "forms", "links"]),
        ("map.geojson?lang=de", 400, "bad_choice", ["fr", "en", "ar"]),
        ("links?kind=x", 400, "bad_choice", ["partnership"]),
        ("links?level=x", 400, "bad_choice", ["euromed"]),
        ("links?cluster=nobody", 404, None, None),
        ("sheets/nobody", 404, "unknown_entity", None),
        ("clusters/nobody", 404, "unknown_entity", None),
        ("statements/0", 404, "unknown_statement", None),
        ("nothing/here", 404, "unknown_address", None),
        ("clusters/ma-ce3m/more", 404, "unknown_address", None),
    ],
)
def test_errors_are_json_of_one_form_with_the_accepted_values(get, address, status, code, some):
    answer = get(address)
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (status, "application/json")
    body = answer.json()
    assert {"error", "message", "params"} <= body.keys()
    assert code is None or body["error"] == code
    assert body["message"].strip()
    assert "{" not in body["message"]
    assert "Traceback" not in answer.content.decode()
    if some:
        assert set(some) <= set(body["accepted"])


def test_an_unknown_entity_names_those_that_look_alike(get):
    assert "ma-ce3m" in get("sheets/ma-ce3n").json()["params"]["close"]


@pytest.mark.parametrize("bad", ["%00", "%22", "'%20OR%201=1", "%FF", "*" * 300, "%D8%A7"])
def test_odd_words_are_searched_like_others(get, bad):
    for address in (f"search?q={bad}", f"clusters?q={bad}", f"organisations?q={bad}"):
        assert get(address).status_code == 200
        assert isinstance(get(address).json(), list)


def test_an_empty_parameter_is_no_filter(get):
    everything = get("clusters").json()
    assert get("clusters?country=&sector=&state=&q=&north=&on=&known=").json() == everything


def test_no_statement_is_changed_by_asking(get):
    for method in ("post", "put", "delete", "patch"):
        from django.test import Client

        answer = getattr(Client(), method)("/api/clusters")
        assert answer.status_code == 405


def test_the_index_names_addresses_that_answer_and_the_accepted_values(get):
    body = get("").json()
    some = get("sheets/ma-ce3m").json()["fields"]["name"]["statement"]
    for address in body["addresses"]:
        filled = address.replace("statements/{id}", f"statements/{some}").replace("{id}", "ma-ce3m")
        filled = filled.replace("{scheme}", "tn-poles")
        assert get(filled.removeprefix("/api/")).status_code == 200, address
    assert body["filters"]["sector"] == list("1234567")


def test_openapi_describes_every_list(get):
    body = get("openapi.json").json()
    assert body["info"]["title"] == "grappe"
    for name in (
        "clusters", "clusters.csv", "sheets/{entity}", "links", "organisations", "forms", "potential",
        "programmes", "instruments", "disputes", "findings", "search", "map.geojson", "sources",
    ):  # fmt: skip
        operation = body["paths"][f"/api/{name}"]["get"]
        assert operation["summary"]
    ids = [op["operationId"] for path in body["paths"].values() for op in path.values()]
    assert len(set(ids)) == len(ids)


def test_openapi_names_the_filters_of_clusters(get):
    operation = get("openapi.json").json()["paths"]["/api/clusters"]["get"]
    named = {parameter["name"] for parameter in operation.get("parameters", [])}
    assert named >= {
        "country",
        "sector",
        "state",
        "anchoring",
        "north",
        "south",
        "creative",
        "q",
        "on",
        "known",
    }


def rows_of_csv(answer) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_csv_opens_with_the_same_rows_as_the_json(get):
    answer = get("clusters.csv?country=MA")
    assert answer["Content-Type"].startswith("text/csv")
    assert 'filename="clusters.csv"' in answer["Content-Disposition"]
    assert answer.content.startswith("\ufeff".encode())  # spreadsheets then read the accents right
    rows, plain = rows_of_csv(answer), get("clusters?country=MA").json()
    assert list(rows[0]) == list(KEYS)
    assert [row["id"] for row in rows] == [row["id"] for row in plain]
    for row, expected in zip(rows, plain, strict=True):
        assert row["name"] == expected["name"]
        assert row["sector"] == str(expected["sector"] or "")
        assert row["partner_north"] == ("true" if expected["partner_north"] else "")
        assert row["places"] == "; ".join(expected["places"])


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("+33 1", "'+33 1"), ("@x", "'@x"), ("-x", "'-x"), (-7.5, "-7.5"), (0, "0"),
        (None, ""), (True, "true"), (False, "false"), (["a", "b"], "a; b"), ('say "x", y', 'say "x", y'),
        ("two\nlines", "two\nlines"), ("عنقود", "عنقود"), (["=1+1"], "'=1+1"),
    ],
)  # fmt: skip
def test_a_cell_of_a_csv_keeps_its_value_and_runs_no_formula(value, cell):
    answer = as_csv([{"a": value, "b": "end"}], ("a", "b"), "x")
    assert rows_of_csv(answer) == [{"a": cell, "b": "end"}]


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_map_is_valid_geojson_with_addresses_in_the_language(get, language):
    answer = get(f"map.geojson?lang={language}")
    assert answer["Content-Type"] == "application/geo+json"
    body = answer.json()
    assert body["type"] == "FeatureCollection"
    kinds = set()
    for feature in body["features"]:
        assert feature["type"] == "Feature"
        told, shape = feature["properties"], feature["geometry"]
        points = [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"]
        assert shape["type"] in ("Point", "LineString")
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
        for key in ("url", "a_url", "b_url"):
            assert told.get(key) is None or told[key].startswith(f"/{language}/"), told
        kinds.add(told["kind"])
    assert kinds == {"cluster", "form", "link"}


def test_clusters_stand_in_or_near_the_maghreb(get):
    for feature in get("map.geojson?layer=clusters").json()["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert -18 < lon < 26, feature["properties"]
        assert 14 < lat < 38, feature["properties"]


def test_the_map_follows_the_filters_of_the_list(get):
    query = "country=TN&sector=1"
    listed = {row["id"] for row in get(f"clusters?{query}").json()}
    drawn = {f["properties"]["id"] for f in get(f"map.geojson?layer=clusters&{query}").json()["features"]}
    assert drawn
    assert drawn <= listed


def test_every_cluster_of_the_tables_is_drawn_or_has_no_located_place(get):
    drawn = {f["properties"]["id"] for f in get("map.geojson?layer=clusters").json()["features"]}
    missing = [row for row in get("clusters").json() if row["id"] not in drawn]
    assert all(not row["places"] for row in missing), [row["id"] for row in missing]


def test_levels_of_lines_are_those_of_the_links(get):
    for feature in get("map.geojson?layer=links").json()["features"]:
        level = feature["properties"]["level"]
        assert level is None or level in vocabulary("level")


def test_no_personal_name_is_found_on_the_map(get):
    presidents = [row["name"] for row in get("sheets/ma-mnc").json()["people"]]
    text = get("map.geojson").content.decode()
    assert presidents
    assert not [name for name in presidents if name in text]


def test_people_have_no_sheet_of_their_own(get):
    (president,) = [r["value"] for r in get("sheets/ma-mnc").json()["people"] if r["role"] == "president"]
    assert get(f"sheets/{president}").status_code == 404


def test_a_statement_tells_its_line_and_its_decisions(get):
    created = get("sheets/ma-ce3m").json()["fields"]["created"]
    body = get(f"statements/{created['statement']}").json()
    assert (body["entity"], body["field"], body["value"]) == ("ma-ce3m", "created", created["value"])
    assert body["locator"] == created["locator"]
    assert body["decisions"][0]["verdict"] == "loaded"


def test_sources_name_the_study_with_the_number_of_its_statements(get):
    rows = {row["id"]: row for row in get("sources").json()}
    study = rows["ipemed-2019"]
    assert study["author"] == "Paulette Pommier"
    assert study["statements"] > 1000


def test_json_is_utf_8_and_not_escaped(get):
    assert "é".encode() in get("clusters").content
    assert json.loads(get("clusters").content)
