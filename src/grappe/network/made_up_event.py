"""An invented matchmaking event: clusters, profiles and wishes whose every name says that it is none."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

THEMES = (
    ("agri-food", 1, ("du Safran", "de l'Olive", "de la Datte", "des Agrumes", "du Fromage")),
    ("metals", 2, ("de la Mécanique", "de la Fonderie", "des Capteurs")),
    ("ict", 3, ("des Logiciels", "des Données", "de la Robotique")),
    ("textile", 4, ("du Cuir", "de la Laine", "du Lin")),
    ("environment", 5, ("de l'Eau", "du Solaire", "du Recyclage")),
    ("other", 6, ("de la Santé", "de la Logistique")),
    ("creative", 7, ("de la Poterie", "du Tapis", "du Jeu vidéo")),
)
"""Families of trades: their sector, and what names are made of."""
COUNTRIES = {"south": ("MA", "DZ", "TN"), "north": ("FR", "ES", "IT", "BE", "DE", "PT")}
LANGUAGES = {
    "MA": ("ar", "fr", "en"), "DZ": ("ar", "fr"), "TN": ("ar", "fr", "en"), "FR": ("fr", "en"),
    "BE": ("fr", "en"), "ES": ("es", "en"), "IT": ("it", "fr"), "DE": ("de", "en"), "PT": ("pt", "en"),
}  # fmt: skip
_HEADS = {
    "south": ("Ta", "Az", "Oul", "Zer", "Ké", "Mit"),
    "north": ("Val", "Mont", "Bel", "Cor", "Ar", "Lys"),
}
_TAILS = {
    "south": ("meslit", "roudane", "ghazil", "noura", "belka", "firane"),
    "north": ("dorin", "quevel", "aubray", "sante", "mirande", "olieu"),
}
_TEXTS = {
    "fr": "Cluster inventé : {firms} entreprises imaginaires de la filière {theme}, à {town}.",
    "en": "Invented cluster: {firms} imaginary firms of the {theme} trade in {town}.",
    "ar": "عنقود خيالي: {firms} شركة متخيَّلة في سلسلة {theme} بمدينة {town}.",
}
_REASONS = {
    "fr": "Raison inventée : ce que vous offrez nous manque.",
    "en": "Invented reason: you offer what we lack.",
    "ar": "سبب متخيَّل: تعرضون ما ينقصنا.",
}


@dataclass(frozen=True, slots=True)
class MadeUpCluster:
    """An invented cluster, as it stands in the census of the demonstration and registers for the event."""

    id: str
    name: str
    country: str
    town: str
    side: str
    sector: int
    languages: tuple[str, ...]
    language: str
    offers: tuple[str, ...]
    needs: tuple[str, ...]
    text: str
    members: int
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeUpWish:
    """A wish between two of them, by their places in the list; `answer` of nothing leaves it open."""

    sender: int
    receiver: int
    rank: int
    reason: str
    language: str
    answer: bool | None


def made_up_clusters(each_side: int, tags: Sequence[str], rng: random.Random) -> tuple[MadeUpCluster, ...]:
    """Invented clusters, as many on each side: first the south, then the north.

    Parameters
    ----------
    each_side : int
        At most 36 on each side: there are as many invented towns.
    tags : sequence of str
        Codes that offers and needs are drawn from.
    rng : random.Random

    Returns
    -------
    tuple of MadeUpCluster

    Raises
    ------
    ValueError
        If there are not enough invented towns.

    Examples
    --------
    >>> made_up_clusters(1, ["training", "research"] * 4, random.Random(0))[0].id
    'fiction-south-01'
    """
    found = []
    for side in ("south", "north"):
        towns = [head + tail for head in _HEADS[side] for tail in _TAILS[side]]
        if each_side > len(towns):
            raise ValueError(f"at most {len(towns)} clusters a side, not {each_side}.")
        rng.shuffle(towns)
        found += [_cluster(side, n, towns[n], tags, rng) for n in range(each_side)]
    return tuple(found)


def _cluster(side: str, n: int, town: str, tags: Sequence[str], rng: random.Random) -> MadeUpCluster:
    country = COUNTRIES[side][n % len(COUNTRIES[side])]
    _, sector, trades = rng.choice(THEMES)
    theme = rng.choice(trades)
    language = next(code for code in LANGUAGES[country] if code in _TEXTS) if n % 2 else _written(country)
    members = rng.randrange(8, 90)
    drawn = rng.sample(list(tags), 6)
    return MadeUpCluster(
        id=f"fiction-{side}-{n + 1:02d}",
        name=f"Cluster fictif {theme} ({town})",
        country=country,
        town=town,
        side=side,
        sector=sector,
        languages=LANGUAGES[country],
        language=language,
        offers=tuple(sorted(drawn[:3])),
        needs=tuple(sorted(drawn[3:])),
        text=_TEXTS[language].format(firms=members, theme=theme, town=town),
        members=members,
    )


def _written(country: str) -> str:
    return "fr" if "fr" in LANGUAGES[country] else "en"


def with_absences(
    clusters: Sequence[MadeUpCluster], slots: int, rng: random.Random, share: float = 0.2
) -> tuple[MadeUpCluster, ...]:
    """The same clusters, some of them missing a third of the slots.

    Parameters
    ----------
    clusters : sequence of MadeUpCluster
    slots : int
        How many slots there are; `missing` holds places in their list.
    rng : random.Random
    share : float, between 0 and 1
        Share of clusters that miss some.

    Returns
    -------
    tuple of MadeUpCluster
    """
    return tuple(
        replace(one, missing=tuple(sorted(rng.sample(range(slots), slots // 3))))
        if rng.random() < share
        else one
        for one in clusters
    )


def made_up_wishes(
    clusters: Sequence[MadeUpCluster], each: int, rng: random.Random, open_share: float = 0.15
) -> tuple[MadeUpWish, ...]:
    """Wishes between unlike sides: each wishes for those whose offers meet its needs, and some by chance.

    Parameters
    ----------
    clusters : sequence of MadeUpCluster
    each : int
        Wishes that each sends.
    rng : random.Random
    open_share : float, between 0 and 1
        Share of wishes that nobody has answered yet; one in eight of the others is declined.

    Returns
    -------
    tuple of MadeUpWish
        By sender, the strongest first.
    """
    found = []
    for sender, one in enumerate(clusters):
        others = [index for index, other in enumerate(clusters) if other.side != one.side]
        scores = {index: _fit(one, clusters[index]) + rng.random() for index in others}
        chosen = sorted(others, key=lambda index: -scores[index])[:each]
        for rank, receiver in enumerate(chosen, 1):
            answer = None if rng.random() < open_share else rng.random() >= 1 / 8
            reason = _REASONS[one.language]
            found.append(MadeUpWish(sender, receiver, rank, reason, one.language, answer))
    return tuple(found)


def _fit(one: MadeUpCluster, other: MadeUpCluster) -> float:
    met = len(set(one.needs) & set(other.offers)) + len(set(one.offers) & set(other.needs))
    return met + 0.5 * (one.sector == other.sector) + 0.2 * len(set(one.languages) & set(other.languages))
