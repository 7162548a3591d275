"""From the nodes of a scheme's files to the scheme: every key has its type, every name leads somewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from grappe.domain.dates import PartialDate
from grappe.domain.errors import Problem
from grappe.domain.vocabulary import vocabulary
from grappe.policy.indicators import FORMULAS
from grappe.policy.parameter_values import read_value
from grappe.policy.scheme import (
    ALWAYS,
    AREAS,
    Amount,
    Boundary,
    Commitment,
    Condition,
    ConditionKind,
    Document,
    Figure,
    Given,
    Indicator,
    IndicatorSet,
    Parameter,
    ParameterType,
    ParameterValue,
    Phase,
    Reading,
    Scheme,
    Step,
    Validity,
    Waiver,
)
from grappe.policy.scheme_nodes import Section

BASES = ("cap", "fixed", "modulable", "total")
"""What a number of money says: a cap, a fixed amount, one set case by case, an envelope for several."""
RECEIVERS = ("cluster", "firm", "startup", "project", "ecosystem", "pole", "grouping", "investor")
ACTORS = ("state", "beneficiary", "expert", "committee", "donor")
SIDES = ("state", "beneficiary")
FREQUENCIES = ("monthly", "quarterly", "half_yearly", "yearly", "two_yearly", "once")


@dataclass(slots=True)
class _Names:
    """Names that a scheme's items use and that must be defined in it, with the place of each use."""

    parameters: list[tuple[str, Section, str]] = field(default_factory=list)


def read_scheme(section: Section, folder: str) -> Scheme | None:
    """The scheme of a section; nothing if it lacks what every scheme has. Mistakes are in `problems`."""
    before = len(section.problems)
    names = _Names()
    id = section.identifier("id")
    country = section.choice("country", _countries(section))
    validity = _validity(section, names)
    parameters = section.each("parameters", _parameter)
    conditions = section.each("conditions", lambda part: _condition(part, names))
    checked = section.date("last_checked")
    found = Scheme(
        id=id or "",
        country=country or "",
        kind=section.choice("kind", vocabulary("instrument_kind")) or "",
        name=section.words("name"),
        authority=section.words("authority"),
        receivers=_some_of(section, "receivers", RECEIVERS),
        cites=section.cites(),
        last_checked=checked or PartialDate("2019"),
        validity=validity,
        summary=section.words("summary", needed=False) or None,
        instruments=section.codes("instruments", needed=False),
        parent=section.identifier("parent", needed=False),
        status=section.choice("status", vocabulary("status"), needed=False),
        parameters=MappingProxyType({one.id: one for one in parameters}),
        conditions=conditions,
        waivers=section.each("waivers", lambda part: _waiver(part, names, conditions)),
        readings=section.each("readings", lambda part: _reading(part, names)),
        indicator_sets=section.each("indicator_sets", lambda part: _indicator_set(part, names)),
        commitments=section.each("commitments", _commitment),
        steps=section.each("steps", _step),
        documents=section.each("documents", _document),
        figures=section.each("figures", _figure),
    )
    section.finish()
    if id is not None and id != folder:
        section.wrong("not_the_folder", section.values["id"], expected=folder)
    for name, where, key in names.parameters:
        if name not in found.parameters:
            where.wrong("unknown_parameter", where.values[key], accepted=", ".join(found.parameters) or "-")
    _check_unique(section, found)
    return found if len(section.problems) == before else None


def _countries(section: Section) -> tuple[str, ...]:
    # Any country may have a scheme: a code is two capitals, and the message shows what that looks like.
    value = section.values.get("country")
    text = value.text if value else None
    if text and len(text) == 2 and text.isascii() and text.isupper():
        return (text, *AREAS)
    return ("MA", "DZ", "TN", "…", *AREAS)


def _some_of(section: Section, key: str, accepted: Iterable[str]) -> tuple[str, ...]:
    codes = section.codes(key)
    allowed = tuple(accepted)
    if any(code not in allowed for code in codes):
        section.wrong("bad_code", section.values[key], accepted=", ".join(allowed))
        return ()
    return codes


def _boundary(section: Section, key: str, names: _Names) -> Boundary | None:
    """A printed date, or ``{parameter: name}``."""
    found = section.value(key, needed=False)
    if found is None:
        return None
    if found.text is not None:
        printed = section.date(key)
        return Boundary(printed) if printed else None
    below = section.mapping(key)
    if below is None:
        return None
    name = below.word("parameter")
    below.finish()
    if name is None:
        return None
    names.parameters.append((name, below, "parameter"))
    return Boundary(parameter=name)


def _validity(section: Section, names: _Names) -> Validity:
    start = _boundary(section, "valid_from", names)
    end = _boundary(section, "valid_to", names)
    printed = (start and start.printed, end and end.printed)
    if printed[0] and printed[1] and printed[1].end <= printed[0].end:
        section.wrong("bad_validity", section.values["valid_to"])
    return Validity(start, end) if start or end else ALWAYS


def _parameter_name(section: Section, key: str, names: _Names, *, needed: bool = False) -> str | None:
    name = section.word(key, needed=needed)
    if name is not None:
        names.parameters.append((name, section, key))
    return name


def _parameter(section: Section) -> Parameter:
    type_ = ParameterType(section.choice("type", list(ParameterType)) or "codes")
    given = section.choice("source", [Given.NOT_GIVEN, Given.EDITORS])
    choices = section.codes("choices", needed=type_ is ParameterType.CHOICE)
    value: ParameterValue = None
    written = section.value("value", needed=given == Given.EDITORS)
    if written is not None:
        if given == Given.NOT_GIVEN:
            section.wrong("value_not_given", written)
        else:
            value = read_value(type_, written.text or "", choices)
            if value is None:
                section.wrong("bad_parameter_value", written, type=type_)
    return Parameter(
        id=section.word("id") or "",
        name=section.words("name"),
        type=type_,
        source=Given(given or Given.NOT_GIVEN),
        cites=section.cites(),
        value=value,
        unit=section.word("unit", needed=False),
        not_before=section.date("not_before", needed=False),
        not_after=section.date("not_after", needed=False),
        choices=choices,
        note=section.words("note", needed=False) or None,
    )


def _condition(section: Section, names: _Names, deep: bool = False) -> Condition:
    kinds = [kind for kind in ConditionKind if not (deep and kind is ConditionKind.ANY_OF)]
    kind = ConditionKind(section.choice("kind", kinds) or "flag")
    needed: Decimal | tuple[str, ...] | None = None
    parameter = None
    comparing = (ConditionKind.MIN, ConditionKind.MAX, ConditionKind.ONE_OF, ConditionKind.ALL_OF)
    if kind in comparing:
        parameter = _parameter_name(section, "parameter", names)
        open_ = parameter is None
        numeric = kind in (ConditionKind.MIN, ConditionKind.MAX)
        needed = (
            section.number("needed", needed=open_)
            if numeric
            else section.codes("needed", needed=open_) or None
        )
    window = kind is ConditionKind.WINDOW
    ways: tuple[Condition, ...] = ()
    if kind is ConditionKind.ANY_OF:
        ways = section.each("ways", lambda part: _condition(part, names, deep=True), needed=True)
    looks = kind not in (ConditionKind.ANY_OF, ConditionKind.WINDOW)
    return Condition(
        id=section.word("id") or "",
        kind=kind,
        name=section.words("name"),
        cites=section.cites(),
        field=section.word("field") if looks else None,
        needed=needed,
        parameter=parameter,
        unit=section.word("unit", needed=False),
        opens=section.date("opens", needed=False) if window else None,
        closes=section.date("closes") if window else None,
        ways=ways,
        validity=_validity(section, names),
        note=section.words("note", needed=False) or None,
    )


def _waiver(section: Section, names: _Names, conditions: Iterable[Condition]) -> Waiver:
    known = tuple(one.id for one in conditions)
    return Waiver(waives=_some_of(section, "waives", known), condition=_condition(section, names))


def _reading(section: Section, names: _Names) -> Reading:
    return Reading(
        id=section.word("id") or "",
        name=section.words("name"),
        cites=section.cites(),
        note=section.words("note", needed=False) or None,
        phases=section.each("phases", lambda part: _phase(part, names), needed=True),
    )


def _phase(section: Section, names: _Names) -> Phase:
    parameter = _parameter_name(section, "months_parameter", names)
    return Phase(
        id=section.word("id") or "",
        name=section.words("name"),
        cites=section.cites(),
        months=section.whole("months", needed=parameter is None),
        months_parameter=parameter,
        amounts=section.each("amounts", lambda part: _amount(part, names)),
        degressive=section.yes("degressive"),
        degression=_parameter_name(section, "degression", names),
        conditions=section.each("conditions", lambda part: _condition(part, names)),
    )


def _amount(section: Section, names: _Names) -> Amount:
    parameter = _parameter_name(section, "parameter", names)
    return Amount(
        currency=_currency(section),
        basis=section.choice("basis", BASES) or "",
        cites=section.cites(),
        value=section.number("value", needed=parameter is None),
        parameter=parameter,
        validity=_validity(section, names),
    )


def _currency(section: Section) -> str:
    found = section.value("currency")
    text = (found.text if found else None) or ""
    if found is not None and not (len(text) == 3 and text.isascii() and text.isupper()):
        section.wrong("bad_currency", found)
    return text


def _indicator_set(section: Section, names: _Names) -> IndicatorSet:
    count = section.whole("count")
    listed = section.each("indicators", _indicator)
    if count is not None and len(listed) > count:
        section.wrong("more_than_counted", section.values["indicators"], count=str(count))
    return IndicatorSet(
        version=section.word("version") or "",
        name=section.words("name"),
        count=count or 0,
        indicators=listed,
        cites=section.cites(),
        validity=_validity(section, names),
        note=section.words("note", needed=False) or None,
    )


def _indicator(section: Section) -> Indicator:
    return Indicator(
        id=section.word("id") or "",
        name=section.words("name"),
        cites=section.cites(),
        definition=section.words("definition", needed=False) or None,
        unit=section.word("unit", needed=False),
        formula=section.choice("formula", tuple(FORMULAS), needed=False),
        proof=section.words("proof", needed=False) or None,
        frequency=section.choice("frequency", FREQUENCIES, needed=False),
        section=section.plain("section", needed=False),
        also=section.codes("also", needed=False),
    )


def _commitment(section: Section) -> Commitment:
    side = section.choice("side", SIDES) or ""
    return Commitment(section.word("id") or "", side, section.words("name"), section.cites())


def _step(section: Section) -> Step:
    actor = section.choice("actor", ACTORS) or ""
    return Step(section.word("id") or "", section.words("name"), actor, section.cites())


def _document(section: Section) -> Document:
    return Document(section.word("id") or "", section.words("name"), section.cites())


def _figure(section: Section) -> Figure:
    return Figure(
        section.word("id") or "",
        section.words("name"),
        section.number("value") or Decimal(0),
        section.word("unit") or "",
        section.cites(),
    )


def _check_unique(section: Section, scheme: Scheme) -> None:
    """No two items of a list, and no condition and parameter, bear one id: both are named in questions."""
    groups: dict[str, list[str]] = {
        "conditions": [one.id for one in scheme.all_conditions()] + list(scheme.parameters),
        "readings": [one.id for one in scheme.readings],
        "indicator_sets": [one.version for one in scheme.indicator_sets],
        "commitments": [one.id for one in scheme.commitments],
        "steps": [one.id for one in scheme.steps],
        "documents": [one.id for one in scheme.documents],
        "figures": [one.id for one in scheme.figures],
    }
    for reading in scheme.readings:
        groups[f"readings.{reading.id}"] = [phase.id for phase in reading.phases]
    for one in scheme.indicator_sets:
        groups[f"indicator_sets.{one.version}"] = [indicator.id for indicator in one.indicators]
    for group, ids in groups.items():
        for id in sorted({id for id in ids if id and ids.count(id) > 1}):
            top = group.split(".")[0]
            value = section.values.get(top)
            file, line = (value.file, value.line) if value else section.place
            section.problems.append(Problem("repeated_key", file, line, group, id))
