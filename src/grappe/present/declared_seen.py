"""Declared clusters beside a register: as plain values, and in words."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from grappe.agglomeration.activities import edition
from grappe.agglomeration.matching import Verdict
from grappe.present.catalogue import N_, say
from grappe.present.concentrations import count_words
from grappe.present.plain import Plain
from grappe.present.registers import coverage_words
from grappe.present.words import number

if TYPE_CHECKING:
    from grappe.agglomeration.declared import DeclaredAndSeen, Judged, Match, Neighbour, Undeclared
    from grappe.agglomeration.distance_test import DistanceTest

LISTS = {
    "declared_and_seen": N_("Declared and seen"),
    "declared_not_seen": N_("Declared, not seen in this register"),
    "not_covered": N_("Declared, not covered by this register"),
    "seen_not_declared": N_("Seen, not declared"),
}
"""The lists of a result, with their headings."""

REASONS = {
    "no_place": N_("No place of it is known to the census."),
    "place_outside_register": N_("The register has no establishment near its places."),
    "activity_unknown": N_("Its activity is not known in words that name an industry."),
    "activity_not_in_register": N_("No industry of the register is its activity."),
    "too_few_to_test": N_("Its activity has too few establishments in the register to be tested."),
}
"""Why a register cannot tell of a cluster."""

CLOSENESS = {
    "same": N_("same activity"),
    "wider": N_("the code of the register is wider than the activity"),
    "sector": N_("same sector only"),
    "none": N_("another activity"),
}
"""How near the code of a register stands to the activity of a cluster."""

SECTOR_RULES = {
    "never": N_("a niche or an industry must agree"),
    "unless_narrow": N_("the sector is enough where no niche or industry is known"),
    "always": N_("the sector is enough"),
}
"""When the sector of a cluster tells its activity."""

STRICTER = {
    "p_at_most_0.01": N_("level of 0.01 in place of 0.05"),
    "quotient_at_least_2": N_("location quotient of at least 2"),
    "quotient_at_least_3": N_("location quotient of at least 3"),
    "establishments_at_least_20": N_("at least 20 establishments"),
    "stability_at_least_0.75": N_("found again in three resamples of four"),
    "votes_at_least_2": N_("at least two count rules in favour"),
}
"""Stricter thresholds under which a concentration is looked at again."""

QUANTITIES = {
    "establishments": N_("establishments"),
    "weight": N_("weight"),
    "quotient": N_("location quotient"),
    "weight_quotient": N_("location quotient by weight"),
    "share": N_("share of the industry's establishments"),
    "weight_share": N_("share of the industry's weight"),
    "density": N_("density over the mean of the land"),
}
"""Quantities that count rules speak of."""

_LIST_OF = {
    Verdict.SEEN: "declared_and_seen",
    Verdict.NOT_SEEN: "declared_not_seen",
    Verdict.NOT_COVERED: "not_covered",
}
_VERDICTS = {
    "seen": LISTS["declared_and_seen"],
    "not_seen": LISTS["declared_not_seen"],
    "not_covered": LISTS["not_covered"],
}


def comparison_plain(
    answer: "DeclaredAndSeen",
    *,
    nomenclature: str,
    country: str | None,
    on: str,
    tested: "DistanceTest | None" = None,
) -> Plain:
    """A whole result as plain values: thresholds, lists, dossiers, map; no firm is named in it.

    Parameters
    ----------
    answer : "DeclaredAndSeen"
    nomenclature : str
        How the codes of the register were read.
    country : str, optional
        Whose clusters were looked for; none for all.
    on : str
        The day of the census.
    tested : DistanceTest, optional
        The test of localisation of each industry.
    """
    shapes = {one["id"]: one for one in answer.found.to_geojson()["features"]}
    lists: dict[str, list[Plain]] = {name: [] for name in LISTS}
    for one in answer.clusters:
        lists[_LIST_OF[one.verdict]].append(_cluster(one))
    verdicts = {} if tested is None else {one.industry: str(one.verdict) for one in tested.industries}
    for found in sorted(answer.undeclared, key=lambda one: -one.concentration.ratio):
        lists["seen_not_declared"].append(_dossier(found, shapes[found.id], verdicts))
    return {
        "coverage": answer.found.coverage,
        "informal_units": False,
        "caveats": list(answer.found.caveats),
        "country": country,
        "on": on,
        "thresholds": {"max_km": answer.thresholds.max_km, "sector": str(answer.thresholds.sector)},
        "concordance": {"edition": edition(), "nomenclature": nomenclature},
        "unread_codes": list(answer.unread),
        "counts": {name: len(rows) for name, rows in lists.items()}
        | {"concentrations": len(answer.found), "matched_concentrations": len(answer.matched)},
        **lists,
        "settings": dict(answer.found.settings),
        "industries": [
            {
                "industry": one.industry, "establishments": one.establishments, "p_value": one.p_value,
                "published": one.published, "withheld": one.withheld, "untested": one.why,
                "test": verdicts.get(one.industry),
            }
            for one in answer.found.industries
        ],
        "map": _map(answer, shapes),
    }  # fmt: skip


def _cluster(one: "Judged") -> Plain:
    return {
        "id": one.cluster.id,
        "name": one.cluster.name,
        "country": one.cluster.country,
        "state": one.cluster.state,
        "verdict": str(one.verdict),
        "reason": one.why,
        "industries": list(one.industries),
        "establishments": one.establishments,
        "near": one.near,
        "matches": [_match(match) for match in one.matches],
        "elsewhere": None if one.elsewhere is None else _match(one.elsewhere),
        "steady": one.steady,
        "at_other_thresholds": [
            {"max_km": km, "sector": str(rule), "verdict": str(verdict)} for km, rule, verdict in one.grid
        ],
    }


def _match(one: "Match") -> Plain:
    return {
        "concentration": one.concentration,
        "km": one.km,
        "place": one.place,
        "place_name": one.place_name,
        "role": one.role,
        "closeness": str(one.closeness),
    }


def _neighbour(one: "Neighbour") -> Plain:
    return {"id": one.cluster, "name": one.name, "km": one.km, "closeness": str(one.closeness)}


def _dossier(one: "Undeclared", shape: Plain, verdicts: Mapping[str, str]) -> Plain:
    figures = one.concentration.figures()
    for axis in ("x", "y"):
        figures.pop(axis)
    middle = {
        name: shape["properties"][name] for name in ("lon", "lat", "x", "y") if name in shape["properties"]
    }
    return figures | middle | {
        "id": one.id,
        "isic": list(one.isic),
        "near": None if one.near is None else {"name": one.near[0], "km": one.near[1]},
        "test": verdicts.get(one.concentration.industry),
        "neighbours": [_neighbour(n) for n in one.neighbours],
        "potential": [_neighbour(n) for n in one.potential],
        "holds": dict(one.holds),
        "steady": one.steady,
        "at_other_thresholds": [
            {"max_km": km, "sector": str(rule), "matched": matched} for km, rule, matched in one.grid
        ],
        "geometry": shape["geometry"],
    }  # fmt: skip


def _map(answer: "DeclaredAndSeen", shapes: Mapping[str, Plain]) -> Plain:
    """Footprints and declared places as a GeoJSON collection: nothing smaller than a footprint of ten."""
    matched = answer.matched
    features = [
        {
            "type": "Feature", "id": key, "geometry": shape["geometry"],
            "properties": {
                "kind": "concentration", "industry": shape["properties"]["industry"],
                "establishments": shape["properties"]["establishments"], "declared": key in matched,
            },
        }
        for key, shape in shapes.items()
    ]  # fmt: skip
    features += [
        {
            "type": "Feature", "geometry": {"type": "Point", "coordinates": [place.x, place.y]},
            "properties": {
                "kind": "cluster", "id": one.cluster.id, "name": one.cluster.name, "place": place.name,
                "verdict": str(one.verdict),
            },
        }
        for one in answer.clusters
        for place in one.cluster.places
    ]  # fmt: skip
    degrees = answer.found.crs is not None
    unit = "degrees, WGS 84" if degrees else "kilometres on the plane of the input"
    return {"type": "FeatureCollection", "coordinate_unit": unit, "features": features}


def title_words(row: Mapping[str, Any], language: str = "en") -> str:
    """The name of a concentration: its industry, and the nearest town with its distance."""
    industry, near = row["industry"], row.get("near")
    if near is None:
        return say(language, N_("{industry}, concentration {n}"), industry=industry, n=row["number"])
    if near["km"] < 1:
        return say(language, N_("{industry} at {place}"), industry=industry, place=near["name"])
    km = number(round(near["km"]), language)
    return say(language, N_("{industry}, {km} km from {place}"), industry=industry, km=km, place=near["name"])


def reason_words(code: str | None, language: str = "en") -> str:
    """Why a register cannot tell of a cluster; nothing for none."""
    return say(language, REASONS[code]) if code else ""


def closeness_words(code: str, language: str = "en") -> str:
    """How near an activity is."""
    return say(language, CLOSENESS[code])


def list_words(name: str, language: str = "en") -> str:
    """The heading of one of the lists, or of a verdict."""
    return say(language, LISTS.get(name) or _VERDICTS[name])


def stricter_words(name: str, language: str = "en") -> str:
    """A stricter threshold of detection."""
    return say(language, STRICTER[name])


def quantity_words(name: str, language: str = "en") -> str:
    """A quantity of a count rule."""
    return say(language, QUANTITIES[name])


def match_words(match: Mapping[str, Any], language: str = "en") -> str:
    """One match in words: which concentration, how far from which place, how near in activity."""
    return say(
        language, N_("{concentration}: {km} km from {place}, {closeness}"),
        concentration=match["concentration"], km=number(round(match["km"], 1), language),
        place=match["place_name"], closeness=closeness_words(match["closeness"], language),
    )  # fmt: skip


def how_matched(result: Mapping[str, Any], language: str = "en") -> str:
    """The thresholds of matching, in a sentence."""
    limits = result["thresholds"]
    return say(
        language,
        N_(
            "A cluster is seen when a concentration of its activity stands at most {km} km from one of its"
            " places; {rule}. Concordance {edition}, codes read as {nomenclature}."
        ),
        km=number(limits["max_km"], language), rule=say(language, SECTOR_RULES[limits["sector"]]),
        edition=result["concordance"]["edition"], nomenclature=result["concordance"]["nomenclature"],
    )  # fmt: skip


def caution_words(result: Mapping[str, Any], language: str = "en") -> Iterator[str]:
    """What is printed with every result: how it was matched, what was searched, what is not covered."""
    yield how_matched(result, language)
    concentrations = {
        "features": range(result["counts"]["concentrations"]),
        "industries": [{"why": one["untested"], "withheld": one["withheld"]} for one in result["industries"]],
        "settings": result["settings"],
    }
    yield from count_words(concentrations, language)
    if result["unread_codes"]:
        yield say(
            language,
            N_(
                "Codes of the register that the concordance cannot read, so that no declared cluster"
                " can match them: {count}, such as {codes}."
            ),
            count=number(len(result["unread_codes"]), language), codes=", ".join(result["unread_codes"][:5]),
        )  # fmt: skip
    yield say(language, N_("Not seen in a register is not absent: a register tells of what it covers."))
    yield coverage_words(result["coverage"], language)
