"""The 28 identity sheets, read here a second time by their labels, against the statements of the census."""

import re
from dataclasses import dataclass

import pytest

from grappe.census import Census
from grappe.domain.fold import fold
from grappe.domain.statement import Statement

SHEETS = [
    "ma-ce3m",
    "ma-aerospace",
    "ma-mnc",
    "ma-c2tm",
    "ma-mdc",
    "ma-cise",
    "ma-solaire",
    "ma-emc",
    "ma-ahp",
    "ma-menara",
    "ma-agrinova",
    "dz-cmp",
    "dz-adc",
    "dz-ces",
    "dz-cba",
    "dz-huile-olive-bouira",
    "tn-cmt",
    "tn-mecadev",
    "tn-2ts",
    "tn-healthtech",
    "tn-elentica",
    "tn-logistique-sfax",
    "tn-pharma-in",
    "tn-primeurs-sud",
    "tn-huile-olive-no",
    "tn-dattes",
    "tn-lait-bovin",
    "tn-produits-mer",
]

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
CREATED = re.compile(r"Date de création : (?:(\w+) )?(\d{4})")
LABELLED = re.compile(r"Date de labellisation : (\d{4})")
WEBSITE = re.compile(r"www\.[^\s<]+")
NAME = r" : ([^,<(\t]+?)(?= *(?:,|<|\(|\t|$| [A-ZÉ]{5,} :| [A-ZÉ]{5,} GÉNÉRALE :))"
PRESIDENT = re.compile(r"(?<![-\w])PRÉSIDENTE?" + NAME)
MARKUP = re.compile(r"<[^>]+>")
WITHIN = re.compile(r"\(dont [^)]*\)|\b(?:19|20)\d\d\b|\d+ milliards?|\d+ ?%")
"""Parts of a category, years, amounts of money and shares: no number of members or jobs."""
NUMBER = re.compile(r"\b\d{1,3}(?:[ .]\d{3})+\b|\b\d+\b")


@dataclass(frozen=True)
class Sheet:
    """Lines of one sheet, by their number."""

    lines: dict[int, str]

    def matches(self, pattern: re.Pattern[str]) -> list[tuple[int, re.Match[str]]]:
        return [(n, found) for n, line in self.lines.items() for found in pattern.finditer(line)]

    def labelled(self, label: str) -> list[tuple[int, str]]:
        """Rows of the sheet that begin with a label, without their markup."""
        rows = [(n, line.split("\t", 1)) for n, line in self.lines.items() if line.startswith(label)]
        return [(n, MARKUP.sub(" ", row[1]).strip()) for n, row in rows if len(row) > 1]


@pytest.fixture(scope="module")
def sheets(study: list[str]) -> dict[str, Sheet]:
    """Each sheet runs from behind the cooperation rows of the one before to its own."""
    starts = [n for n, line in enumerate(study, 1) if n > 1110 and line.startswith("Secteur d'activité")]
    assert len(starts) == len(SHEETS)
    found = {}
    for cluster, start, end in zip(SHEETS, starts, [*starts[1:], len(study) + 1], strict=True):
        # The head of a sheet, with dates and officers, stands in the three lines before its sector.
        first, last = start - 3, end - 4 if end <= len(study) else end - 1
        found[cluster] = Sheet({n: study[n - 1] for n in range(first, last + 1)})
    return found


def cited(maghreb: Census, cluster: str, field: str, line: int) -> list[Statement]:
    """Statements of one field that cite a line."""
    return [
        s for s in maghreb.facts.statements(cluster, field) if line in s.lines and s.source == "ipemed-2019"
    ]


@pytest.mark.parametrize("cluster", SHEETS)
def test_the_date_of_creation_is_the_one_printed_at_its_precision(
    maghreb: Census, sheets: dict[str, Sheet], cluster: str
):
    for line, printed in sheets[cluster].matches(CREATED):
        month, year = printed.groups()
        expected = f"{year}-{MONTHS.index(month) + 1:02}" if month else year
        assert [s.value for s in cited(maghreb, cluster, "created", line)] == [expected]
    for line, printed in sheets[cluster].matches(LABELLED):
        assert [s.value for s in cited(maghreb, cluster, "labelled", line)] == [printed.group(1)]


@pytest.mark.parametrize("cluster", SHEETS)
def test_the_address_is_the_one_printed(maghreb: Census, sheets: dict[str, Sheet], cluster: str):
    head = min(sheets[cluster].lines)
    for line, printed in sheets[cluster].matches(WEBSITE):
        if line < head + 4:
            assert printed.group() in [s.value for s in cited(maghreb, cluster, "website", line)]


@pytest.mark.parametrize("cluster", SHEETS)
def test_the_president_is_the_person_printed(maghreb: Census, sheets: dict[str, Sheet], cluster: str):
    for line, printed in sheets[cluster].matches(PRESIDENT):
        held = cited(maghreb, cluster, "president", line) + cited(maghreb, cluster, "acting_president", line)
        names = [fold(str(n.value)) for s in held for n in maghreb.facts.statements(str(s.value), "name")]
        assert fold(printed.group(1)) in names


@pytest.mark.parametrize("cluster", SHEETS)
def test_sector_and_place_of_the_sheet_are_said(maghreb: Census, sheets: dict[str, Sheet], cluster: str):
    for label, fields in (
        ("Secteur d'activité", ("sector", "industry")),
        ("Localisation", ("place", "territory")),
    ):
        for line, _ in sheets[cluster].labelled(label):
            assert any(cited(maghreb, cluster, field, line) for field in fields), f"{label}, line {line}"


@pytest.mark.parametrize("cluster", SHEETS)
def test_every_number_of_members_and_jobs_is_said(maghreb: Census, sheets: dict[str, Sheet], cluster: str):
    for line, words in sheets[cluster].labelled("Membres"):
        printed = {int(re.sub(r"\D", "", number)) for number in NUMBER.findall(WITHIN.sub(" ", words))}
        said: set[float] = set()
        for statement in maghreb.facts.statements(cluster):
            if line in statement.lines and isinstance(statement.value, int | float):
                said |= {
                    statement.value,
                    *(
                        v
                        for k in ("low", "high")
                        if isinstance(v := statement.attributes.get(k), int | float)
                    ),
                }
        assert printed - said == set(), f"line {line}: {words}"


@pytest.mark.parametrize("cluster", SHEETS)
def test_something_is_said_of_every_row_of_the_sheet(maghreb: Census, sheets: dict[str, Sheet], cluster: str):
    lines = {line for s in maghreb.dataset.statements for line in s.lines}
    rows = [
        (n, line.split("\t")[0])
        for n, line in sheets[cluster].lines.items()
        if re.match(r"[A-ZÉ][^\t]*\t\S", line)
    ]
    assert [row for row in rows if row[0] not in lines] == []


LEVELS = {"National": "national", "Euro-méditerranéen": "euromed", "Extra-régional": "extra_regional"}


@pytest.mark.parametrize("cluster", SHEETS)
def test_the_level_printed_is_that_of_the_row_cited(maghreb: Census, sheets: dict[str, Sheet], cluster: str):
    rows = {line: level for label, level in LEVELS.items() for line, _ in sheets[cluster].labelled(label)}
    for statement in maghreb.dataset.statements:
        for line in set(statement.lines) & rows.keys():
            if statement.field == "level":
                assert statement.value == rows[line], f"{statement.entity}, line {line}"
            elif statement.field == "cooperation_country" and statement.entity == cluster:
                assert statement.attributes["level"] == rows[line], f"{statement.value}, line {line}"


@pytest.mark.parametrize("cluster", SHEETS)
def test_every_row_of_cooperation_that_names_somebody_gives_a_link_or_a_country(
    maghreb: Census, sheets: dict[str, Sheet], cluster: str
):
    for label, level in LEVELS.items():
        for line, words in sheets[cluster].labelled(label):
            found = [
                s
                for s in maghreb.dataset.statements
                if line in s.lines
                and (s.field == "level" or (s.field == "cooperation_country" and s.entity == cluster))
            ]
            # Two rows tell of a plan or a search and name nobody: no word in them but the first is a name.
            names_nobody = not re.search(r"\w.*\b[A-ZÉ]", words)
            assert found or names_nobody, f"{level}, line {line}: {words}"
