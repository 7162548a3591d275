"""Whom could a cluster work with, and why? For a cluster, two countries, or a programme."""

from collections.abc import Iterable, Sequence
from itertools import chain

from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice
from grappe.domain.fold import fold
from grappe.domain.vocabulary import vocabulary
from grappe.network.suggestion_activities import read_input_output
from grappe.network.suggestion_against import Against
from grappe.network.suggestion_grounds import grounds
from grappe.network.suggestion_parts import Grounds
from grappe.network.suggestion_score import (
    Question,
    Suggestion,
    question,
    suggest,
    suggest_for_programme,
    suggest_pairs,
)
from grappe.network.suggestion_weights import default_weights, read_weights
from grappe.present.plain import Plain
from grappe.present.suggestions import suggestion_plain, weights_plain
from grappe.queries.existence import check_exists
from grappe.queries.moment import Moment
from grappe.queries.suggestion_profiles import Known, cited, known_profiles, name_of

__all__ = ["subjects", "suggestions", "suggestions_for_countries", "suggestions_for_programme", "weights"]

TOP = 10
MOST = 200
"""Suggestions told unless more are asked for, and at most."""
MOST_PAIRS = 250_000
"""Pairs of clusters that two countries may have: each is looked at."""


def suggestions(
    when: Moment,
    cluster: str,
    *,
    level: str | None = None,
    top: str | int | None = None,
    weight: Iterable[str] = (),
    linked: bool = False,
    table: str | None = None,
    language: str = "fr",
) -> Plain:
    """Ranked partners for a cluster, each with its reasons, what they cite, and what speaks against.

    Parameters
    ----------
    when : moment asked
    cluster : id of a cluster, or of a cluster abroad
    level : only partners of this computed level
    top : how many, 10 by default
    weight : such as ``["niche=3"]``
    linked : also those that it works with already
    table : text of an input-output table, in place of the supplies shipped
    language : of the sentences

    Raises
    ------
    BadChoice
        If a level, number, weight or table is none, or the id is not that of a cluster.
    UnknownThing
        If there is no such entity; `close` names ids that look alike.
    """
    cluster = _cluster(cluster)
    asked = _question(when, level, weight, linked, table)
    known = known_profiles(when)
    if cluster not in known.field.profiles:
        raise BadChoice(name="id", value=cluster, accepted=", ".join(_some(known)))
    found = suggest(cluster, known.field, asked, top=_top(top))
    profile = known.field.profiles[cluster]
    head: Plain = {"id": cluster, "name": name_of(known, cluster), "ended": profile.gone}
    return _answer(when, head, asked, known, {"suggestions": () if profile.gone else found}, language)


def suggestions_for_countries(
    when: Moment,
    countries: Sequence[str] | str,
    *,
    level: str | None = None,
    top: str | int | None = None,
    weight: Iterable[str] = (),
    linked: bool = False,
    table: str | None = None,
    language: str = "fr",
) -> Plain:
    """The best pairs of clusters of two countries; parameters as in `suggestions`.

    Raises
    ------
    BadChoice
        If `countries` are not two codes of which clusters are known, or they have too many pairs.
    """
    asked = _question(when, level, weight, linked, table)
    known = known_profiles(when)
    pair = _countries(countries, known)
    sizes = [sum(one.home == country for one in known.field.profiles.values()) for country in pair]
    if sizes[0] * sizes[1] > MOST_PAIRS:
        raise BadChoice(name="countries", value=",".join(pair), accepted=f"≤ {MOST_PAIRS}")
    found = suggest_pairs(known.field, pair, asked, top=_top(top))
    return _answer(when, {"countries": list(pair)}, asked, known, {"suggestions": found}, language)


def suggestions_for_programme(
    when: Moment,
    programme: str,
    *,
    level: str | None = None,
    top: str | int | None = None,
    weight: Iterable[str] = (),
    linked: bool = False,
    table: str | None = None,
    language: str = "fr",
) -> Plain:
    """Pairs inside a programme or network that are not linked, and who could join; as in `suggestions`.

    Raises
    ------
    BadChoice
        If a level, number, weight or table is none, or the id is that of a cluster.
    UnknownThing
        If there is no such entity.
    """
    programme = _frame(programme)
    asked = _question(when, level, weight, linked, table)
    known = known_profiles(when)
    found = suggest_for_programme(known.field, programme, asked, top=_top(top))
    head: Plain = {
        "programme": programme,
        "name": name_of(known, programme),
        "inside": [{"id": one, "name": name_of(known, one)} for one in found.inside],
    }
    return _answer(when, head, asked, known, {"suggestions": found.pairs, "joining": found.joining}, language)


def subjects(when: Moment) -> list[Plain]:
    """Clusters that suggestions can be asked for, by name."""
    known = known_profiles(when)
    found = [
        {"id": one.id, "name": name_of(known, one.id), "country": one.home}
        for one in known.field.profiles.values()
        if not one.gone
    ]
    return sorted(found, key=lambda one: (fold(str(one["name"])), one["id"]))


def weights(language: str) -> list[Plain]:
    """Weights as shipped, each with its reason."""
    return weights_plain(default_weights(), language)


def _question(
    when: Moment, level: str | None, weight: Iterable[str], linked: bool, table: str | None
) -> Question:
    level = (level or "").strip().casefold() or None
    if level is not None and level not in vocabulary("level"):
        raise BadChoice(name="level", value=level, accepted=", ".join(vocabulary("level")))
    return question(
        when.on.first,
        read_weights(text for text in weight if text.strip()),
        supplies=None if table is None else read_input_output(table),
        level=level,
        linked=linked,
    )


def _top(given: str | int | None) -> int:
    text = str(TOP if given in (None, "") else given).strip()
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST:
        raise BadChoice(name="top", value=text, accepted=f"1 … {MOST}")
    return int(text)


def _followed(entity: str) -> str:
    """An id that exists, a merged one followed to what it became."""
    row = check_exists(entity)
    while row.redirect_to is not None:
        row = check_exists(row.redirect_to)
    return row.id


def _cluster(entity: str) -> str:
    row = check_exists(_followed(entity))
    if Kind(row.kind) not in (Kind.CLUSTER, Kind.ORGANISATION):
        raise BadChoice(name="id", value=entity, accepted=f"--programme {entity}, ma-c2tm, tn-2ts…")
    return row.id


def _frame(entity: str) -> str:
    """An id of what clusters may be in: anything but one of them."""
    row = check_exists(_followed(entity))
    if Kind(row.kind) is Kind.CLUSTER:
        raise BadChoice(name="programme", value=entity, accepted="prog-the-next-society, ma-maroc-cluster…")
    return row.id


def _some(known: Known) -> list[str]:
    listed = [one.id for one in known.field.profiles.values() if one.kind == "cluster" and not one.gone]
    return [*listed[:5], "…"]


def _countries(given: Sequence[str] | str, known: Known) -> tuple[str, str]:
    texts = given.split(",") if isinstance(given, str) else list(given)
    codes = [code.strip().upper() for code in texts if code.strip()]
    accepted = sorted({one.home for one in known.field.profiles.values() if one.home})
    if len(codes) != 2 or not set(codes) <= set(accepted):
        raise BadChoice(name="countries", value=",".join(texts), accepted=f"MA,TN ({', '.join(accepted)})")
    return codes[0], codes[1]


def _answer(
    when: Moment,
    head: Plain,
    asked: Question,
    known: Known,
    lists: dict[str, tuple[Suggestion, ...]],
    language: str,
) -> Plain:
    told = list(chain.from_iterable(lists.values()))
    reasons: list[Grounds | Against] = []
    for one in told:
        reasons += [part.why for part in one.parts]
        reasons += one.against
    stated = cited(known, {cite for why in reasons for cite in why.cites})
    names = {
        text: name_of(known, text)
        for why in reasons
        for texts in why.params.values()
        for text in texts
        if text in known.facts.entities
    } | {end: name_of(known, end) for one in told for end in (one.cluster, one.other)}
    names |= {str(head[name]): str(head["name"]) for name in ("id", "programme") if name in head}
    rows = {
        name: [
            suggestion_plain(one, names, stated, known.field.profiles[one.other].home, language)
            for one in found
        ]
        for name, found in lists.items()
    }
    used = sorted({ground for why in reasons for ground in why.grounds})
    return (
        {"on": when.on.text}
        | head
        | {"level": asked.level, "linked": asked.linked, "weights": weights_plain(asked.weights, language)}
        | rows
        | {
            "grounds": {
                one: {
                    "title": ground.title,
                    "publisher": ground.publisher,
                    "date": ground.date,
                    "url": ground.url,
                }
                for one in used
                for ground in (grounds()[one],)
            },
            "names": dict(sorted(names.items())),
        }
    )
