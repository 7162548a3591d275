import pytest

from grappe.domain.errors import DatasetError, GrappeError, InputRefused, Problem, UnknownThing
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.measure_problems import TABLE_PROBLEMS
from grappe.present.problems import ERRORS, PROBLEMS, error_words, problem_words, reason_words


def test_a_problem_gives_place_value_expectation_and_way_out():
    problem = Problem("bad_date", "tiny/a.yml", 17, "xx-a.created", "2010-13")
    words = problem_words(problem, "en")
    assert (
        words == "tiny/a.yml, line 17, field 'xx-a.created': '2010-13' "
        "is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD."
    )


def test_what_a_problem_does_not_know_it_does_not_say():
    assert problem_words(Problem("missing_file", "tiny/dataset.yml"), "en") == (
        "tiny/dataset.yml: is missing. A data set is a folder with this file in it."
    )


def test_an_empty_value_is_a_value():
    assert "''" in problem_words(Problem("bad_text", "tiny/a.yml", 1, "xx-a.name", ""), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("value", ["{accepted}", "{0}", "100 %", "{"])
def test_a_value_with_braces_is_quoted_and_not_filled(value: str, language: str):
    problem = Problem("bad_code", "tiny/a.yml", 1, "xx-a.sector", value, {"accepted": "1, 2, {3}"})
    assert value in problem_words(problem, language)
    assert "1, 2, {3}" in problem_words(problem, language)


def test_a_refused_data_set_lists_every_problem_a_line_each():
    error = DatasetError(
        "tiny", [Problem("empty_file", "tiny/a.yml", 1), Problem("empty_file", "tiny/b.yml", 1)]
    )
    lines = error_words(error, "en").split("\n")
    assert lines[0] == "Data set tiny is refused, 2 problem(s); the database is as before."
    assert [line.split(":")[0] for line in lines[1:]] == ["  tiny/a.yml, line 1", "  tiny/b.yml, line 1"]


def test_an_error_is_worded_with_what_it_knows_and_a_dash_for_what_it_does_not():
    error = UnknownThing("unknown_entity", id="ma-ce4m", close="")
    assert error_words(error, "en") == "There is no `ma-ce4m` in the census. Close: -."


@pytest.mark.parametrize(
    "table", [PROBLEMS, TABLE_PROBLEMS, ERRORS], ids=["problems", "problems of tables", "errors"]
)
def test_sentences_end_with_a_full_stop_and_say_a_way_out(table: dict[str, str]):
    for code, words in table.items():
        assert words.endswith("."), code


def test_an_error_without_words_of_its_own_still_says_its_code():
    assert error_words(GrappeError("odd"), "en") == "odd"


def test_a_problem_of_a_table_stands_in_a_row_and_a_column():
    problem = Problem("negative_weight", "firms.csv", 17, "jobs", "-3")
    assert problem_words(problem, "en") == (
        "firms.csv, row 17, column 'jobs': '-3' is negative. A weight is zero or more."
    )
    assert reason_words(problem, "fr").startswith("est négatif")


def test_the_role_of_a_column_is_said_in_words_and_its_option_by_name():
    error = InputRefused("column_not_found", role="lon", columns="a, b")
    assert error_words(error, "fr") == (
        "Aucune colonne ne ressemble à : longitude. La nommer avec --lon. Colonnes : a, b."
    )


@pytest.mark.parametrize(("language", "words"), [("en", "meeting"), ("fr", "rendez-vous"), ("ar", "لقاء")])
def test_what_there_is_not_is_named_in_the_language_of_the_reader(language, words):
    assert words in error_words(UnknownThing(kind="meeting", id=7), language)
