"""Words of the policy desk: rules of every scheme, facts to collect, bases of amounts, units, mistakes."""

from collections.abc import Iterable
from decimal import Decimal

from grappe.domain.interval import Interval
from grappe.policy.cite import Cite, CiteKind
from grappe.policy.finding import PARAMETER, Seen
from grappe.policy.indicators import Comparison
from grappe.policy.scheme import Condition, Scheme
from grappe.present.catalogue import DEFAULT, N_, say
from grappe.present.words import country_name, day, label, number

RULES = {
    "in_force": N_("The scheme is in force"),
    "receiver": N_("The scheme receives applicants of this kind"),
    "country": N_("The applicant is of the country of the scheme"),
    "amount": N_("The amount is given"),
    "amount_in_force": N_("The rule of this amount was in force on the first day"),
    "months": N_("The length is given"),
    "degression": N_("The shape of the degression is given"),
}
"""Rules that stand in no file: those of every scheme, and what a schedule may lack."""

FACTS = {
    "kind": N_("kind of applicant"),
    "country": N_("country"),
    "sector": N_("sector of activity"),
    "members": N_("number of members"),
    "member_kinds": N_("kinds of members"),
    "fte": N_("full-time equivalents of the management team"),
    "english_website": N_("website in English that shows activity"),
    "public_link": N_("link with public bodies"),
    "recognised": N_("recognition by a national or regional programme"),
    "recognition": N_("standing towards authorities"),
    "collaborative_rd": N_("collaborative projects with R&D content"),
    "international_visibility": N_("partnerships abroad"),
    "specification": N_("compliance of the answer with the specification"),
    "audit": N_("result of the audit"),
    "creative": N_("creative and cultural activity"),
    "legal_form": N_("legal form"),
    "opening_day": N_("day on which the call opened"),
    "benchmark_interviews": N_("number of benchmarking interviews"),
    "audited_improvements": N_("number of improvements checked by audit"),
    "months_since_interview": N_("months since the first benchmarking interview"),
    "score": N_("score on the indicators of the label"),
    "platform_profile": N_("profile on the European collaboration platform"),
    "indicators_assessed": N_("number of indicators assessed"),
    "age_years": N_("age of the firm in years"),
    "employees": N_("number of employees"),
    "total_assets": N_("total of the balance sheet"),
    "turnover": N_("yearly turnover"),
    "independent_capital": N_("share of the capital held by persons, funds or start-ups abroad"),
    "innovative_model": N_("innovative business model"),
    "growth_potential": N_("strong potential of growth"),
    "supports_subcontracting": N_("aim of competitiveness of a value chain, subcontracting among them"),
    "local_subcontracting": N_("subcontracting opened to firms of the country"),
    "borne_by_professionals": N_("initiative borne by the professionals"),
    "craft_concentration": N_("concentration in a given area"),
    "minimum_requirements": N_("minimum requirements of the label"),
    "pole_site": N_("site of the pole"),
    "pole_speciality": N_("sector of the pole"),
    "pole_company": N_("company that manages the pole"),
    "second_count": N_("a second dated count"),
    "first_count": N_("a first dated count above zero"),
    "own_income": N_("own income"),
    "total_income": N_("total income"),
    "total_expenditure": N_("total expenditure"),
    "animation_cost": N_("cost of facilitation"),
}
"""Facts that conditions look at."""

READINGS = {
    "projects_and_research": N_(
        "read from collaborative projects beside research or members of the world of knowledge"
    ),
    "value_chain_activities": N_("read from activities for subcontracting or for a value chain"),
    "partners_abroad": N_("read from partnerships abroad; the source gives no measure of visibility"),
    "recognised_by_programme": N_("read from the recognition by an authority or a programme"),
    "kinds_of_members": N_("counted from the categories of members that the source names"),
    "public_members": N_("read from public bodies among the members"),
}
"""Readings by which a fact was told from others."""

BASES = {
    "cap": N_("at most"),
    "fixed": N_("fixed"),
    "modulable": N_("set case by case"),
    "total": N_("for the whole programme"),
}
UNITS = {
    "mad": N_("Moroccan dirhams"),
    "tnd": N_("Tunisian dinars"),
    "eur": N_("euros"),
    "month": N_("months"),
    "year": N_("years"),
    "fte": N_("full-time equivalents"),
    "members": N_("members"),
    "kinds": N_("kinds"),
    "clusters": N_("clusters"),
    "zones": N_("zones"),
    "poles": N_("poles"),
    "ecosystems": N_("ecosystems"),
    "countries": N_("countries"),
    "proposals": N_("proposals"),
    "share": N_("share"),
    "projects": N_("projects"),
    "patents": N_("patents"),
    "startups": N_("start-ups"),
    "jobs": N_("jobs"),
    "courses": N_("training courses"),
    "indicators": N_("indicators"),
    "interviews": N_("interviews"),
    "improvements": N_("improvements"),
    "employees": N_("employees"),
    "percent": N_("per cent"),
    "points": N_("points"),
    "experts": N_("experts"),
    "days": N_("days"),
    "day": N_("day"),
}
RECEIVERS = {
    "cluster": N_("cluster"),
    "firm": N_("firm"),
    "startup": N_("start-up"),
    "project": N_("project"),
    "ecosystem": N_("industrial ecosystem"),
    "pole": N_("pole or technopole"),
    "grouping": N_("association or grouping of firms"),
    "investor": N_("investor"),
}
ACTORS = {
    "state": N_("the administration"),
    "beneficiary": N_("the beneficiary"),
    "expert": N_("an expert"),
    "committee": N_("a committee"),
    "donor": N_("the donor"),
}
FORMULAS = {
    "growth": N_("last count / first count − 1"),
    "count": N_("number declared, each with its proof"),
    "own_share": N_("own income / the total chosen as denominator"),
    "score": N_("points given by experts"),
}
COMPARISONS = {
    Comparison.SAME: N_("comparable: the same definition in both versions"),
    Comparison.CANNOT_TELL: N_("cannot tell: a definition is not given"),
    Comparison.CHANGED: N_("not comparable: the definition changed"),
    Comparison.ONLY_ONE: N_("not comparable: in one version only"),
    Comparison.NOT_LISTED: N_("cannot tell: the other version is not listed in full"),
}
"""Whether an indicator can be compared across versions."""

VERDICTS = {True: N_("met"), False: N_("not met"), None: N_("cannot tell")}
ELIGIBLE = {True: N_("eligible"), False: N_("not eligible"), None: N_("cannot tell")}

POLICY_PROBLEMS = {
    "bad_scheme_code": N_("is not a code. Use small letters, digits and low lines."),
    "bad_amount": N_("is not an amount. Write digits, with a point for decimals and without spaces."),
    "bad_whole": N_("is not a whole number of 1 or more. Write digits only."),
    "bad_list": N_("is not a list of codes. Write `[code, code]`."),
    "bad_items": N_("is not a list. Write its items one below the other, each after a hyphen."),
    "bad_cites": N_("cites nothing. Write `cites: [l. 377]`; what has no source is a parameter `not_given`."),
    "bad_cite": N_(
        "is no citation. Write `l. 377`, `statement …`, `{{law: title, article: 27}}` or"
        " `{{page: title, href: address}}`."
    ),
    "bad_currency": N_("is not a currency. Write three capitals of ISO 4217, such as MAD."),
    "bad_parameter_value": N_("is not a value of the type {type}. Correct it, or change the type."),
    "value_not_given": N_("is a value of something not given. Leave it out, or write `source: editors`."),
    "unknown_parameter": N_("is no parameter of this scheme. Accepted: {accepted}."),
    "more_than_counted": N_("lists more indicators than the {count} counted. Correct the one or the other."),
    "not_the_folder": N_("is not the name of its folder. Write `{expected}`, or rename the folder."),
    "no_scheme_folder": N_("is no folder of schemes. Correct the variable GRAPPE_SCHEMES."),
    "duplicate_scheme": N_("is the id of two schemes; the first is in {first}. Rename one."),
    "unknown_parent": N_("is named and no scheme. Define it, or correct the name."),
}
"""A sentence per code of problem of the files of a scheme, beside those of data sets."""

POLICY_ERRORS = {
    "schemes_refused": N_("The schemes are refused, {count} problem(s)."),
    "unknown_scheme": N_("There is no scheme `{id}`. Accepted: {accepted}."),
    "unknown_threshold": N_(
        "The scheme {scheme} has no threshold or parameter `{id}`. Accepted: {accepted}."
    ),
    "unknown_assumption": N_("The scheme {scheme} has no parameter `{id}`. Accepted: {accepted}."),
    "bad_pair": N_("`{value}` sets nothing. Write {name}=value."),
    "no_phases": N_("The scheme {scheme} gives no phases, so no schedule. Choose one that has a contract."),
    "not_in_force": N_("The scheme {scheme} was not in force on {on} ({cites}). Choose another day."),
    "renewal_not_allowed": N_(
        "The phase {phase} is not allowed: {rule} is {seen}, where {needed} is needed ({cites})."
        " Ask for fewer renewals."
    ),
}
"""A sentence per error of the policy desk."""


def rule_name(scheme: Scheme, rule: str, language: str = DEFAULT) -> str:
    """Name of a rule: that of its condition in the scheme, or of a rule that every scheme has."""
    named = {one.id: one.name for one in _conditions(scheme)}
    return named[rule][language] if rule in named else say(language, RULES.get(rule, rule))


def missing_words(scheme: Scheme, name: str, language: str = DEFAULT) -> str:
    """What is missing, in words: a parameter not given by the source, or a fact to collect."""
    if name.startswith(PARAMETER):
        parameter = scheme.parameters.get(name.removeprefix(PARAMETER))
        words = parameter.name[language] if parameter else name.removeprefix(PARAMETER)
        return say(language, N_("{what} (not given by the source)"), what=words)
    if name in FACTS:
        return say(language, FACTS[name])
    # A scheme of a user may look at facts of its own: they bear the name of their condition.
    return next((one.name[language] for one in _conditions(scheme) if one.field == name), name)


def unit_words(unit: str | None, language: str = DEFAULT) -> str:
    """A unit in words; the code where a user's scheme has one of its own."""
    return say(language, UNITS.get(unit, unit)) if unit else ""


def value_words(scheme: Scheme, rule: str, value: Seen, language: str = DEFAULT) -> str:
    """A value that a rule saw or needs, in words: a figure with its bounds, codes by their labels."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return say(language, N_("yes") if value else N_("no"))
    if isinstance(value, Interval):
        low, high = number(value.low, language), number(value.high, language)
        return say(language, N_("{low} or more"), low=low) if high == "∞" else f"{low}–{high}"
    if isinstance(value, Decimal | int | float):
        return number(float(value), language)
    field = next((one.field for one in _conditions(scheme) if one.id == rule), rule) or rule
    parts = value if isinstance(value, tuple) else (value,)
    return say(language, N_(", ")).join(_code(field, part, language) for part in parts)


def cite_words(cite: Cite, language: str = DEFAULT) -> str:
    """A citation in words."""
    if cite.kind is CiteKind.STATEMENT:
        return say(language, N_("statement of the census"))
    if cite.kind is CiteKind.LAW and cite.article:
        return say(language, N_("{title}, article {article}"), title=cite.title or "", article=cite.article)
    return cite.short


def needs_words(scheme: Scheme, missing: Iterable[str], language: str = DEFAULT) -> list[str]:
    """Everything that is missing, in words."""
    return [missing_words(scheme, name, language) for name in missing]


def _conditions(scheme: Scheme) -> list[Condition]:
    phases = [phase for reading in scheme.readings for phase in reading.phases]
    return [*scheme.all_conditions(), *(one for phase in phases for one in phase.conditions)]


def _code(field: str, text: str, language: str) -> str:
    """A code by the label of its list, where its field has one."""
    match field:
        case "receiver" | "kind":
            return say(language, RECEIVERS.get(text, text))
        case "country":
            return country_name(text, language)
        case "in_force":
            return day(text, language)
        case "sector" | "legal_form":
            return label(field, text, language)
        case "recognition":
            standing, _, by = text.partition(":")
            return f"{label('recognition', standing, language)} ({by})"
    return text


def window_words(condition: Condition, language: str = DEFAULT) -> str:
    """A window of days in words; the closing day belongs to it."""
    closes = day(condition.closes.text, language) if condition.closes else ""
    if condition.opens is None:
        return say(language, N_("until {day}, that day included"), day=closes)
    opens = day(condition.opens.text, language)
    return say(language, N_("from {first} until {last}, that day included"), first=opens, last=closes)
