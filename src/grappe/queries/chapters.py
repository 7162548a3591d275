"""What does the census hold of one country, or of all? Chapters, and the whole study."""

from collections.abc import Callable, Iterator

from grappe.census.editions import TODAY, Edition
from grappe.census.editions import edition as edition_of
from grappe.domain.errors import BadChoice
from grappe.present.report.content import Block, Chapter, Citation, Study
from grappe.queries.chapter_answers import ALL, Answers
from grappe.queries.chapter_claims import claims
from grappe.queries.chapter_comparison import all_in_figures, forms_matrix, side_by_side
from grappe.queries.chapter_cooperation import cooperation
from grappe.queries.chapter_events import changes
from grappe.queries.chapter_policy import policy
from grappe.queries.chapter_schemes import schemes_of_all
from grappe.queries.chapter_sheets import sheets
from grappe.queries.chapter_sources import citation, cited_in, method, sources
from grappe.queries.chapter_tables import by_sector, introduction, table_of_the_study, the_map
from grappe.queries.chapter_unknowns import disputes_and_unknowns
from grappe.queries.filters import COUNTRIES
from grappe.queries.moment import Moment, moment

Section = Callable[[Answers], Iterator[Block]]
SECTIONS: tuple[Section, ...] = (
    introduction, policy, by_sector, table_of_the_study, the_map, changes, cooperation, claims,
    disputes_and_unknowns, sheets,
)  # fmt: skip
"""Sections of a chapter, in order; method and sources come last, as they count what the others cite."""
COMPARED: tuple[Section, ...] = (
    all_in_figures, the_map, side_by_side, forms_matrix, schemes_of_all, changes, claims,
)  # fmt: skip
"""Sections of the chapter that compares the countries."""


def covered() -> tuple[str, ...]:
    """Countries that a chapter can be written of."""
    return COUNTRIES


def edition_moment(edition: str | None, known: str | None = None) -> Moment:
    """The moment of an edition: ``2014``, ``2019``, ``today``, or any date.

    Raises
    ------
    BadChoice
        If it is none of these.
    UnknownThing
        If nothing is loaded.
    """
    newest = moment(None, known)
    chosen = named_edition(edition, newest)
    # The newest day itself, so that what is kept of its answers serves.
    return newest if chosen.day.text == newest.on.text else moment(chosen.day.text, known)


def named_edition(name: str | None, newest: Moment) -> Edition:
    """A named edition, or any day, as the census of a moment knows them."""
    return edition_of(name or TODAY, newest.on)


def check_country(country: str) -> str:
    """The code of a country that the census covers, or of all of them.

    Raises
    ------
    BadChoice
        If it covers none of this code.
    """
    code = country.strip().upper()
    if code not in (*COUNTRIES, ALL):
        raise BadChoice(name="country", value=country, accepted=", ".join((*COUNTRIES, ALL)))
    return code


def report_of(country: str, edition: str | None = None, known: str | None = None) -> Chapter | Study:
    """The chapter of a country, or of ``ALL`` the whole study.

    Raises
    ------
    BadChoice
        If the census does not cover the country, or there is no such edition.
    UnknownThing
        If nothing is loaded.
    """
    code = check_country(country)
    return study(edition, known) if code == ALL else chapter(code, edition, known)


def chapter(country: str, edition: str | None = None, known: str | None = None) -> Chapter:
    """The chapter of a country in an edition, as content without words of any language.

    Raises
    ------
    BadChoice
        If the census does not cover the country, or there is no such edition.
    UnknownThing
        If nothing is loaded.
    """
    answers = _answers(check_country(country), edition, known)
    blocks = [block for section in (*SECTIONS, method) for block in section(answers)]
    blocks += sources(answers, set(cited_in(blocks)))
    return _bound(answers, edition, blocks)


def study(edition: str | None = None, known: str | None = None) -> Study:
    """The whole study: the countries side by side, the chapter of each, then method and sources once.

    Raises
    ------
    BadChoice
        If there is no such edition.
    UnknownThing
        If nothing is loaded.
    """
    everywhere = _answers(ALL, edition, known)
    parts = [(everywhere, [block for section in COMPARED for block in section(everywhere)])]
    for code in COUNTRIES:
        answers = _answers(code, edition, known, everywhere.outside)
        if blocks := [block for section in SECTIONS for block in section(answers)]:
            parts.append((answers, blocks))
    last = list(method(everywhere))
    cited = {one for _, blocks in parts for one in cited_in(blocks)}
    last += sources(everywhere, cited)
    chapters = tuple(_bound(answers, edition, blocks) for answers, blocks in parts)
    return Study(chapters, _bound(everywhere, edition, last))


def _answers(
    code: str, edition: str | None, known: str | None, outside: dict[str, Citation] | None = None
) -> Answers:
    named = named_edition(edition, moment(None, known))
    return Answers(code, edition_moment(edition, known), named, outside)


def _bound(answers: Answers, edition: str | None, blocks: list[Block]) -> Chapter:
    return Chapter(
        country=answers.country,
        edition=edition or TODAY,
        on=answers.when.on.text,
        blocks=tuple(blocks),
        citations={one: citation(answers, one) for one in sorted(set(cited_in(blocks)))},
        sources={id: source.title for id, source in sorted(answers.facts.sources.items())},
    )
