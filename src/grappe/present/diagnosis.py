"""A regional diagnosis as plain values, and as a note that a page shows and a printer prints."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from html import escape
from math import isinf
from typing import TYPE_CHECKING, Any

from grappe.present.catalogue import N_, say
from grappe.present.plain import Plain
from grappe.present.registers import coverage_words
from grappe.present.words import label, number

if TYPE_CHECKING:
    from grappe.agglomeration.diagnosis import Diagnosis, Gap, Growth, Option, Strength

PARTS = {
    "specialisation": N_("specialisation"),
    "size": N_("size in the region"),
    "growth": N_("growth"),
    "relatedness": N_("relatedness to what the region has"),
    "complexity": N_("complexity of the industry"),
}
"""Parts of the scores."""

GAPS = {
    "related_absent": N_("{industry}, related to {beside} (proximity {proximity}), is weak here."),
    "strength_undeclared": N_(
        "{industry} is a strength, and no declared cluster or pole here has its activity."
    ),
    "cluster_without_strength": N_(
        "{beside} is declared here, and the table shows no strength of its activity."
    ),
    "cluster_outside_table": N_("{beside} is declared here; no industry of the table is its activity."),
}
"""Kinds of missing links."""

STYLE = """
:root{color-scheme:light}
body{font:16px/1.5 Georgia,serif;color:#1b2632;background:#fff;max-width:60rem;margin:2rem auto}
body{padding:0 1.5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:0 0 1.5rem;border-block:2px solid}
th,td{padding:.35rem .6rem;text-align:start;vertical-align:baseline;border-block-end:1px solid #d9d4c7}
.num{text-align:end;font-variant-numeric:tabular-nums}.note{color:#55606b;font-size:.875rem}
h2{break-after:avoid;margin-block-start:2rem}tr{break-inside:avoid}@page{margin:18mm}
"""


def diagnosis_plain(found: "Diagnosis", *, coverage: str | None, nomenclature: str) -> Plain:
    """A diagnosis as plain values; an infinite bound is none."""
    return {
        "region": found.region,
        "regions": found.regions,
        "industries": found.industries,
        "total": found.total,
        "exact": found.exact,
        "coverage": coverage,
        "informal_units": False,
        "edition": found.edition,
        "nomenclature": nomenclature,
        "thresholds": {"lowest_quotient": found.lowest_quotient, "least_share": found.least_share},
        "uncertain_complexity": found.uncertain_complexity,
        "clusters": [{"id": c.id, "name": c.name, "state": c.state} for c in found.clusters],
        "strengths": [_strength(one) for one in found.strengths],
        "growth": [{"industry": name} | asdict(one) for name, one in found.growth],
        "options": [_option(one) for one in found.options],
        "missing_links": [asdict(one) for one in found.gaps],
    }


def _strength(one: "Strength") -> Plain:
    plain = asdict(one)
    plain["parts"] = dict(one.parts)
    plain["high"] = None if isinf(one.high) else one.high
    return plain


def _option(one: "Option") -> Plain:
    plain = asdict(one)
    plain["parts"] = dict(one.parts)
    plain["builds_on"] = [{"industry": name, "proximity": near} for name, near in one.builds_on]
    return plain


def gap_words(gap: "Gap", names: Mapping[str, str], language: str = "en") -> str:
    """A missing link in a sentence; `names` gives clusters their names."""
    proximity = "" if gap.proximity is None else number(round(gap.proximity, 2), language)
    beside = names.get(gap.beside or "", gap.beside or "")
    return say(language, GAPS[gap.code], industry=gap.industry or "", beside=beside, proximity=proximity)


def parts_words(parts: Iterable[tuple[str, float]], language: str = "en") -> str:
    """A score as the sum of its parts: *specialisation 0.3 + size 0.2*."""
    return " + ".join(
        f"{say(language, PARTS[name])} {number(round(part, 2), language)}" for name, part in parts
    )


def caution_words(found: "Diagnosis", coverage: str | None, language: str = "en") -> list[str]:
    """What is printed with every diagnosis."""
    words = [
        say(
            language,
            N_(
                "The reference is the table itself: {regions} regions and {industries} industries. A strength"
                " has a location quotient of at least {quotient}."
            ),
            regions=number(found.regions, language), industries=number(found.industries, language),
            quotient=number(found.lowest_quotient, language),
        )
    ]  # fmt: skip
    if not found.exact:
        words.append(
            say(language, N_("Some cells are withheld: a quotient stands between the bounds beside it."))
        )
    if found.uncertain_complexity:
        words.append(
            say(language, N_("The second and third dimensions of the table weigh nearly the same:"
                             " the complexity of industries is uncertain."))
        )  # fmt: skip
    words.append(
        say(
            language,
            N_("The shortlist orders what the table shows by the parts named, and decides nothing."),
        )
    )
    words.append(coverage_words(coverage, language))
    return words


def diagnosis_body(found: "Diagnosis", coverage: str | None, language: str = "en") -> str:
    """The sections of a diagnosis as HTML, for a page and for the printed note alike."""
    names = {one.id: one.name for one in found.clusters}
    gaps = [gap_words(one, names, language) for one in found.gaps]
    sections = [
        (N_("Shortlist"), _shortlist(found, gaps, language)),
        (N_("Strengths"), _strengths(found, names, language)),
        (N_("Growth"), _growths(found, language)),
        (N_("Options for diversification"), _options(found, language)),
        (N_("Clusters and poles declared here"), _clusters(found, language)),
        (N_("Missing links"), _list(gaps, language)),
        (N_("How to read this"), _list(caution_words(found, coverage, language), language)),
    ]
    return "\n".join(f"<h2>{escape(say(language, title))}</h2>\n{body}" for title, body in sections)


def diagnosis_note(found: "Diagnosis", coverage: str | None, language: str = "en") -> str:
    """The printable note: one HTML file that needs nothing else."""
    title = escape(say(language, N_("Regional diagnosis: {region}"), region=found.region))
    direction = "rtl" if language == "ar" else "ltr"
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n"
        f"{diagnosis_body(found, coverage, language)}\n</body></html>\n"
    )


def _shortlist(found: "Diagnosis", gaps: Sequence[str], language: str) -> str:
    """The first of each kind, with the reason of its place."""
    lines = [
        say(language, N_("Strength: {industry} ({parts})"), industry=one.industry,
            parts=parts_words(one.parts, language))
        for one in found.strengths[:5]
    ] + [
        say(language, N_("Option: {industry} ({parts})"), industry=one.industry,
            parts=parts_words(one.parts, language))
        for one in found.options[:5]
    ] + [say(language, N_("Missing link: {words}"), words=words) for words in gaps[:3]]  # fmt: skip
    return _list(lines, language)


def _strengths(found: "Diagnosis", names: Mapping[str, str], language: str) -> str:
    rows = []
    for one in found.strengths:
        bounds = "" if found.exact else f" ({_n(one.low, language)}–{_n(one.high, language)})"
        verdict = N_("cannot be judged") if one.strong is None else N_("yes") if one.strong else N_("no")
        rows.append(
            [
                one.industry, number(round(one.value), language),
                f"{number(round(100 * one.share, 1), language)} %", f"{_n(one.quotient, language)}{bounds}",
                say(language, verdict), parts_words(one.parts, language),
                ", ".join(names[key] for key in one.clusters) or "—",
            ]
        )  # fmt: skip
    strong = say(language, N_("Strong after {edition}"), edition=found.edition)
    heads = [
        *(say(language, one) for one in (N_("Industry"), N_("Count"), N_("Share"), N_("Location quotient"))),
        strong, say(language, N_("Parts of the score")), say(language, N_("Declared cluster")),
    ]  # fmt: skip
    return _table(heads, rows, language)


def _growths(found: "Diagnosis", language: str) -> str:
    if not found.growth:
        return f"<p>{escape(say(language, N_('No earlier count was given.')))}</p>"
    rows = [[name, *(_whole(part, language) for part in _growth_parts(one))] for name, one in found.growth]
    heads = (N_("Industry"), N_("Before"), N_("After"), N_("As the whole grows"), N_("As the industry grows"),
             N_("Of the region itself"))  # fmt: skip
    return _table([say(language, one) for one in heads], rows, language)


def _growth_parts(one: "Growth") -> tuple[float | None, ...]:
    return one.start, one.end, one.national_share, one.industrial_mix, one.regional_share


def _options(found: "Diagnosis", language: str) -> str:
    rows = [
        [
            one.industry, _n(one.quotient, language), _n(one.density, language), _n(one.complexity, language),
            ", ".join(f"{name} ({_n(near, language)})" for name, near in one.builds_on) or "—",
            parts_words(one.parts, language),
        ]
        for one in found.options
    ]  # fmt: skip
    heads = (N_("Industry"), N_("Location quotient"), N_("Relatedness density"), N_("Complexity"),
             N_("Builds on"), N_("Parts of the score"))  # fmt: skip
    return _table([say(language, one) for one in heads], rows, language)


def _clusters(found: "Diagnosis", language: str) -> str:
    lines = []
    for one in found.clusters:
        form = one.state == "form"
        state = (
            say(language, N_("pole or park"))
            if form
            else label("state", one.state, language)
            if one.state
            else ""
        )
        lines.append(f"{one.name} ({state})" if state else one.name)
    return _list(lines, language)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], language: str) -> str:
    if not rows:
        return _list([], language)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<th scope="row"><bdi>{escape(cell)}</bdi></th>' if at == 0 else f"<td>{escape(cell)}</td>"
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    name = escape(heads[0])
    return (
        f'<div class="tablewrap" role="region" aria-label="{name}" tabindex="0"><table class="data">'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _list(lines: Sequence[str], language: str) -> str:
    if not lines:
        return f"<p>{escape(say(language, N_('None.')))}</p>"
    return "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in lines) + "</ul>"


def _n(value: float | None, language: str) -> str:
    return "—" if value is None else number(value if isinf(value) else round(value, 2), language)


def _whole(value: Any, language: str) -> str:
    return "—" if value is None else number(round(value), language)
