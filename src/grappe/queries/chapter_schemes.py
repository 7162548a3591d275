"""The schemes of a country as dated, cited data: what is in force, phases and amounts, what is left open."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

from grappe.domain.dates import PartialDate
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.scheme import (
    Amount,
    Boundary,
    Condition,
    ConditionKind,
    IndicatorSet,
    Parameter,
    Phase,
    Reading,
    Scheme,
    Validity,
)
from grappe.present.plain import Plain
from grappe.present.report.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Count,
    Country,
    Day,
    Heading,
    Paragraph,
    Sentence,
    Several,
    Table,
    Title,
    Value,
    Word,
)
from grappe.present.scheme_words import SchemeWords
from grappe.queries.chapter_answers import Answers
from grappe.queries.schemes import scheme as one_scheme

IN_FORCE = {True: "in_force_yes", False: "in_force_no", None: "in_force_unknown"}
"""A word for whether a scheme is in force on the day spoken of; the source may not tell."""
BOUNDS = {ConditionKind.MIN: "precision_at_least", ConditionKind.MAX: "precision_at_most"}
UNITS = {
    "mad": "unit_MAD", "tnd": "unit_TND", "eur": "unit_EUR", "year": "unit_year", "month": "unit_month",
    "members": "unit_members", "percent": "unit_percent", "employees": "unit_employees",
}  # fmt: skip
"""Units of the policy desk that the chapter counts in words of its own, in agreement with their number."""


def schemes(answers: Answers) -> Iterator[Block]:
    """A table of the schemes, then for each its phases, its conditions and what its sources leave open."""
    rows = answers.rows("schemes")
    if not rows:
        return
    found = [one_scheme(row["id"]) for row in rows]
    yield Heading("schemes", 2)
    yield Paragraph(
        (
            Sentence(
                "schemes_all" if all(row["in_force"] for row in rows) else "schemes",
                {
                    "country": Country(answers.country),
                    "count": answers.count("schemes", "schemes"),
                    "in_force": answers.count("schemes", in_force=True),
                    "on": Day(answers.when.on.text),
                },
            ),
        )
    )
    yield _table(answers, rows)
    for one in found:
        yield from _scheme(answers, one)


def schemes_of_all(answers: Answers) -> Iterator[Block]:
    """The schemes of all countries in one table; the chapter of each tells the rest."""
    if rows := answers.rows("schemes"):
        yield Heading("schemes")
        yield _table(answers, rows)


def _table(answers: Answers, rows: list[Plain]) -> Table:
    several = len({row["country"] for row in rows}) > 1
    return Table(
        "schemes",
        (
            *((Column("country", 1.6),) if several else ()),
            Column("scheme", 3.6), Column("authority", 2.6), Column("receivers", 2),
            Column("period", 2.6), Column("in_force", 1.5),
        ),
        tuple(
            (
                *((Cell((Country(row["country"]),)),) if several else ()),
                *_line(answers, one_scheme(row["id"]), row["in_force"]),
            )
            for row in rows
        ),
        {"country": Country(answers.country), "on": Day(answers.when.on.text)},
        (answers.ask("schemes"),),
    )  # fmt: skip


def _line(answers: Answers, one: Scheme, state: bool | None) -> tuple[Cell, ...]:
    receivers = tuple(_receiver(one, code) for code in one.receivers)
    return (
        Cell((_name(one),), _cites(answers, one, one)),
        Cell((Title(one.authority),)),
        Cell((Several(receivers, "comma"),)),
        Cell((period(one, one.validity) or Word("blank"),)),
        Cell((Word(IN_FORCE[state]),)),
    )


def _receiver(one: Scheme, code: str) -> Title:
    return in_languages(lambda words: words.receiver(code), one)


def _scheme(answers: Answers, one: Scheme) -> Iterator[Block]:
    yield Heading("scheme", 3, {"name": Title(one.name)})
    if one.summary:
        yield Paragraph((Sentence("as_told", {"text": Title(one.summary)}, _cites(answers, one, one)),))
    for reading in one.readings:
        yield _phases(answers, one, reading)
    asked = answers.ask("schemes", scheme=one.id)
    if one.conditions:
        yield Paragraph((Sentence("conditions", asks=(asked,)),))
        yield Bullets(tuple(_condition(answers, one, condition) for condition in one.conditions))
    if one.indicator_sets:
        yield Bullets(tuple(_indicators(answers, one, version) for version in one.indicator_sets))
    if left := one.open_parameters():
        yield Paragraph((Sentence("left_open", asks=(asked,)),))
        yield Bullets(tuple(_left_open(answers, one, parameter) for parameter in left))


def _indicators(answers: Answers, one: Scheme, version: IndicatorSet) -> Sentence:
    """A version of the indicators: all of them, or how many of how many the source names."""
    cites = _cites(answers, one, version)
    params: dict[str, Value] = {"name": Title(version.name)}
    if not version.indicators:
        return Sentence("indicators_unnamed", params | {"count": Count(version.count)}, cites)
    params["names"] = Several(tuple(Title(indicator.name) for indicator in version.indicators), "comma")
    if len(version.indicators) == version.count:
        return Sentence("indicators", params, cites)
    return Sentence("indicators_some", params | {"count": Count(len(version.indicators))}, cites)


def _left_open(answers: Answers, one: Scheme, parameter: Parameter) -> Sentence:
    params: dict[str, Value] = {"what": Title(parameter.name)}
    if parameter.note is None:
        return Sentence("item", params, _cites(answers, one, parameter))
    return Sentence("item_noted", params | {"note": Title(parameter.note)}, _cites(answers, one, parameter))


def _phases(answers: Answers, one: Scheme, reading: Reading) -> Table:
    first = reading is one.readings[0]
    return Table(
        "phases" if len(one.readings) == 1 else "phases_reading",
        (Column("phase", 3), Column("length", 1.4), Column("amount", 3.4), Column("conditions", 3.4)),
        tuple(_phase(answers, one, phase) for phase in reading.phases),
        {"name": Title(one.name), "reading": Title(reading.name)},
        (answers.ask("schemes", scheme=one.id),),
        (Sentence("as_told", {"text": Title(reading.note)}, _cites(answers, one, reading)),)
        if reading.note
        else () if first else (Sentence("other_reading", asks=(answers.ask("schemes"),)),),
    )  # fmt: skip


def _phase(answers: Answers, one: Scheme, phase: Phase) -> tuple[Cell, ...]:
    amounts = tuple(_amount(one, amount) for amount in phase.amounts)
    length: Value = Count(phase.months, noun="unit_month") if phase.months else Word("not_given")
    conditions = tuple(Title(condition.name) for condition in phase.conditions)
    return (
        Cell((Title(phase.name),), _cites(answers, one, phase)),
        Cell((length,)),
        Cell((Several(amounts, "semicolon"),) if amounts else (Word("not_given"),)),
        Cell((Several(conditions, "semicolon"),) if conditions else (Word("blank"),)),
    )


def _amount(one: Scheme, amount: Amount) -> Value:
    basis = in_languages(lambda words: words.basis(amount.basis), one)
    told: Value = (
        Count(float(amount.value), noun=f"unit_{amount.currency}") if amount.value else Word("not_given")
    )
    if when := period(one, amount.validity):
        return Word("amount_period", {"basis": basis, "amount": told, "period": when})
    return Word("amount", {"basis": basis, "amount": told})


def _condition(answers: Answers, one: Scheme, condition: Condition) -> Sentence:
    cites = _cites(answers, one, condition)
    what = Title(condition.name)
    noun, needed = UNITS.get(str(condition.unit)), condition.needed
    if condition.kind in BOUNDS and noun and isinstance(needed, Decimal):
        figure = Word(BOUNDS[condition.kind], {"figure": Count(float(needed), noun=noun)})
        return Sentence("condition", {"what": what, "threshold": figure}, cites)
    threshold = in_languages(lambda words: words.threshold(condition), one)
    # A window of days is told by the name of its condition.
    if condition.kind is ConditionKind.WINDOW or not any(threshold.texts.values()):
        return Sentence("item", {"what": what}, cites)
    return Sentence("condition", {"what": what, "threshold": threshold}, cites)


def period(one: Scheme, validity: Validity) -> Value | None:
    """A period with its last day told as such; a side that the source leaves open says so."""
    start, end = validity.start, validity.end
    if start and start.printed and end and end.printed:
        return Word("from_to", {"start": Day(start.printed.text), "end": Day(_last(end.printed))})
    sides = []
    if start:
        sides.append(_side(one, start, "since"))
    if end:
        sides.append(_side(one, end, "until"))
    return Several(tuple(sides), "comma") if sides else None


def _side(one: Scheme, side: Boundary, name: str) -> Value:
    if side.printed is not None:
        text = side.printed.text if name == "since" else _last(side.printed)
        return Word(f"{name}_day" if text.count("-") == 2 else f"{name}_month", {"day": Day(text)})
    known = one.parameters[str(side.parameter)]
    if known.not_before and known.not_after:
        bounds = {"first": Day(known.not_before.text), "last": Day(known.not_after.text)}
        return Word(f"{name}_between", bounds)
    return Word(f"{name}_unknown")


def _last(end: PartialDate) -> str:
    """The last day of a period whose end is the first day out; an end of a month or a year stays one."""
    return (end.first - timedelta(days=1)).isoformat() if end.text.count("-") == 2 else end.text


def _name(one: Scheme) -> Title:
    return Title(one.name, f"@/policy/{one.id}/")


def _cites(answers: Answers, scheme: Scheme, item: object) -> tuple[str, ...]:
    return answers.outside_cites(getattr(item, "cites", ()), scheme.instruments, f"@/policy/{scheme.id}/")


def in_languages(word: Callable[[SchemeWords], str], scheme: Scheme) -> Title:
    """What a scheme's words say, in each language."""
    return Title({language: word(SchemeWords(scheme, language)) for language in LANGUAGES})
