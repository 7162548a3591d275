"""Ranked suggestions: a score whose parts add up, and what speaks against."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from grappe.domain.levels import level_between
from grappe.network.suggestion_activities import Supply, default_supplies
from grappe.network.suggestion_against import Against, against
from grappe.network.suggestion_parts import PARTS, Context, Grounds, is_circumstance
from grappe.network.suggestion_profile import Field, Profile
from grappe.network.suggestion_weights import default_weights

CENT = Decimal("0.01")
"""Points are counted in hundredths, exactly: parts add up to the score to the last digit."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: points, and the ids and words of why."""

    code: str
    points: Decimal
    why: Grounds


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two clusters that could work together: score, its parts, what speaks against.

    `rank_before` and `score_before` are those by the weights as shipped. `linked` marks two that work
    together already, which are shown only if asked for.
    """

    cluster: str
    other: str
    score: Decimal
    parts: tuple[Part, ...]
    against: tuple[Against, ...]
    level: str | None = None
    linked: bool = False
    rank: int = 0
    rank_before: int = 0
    score_before: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Question:
    """How to look for suggestions.

    Attributes
    ----------
    on : day asked
    weights : of every part
    supplies : who supplies whom; those shipped unless a table is given
    level : only pairs of this computed level
    linked : with those that already work together
    """

    on: date
    weights: Mapping[str, Decimal]
    supplies: tuple[Supply, ...]
    level: str | None = None
    linked: bool = False


def question(
    on: date,
    weights: Mapping[str, Decimal] | None = None,
    *,
    supplies: Iterable[Supply] | None = None,
    level: str | None = None,
    linked: bool = False,
) -> Question:
    """A question, with what is shipped where nothing is given."""
    return Question(
        on,
        default_weights() if weights is None else weights,
        default_supplies() if supplies is None else tuple(supplies),
        level,
        linked,
    )


def points(weight: Decimal, share: float) -> Decimal:
    """Points of a part: its weight times a share of 0 to 1, in hundredths.

    Examples
    --------
    >>> str(points(Decimal(18), 0.875)), str(points(Decimal(3), 0))
    ('15.75', '0.00')
    """
    return (weight * Decimal(share)).quantize(CENT, ROUND_HALF_UP)


def grounds_of(a: Profile, b: Profile, context: Context) -> dict[str, Grounds]:
    """What speaks for two clusters, by part; parts of which nothing is known are left out."""
    found = {code: rule(a, b, context) for code, rule in PARTS.items()}
    return {code: why for code, why in found.items() if why is not None}


def scored(found: Mapping[str, Grounds], weights: Mapping[str, Decimal]) -> tuple[Part, ...]:
    """Parts that bring points, by weights."""
    parts = (Part(code, points(weights[code], why.share), why) for code, why in found.items())
    return tuple(part for part in parts if part.points > 0)


def total(parts: Iterable[Part]) -> Decimal:
    """Score of some parts: their sum."""
    return sum((part.points for part in parts), Decimal("0.00"))


def are_linked(a: Profile, b: Profile) -> bool:
    """Whether two clusters work together on the day: by a link that counts and is not over."""
    return any(link.stands and link.other(a.id) == b.id for link in a.links)


def suggest(asker: str, field: Field, asked: Question, *, top: int | None = None) -> tuple[Suggestion, ...]:
    """Partners for a cluster, the best first.

    Never suggested: the cluster itself, what has merged or dissolved, and, unless asked for, whom it
    works with already. Two of equal score are told in the order of their ids.

    Parameters
    ----------
    asker : id of a profile of the field
    field : from `grappe.network.suggestion_profile.field_of`
    asked : the day, weights and level
    top : most suggestions told; all by default

    Returns
    -------
    tuple of Suggestion
        Those with a score above zero. Ranks are those among all candidates of the question.

    Raises
    ------
    KeyError
        If there is no such profile.
    """
    a = field.profiles[asker]
    pairs = ((a, b) for b in field.profiles.values() if b.id != asker)
    return _ranked(pairs, field, asked, top)


def suggest_pairs(
    field: Field, countries: tuple[str, str], asked: Question, *, top: int | None = None
) -> tuple[Suggestion, ...]:
    """Pairs of clusters of two countries, the best first; of one country if both are the same.

    Parameters
    ----------
    field, asked, top : as in `suggest`
    countries : two codes

    Returns
    -------
    tuple of Suggestion
    """
    sides = [[one for one in field.profiles.values() if one.home == country] for country in countries]
    pairs = (
        (a, b) for a, b in product(*sides) if a.id != b.id and (countries[0] != countries[1] or a.id < b.id)
    )
    return _ranked(pairs, field, asked, top)


@dataclass(frozen=True, slots=True)
class ForProgramme:
    """What a programme or network could bring about: pairs inside it, and who could join."""

    inside: tuple[str, ...]
    pairs: tuple[Suggestion, ...]
    joining: tuple[Suggestion, ...]


def suggest_for_programme(
    field: Field, programme: str, asked: Question, *, top: int | None = None
) -> ForProgramme:
    """Pairs inside a programme or network that are not linked, and clusters that could join it.

    Who could join is told with the pair that speaks most for it: a cluster inside, and the one outside.

    Parameters
    ----------
    field, asked, top : as in `suggest`
    programme : id of a programme or network

    Returns
    -------
    ForProgramme
        Nothing in it if nobody is bound to the programme.
    """
    inside = [
        one
        for one in field.profiles.values()
        if (programme in one.programmes or programme in one.networks) and not one.gone
    ]
    ids = {one.id for one in inside}
    within = ((a, b) for a, b in product(inside, inside) if a.id < b.id)
    outside = [one for one in field.profiles.values() if one.id not in ids]
    across = _ranked(product(inside, outside), field, asked, None)
    best: dict[str, Suggestion] = {}
    for one in across:
        best.setdefault(one.other, one)
    joining = _renumbered(best.values())
    return ForProgramme(tuple(sorted(ids)), _ranked(within, field, asked, top), joining[:top])


def _ranked(
    pairs: Iterable[tuple[Profile, Profile]], field: Field, asked: Question, top: int | None
) -> tuple[Suggestion, ...]:
    context = Context(field, asked.on, asked.supplies)
    shipped = default_weights()
    found = []
    for a, b in pairs:
        if a.gone or b.gone:
            continue
        linked = are_linked(a, b)
        level = level_between(a.home, b.home, asked.on)
        if (linked and not asked.linked) or (asked.level is not None and level != asked.level):
            continue
        why = grounds_of(a, b, context)
        parts = scored(why, asked.weights)
        before = total(scored(why, shipped))
        if parts or before:
            found.append(Suggestion(a.id, b.id, total(parts), parts, (), level, linked, 0, 0, before))
    ranked = [one for one in _renumbered(found) if one.score > 0][:top]
    profiles = field.profiles
    return tuple(
        _with(
            one,
            against=against(
                profiles[one.cluster],
                profiles[one.other],
                asked.on,
                bare=all(is_circumstance(part.code, part.why) for part in one.parts),
            ),
        )
        for one in ranked
    )


def _renumbered(found: Collection[Suggestion]) -> tuple[Suggestion, ...]:
    """Suggestions in order, with their rank now and their rank by the weights as shipped."""
    before = sorted(found, key=lambda one: (-one.score_before, one.cluster, one.other))
    places = {(one.cluster, one.other): n for n, one in enumerate(before, 1)}
    now = sorted(found, key=lambda one: (-one.score, one.cluster, one.other))
    return tuple(
        _with(one, rank=n, rank_before=places[one.cluster, one.other]) for n, one in enumerate(now, 1)
    )


def _with(one: Suggestion, **changes: object) -> Suggestion:
    return replace(one, **changes)  # type: ignore[arg-type]
