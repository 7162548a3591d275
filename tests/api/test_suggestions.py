"""Suggestions over HTTP: what the command line prints; and the page, without script."""

import json

import pytest
from click.testing import CliRunner

from grappe.cli.suggesting import suggest


@pytest.mark.parametrize(
    ("address", "arguments"),
    [
        ("?id=ma-c2tm", ["ma-c2tm"]),
        ("?id=tn-2ts&level=euromed&top=3", ["tn-2ts", "--level", "euromed", "--top", "3"]),
        ("?id=ma-c2tm&weight=niche=3&weight=size=9&linked=1",
         ["ma-c2tm", "--weight", "niche=3", "--weight", "size=9", "--linked"]),
        ("?countries=MA,TN&on=2024", ["--countries", "MA,TN", "--on", "2024"]),
        ("?programme=ma-maroc-cluster", ["--programme", "ma-maroc-cluster"]),
    ],
)  # fmt: skip
def test_the_api_answers_what_the_command_line_prints(get, census, tmp_path, settings, address, arguments):
    settings.DATA = tmp_path
    done = CliRunner().invoke(suggest, [*arguments, "--json"], obj="en", catch_exceptions=False)
    answer = get(f"suggestions.json{address}&lang=en")
    assert answer.status_code == 200
    assert answer.json() == json.loads(done.stdout)


@pytest.mark.parametrize(
    ("address", "status"),
    [("", 400), ("?id=ma-c2tm&countries=MA,TN", 400), ("?id=nope", 404), ("?id=ma-c2tm&weight=x", 400),
     ("?id=ma-c2tm&lang=xx", 400), ("?id=ma-c2tm&top=-1", 400), ("?id=ma-c2tm&level=moon", 400)],
)  # fmt: skip
def test_odd_questions_are_refused_in_words(get, address, status):
    answer = get(f"suggestions.json{address}")
    assert answer.status_code == status
    assert answer.json()["message"]
