"""Whatever is mistyped in a data set, the answer is a list of problems in words and never a traceback."""

# ruff: noqa: E501 - rows of data sets are written as they stand in their files

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.worlds import CARD

from grappe.census.census import read_dataset
from grappe.domain.errors import DatasetError
from grappe.domain.vocabulary import LANGUAGES
from grappe.present.problems import error_words

World = Callable[[str], Path]

SOUND = f"""
== dataset.yml
{CARD.strip()}
bounds: {{cluster: {{min: 1, max: 9}}}}
== people.yml
kind: person
source: book
as_of: 2019-03
entities:
  person-1: {{name: Amel Benzarti, line: 12, printed: "Amel BENZARTI", also: [{{line: 500, printed: Mme Benzarti}}]}}
  person-2: {{name: {{redacted: asked, line: 13}}}}
== places.yml
kind: place
source: web
as_of: 2019
entities:
  pl-x: {{name: X, lon: 3.5, lat: 36, key: gazetteer}}
== clusters/a.yml
id: xx-a
kind: cluster
source: book
as_of: 2019-03
name:
  - {{value: Cuir, line: 1, column: name, printed: "Cuir (C)"}}
  - {{value: Cuirs, line: [500, 501], printed: Cuirs}}
president: {{value: person-1, title: Directrice, line: 12, printed: "Amel BENZARTI"}}
created: {{value: "2010-12", valid_from: 2010, valid_to: 2015, line: 14, printed: "2010"}}
place: {{value: [pl-x], provisional: true, line: 1, printed: X}}
jobs: {{value: 300, precision: range, low: 200, high: 400, perimeter: members, modality: observed, period: 2016/2018, line: 13, printed: "300"}}
sector: {{value: 4, line: 1, printed: "4", note: {{fr: a, en: b, ar: ج}}}}
== remarks.yml
source: book
remarks:
  - {{id: odd, lines: [12], severity: note, entities: [xx-a], fields: [name], message: {{fr: a, en: b, ar: ج}}}}
== rulings.yml
rulings:
  - {{entity: xx-a, field: name, value: Cuir, line: 1, why: {{fr: a, en: b, ar: ج}}}}
== statements.jsonl
{{"entity": "xx-c", "kind": "cluster", "field": "name", "value": "C", "source": "book", "as_of": "2019", "line": 1, "printed": "C"}}
== statements.csv
entity,kind,field,value,source,as_of,line,printed
xx-d,cluster,name,D,book,2019,3,D
"""
WORD = re.compile(r"[\w.'\"-]+|\{[^{}]*\}|\[[^\[\]]*\]")
SLIPS = [
    "[]", "{}", "null", "1", "1.5", "-1", "true", "''", "[a, b]", "[[1]]", "{a: b}", ".inf", "1:30", "2019-13", "&x", "*x",
    "!!int abc", "!!python/name:os.system", "{redacted: asked, line: 3}", "|", "\t", "\x01", "é", "?", "- ", ": ", "99999999999999999",
    "1e400", "<<: {a: b}", "\u2028",
]  # fmt: skip


def mistyped(seed: int) -> str:
    """The sound world with a word or two replaced, lost or followed by a stray sign; never in a file's name."""
    chance = random.Random(seed)
    text = SOUND
    for _ in range(chance.randint(1, 2)):
        words = [m for m in WORD.finditer(text) if not text[: m.start()].rpartition("\n")[2].startswith("=")]
        word = chance.choice(words)
        slip = chance.choice(
            [*SLIPS, "", word.group() + ":", word.group() + ",", word.group() + "}", word.group() + "\n"]
        )
        text = text[: word.start()] + slip + text[word.end() :]
    return text


def test_the_sound_world_is_accepted(world: World):
    assert len(read_dataset(world(SOUND)).statements) == 3 + 3 + 7 + 1 + 1  # people, place, cluster, two rows


def words_of(folder: Path) -> list[str]:
    """What a refusal says in each language; nothing if the data set is accepted."""
    try:
        read_dataset(folder)
    except DatasetError as error:
        return [error_words(error, language) for language in LANGUAGES]
    return []


@pytest.mark.parametrize("batch", range(8))
def test_a_mistyped_world_is_accepted_or_refused_in_words(world: World, batch: int):
    said = [words_of(world(mistyped(seed))) for seed in range(batch * 40, batch * 40 + 40)]
    assert all(all(words) for words in said)
    # Some slips do no harm, such as another word in a name; most do.
    assert sum(bool(words) for words in said) > 10
