"""The network as a page: graph and map of one selection, and the tables that say the same without script."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from grappe.domain.vocabulary import vocabulary
from grappe.present.plain import Plain
from grappe.present.words import country_name, day, label
from grappe.queries import navigation
from grappe.queries import network as ledger
from grappe.queries.filters import COUNTRIES
from grappe.queries.moment import Moment
from grappe.queries.network_map import selected_features
from grappe.web.jinja import language
from grappe.web.pages.map_island import BOUNDARIES, map_config
from grappe.web.pages.render import Here, Part, given, one_of, page_number, part_of, show, when_of

COLOURS = ("sector", "kind", "level", "community", "group")
SIZES = ("degree", "betweenness", "members")
DEPTHS = ("1", "2", "3", "4")
NOT_ASKED = ("page", "actors", "sel", "colour", "size")
"""Parameters of this page that do not change which links are selected."""
_TOKENS = 7
_KIND_TOKENS = {
    "cluster": 4, "organisation": 2, "form": 7, "programme": 5, "event": 3, "project": 1, "place": 6,
}  # fmt: skip
_GROUP_TOKENS = {"maghreb": 4, "north": 2, "sub_saharan": 5, "other": 6}


def network(request: HttpRequest) -> HttpResponse:
    """Graph and map side by side, their filters, legend and downloads; links and actors as tables."""
    when = when_of(request)
    others = _others(request)
    answer = _asked_of(request, when, others)
    nodes, ties = answer["nodes"], answer["links"]
    named = navigation.named([node["id"] for node in nodes] + [one for tie in ties for one in tie["via"]])
    colour = one_of(request, "colour", COLOURS) or "sector"
    size = one_of(request, "size", SIZES) or "degree"
    legend = _legend(colour, nodes)
    changes: dict[str, str | int | None] = dict.fromkeys(NOT_ASKED)
    # The files hold what the page shows: without the switch, nothing that is no cooperation.
    asked = Here(request).with_(**changes | {"others": "true" if others else "false"}).removeprefix("?")
    _body, placed = selected_features(_ids(nodes), _ids(ties), when, language())
    return show(
        request,
        "network.html",
        when,
        answer=answer,
        named=named,
        nodes={node["id"]: node for node in nodes},
        links=part_of(ties, page_number(request)),
        actors=_actors(request, nodes),
        mentioned={one["id"]: one["name"] for one in answer["mentioned"]},
        unplaced=len(nodes) - len(placed),
        others=others,
        colour=colour,
        size=size,
        colours=COLOURS,
        sizes=SIZES,
        depths=DEPTHS,
        choices=_choices(request),
        legend=legend,
        groups=group_words(),
        kinds_in_view={node["kind"] for node in nodes},
        levels_in_view={tie["level"] for tie in ties if tie["counts"]},
        asked=asked,
        boundaries=BOUNDARIES,
        map_config=map_config(),
        config=_config(nodes, named, when, colour, size, legend, others, request.GET.get("focus") or None),
        arabic=navigation.arabic_places() if language() == "ar" else {},
    )


def features(request: HttpRequest) -> HttpResponse:
    """What the map beside the graph draws: places and lines of the same selection."""
    when = when_of(request)
    answer = _asked_of(request, when, _others(request))
    body, _placed = selected_features(_ids(answer["nodes"]), _ids(answer["links"]), when, language())
    return HttpResponse(body, content_type="application/geo+json")


def _others(request: HttpRequest) -> bool:
    """Whether what is no cooperation is asked for too."""
    return one_of(request, "others", ("true", "false")) == "true"


def _asked_of(request: HttpRequest, when: Moment, others: bool) -> Plain:
    """The network that the address asks for; what is no cooperation only where the page shows it."""
    return ledger.network(when, given(request) | {"others": [str(others).lower()]})


def _ids(rows: Iterable[Plain]) -> frozenset[str]:
    return frozenset(row["id"] for row in rows)


def _actors(request: HttpRequest, nodes: Sequence[Plain]) -> Part[Plain]:
    text = request.GET.get("actors") or "1"
    rows = sorted(nodes, key=lambda node: (-node["degree"], node["name"] or node["id"], node["id"]))
    return part_of(rows, int(text) if text.isascii() and text.isdigit() else 1)


def _choices(request: HttpRequest) -> dict[str, tuple[Sequence[str], list[str]]]:
    """Each closed list of the form with what is chosen of it."""
    lists: dict[str, Sequence[str]] = {
        "kind": list(vocabulary("link_kind")),
        "level": [*vocabulary("level"), "unknown"],
        "stage": [*vocabulary("stage"), "unknown"],
        "country": COUNTRIES,
    }
    return {name: (codes, request.GET.getlist(name)) for name, codes in lists.items()}


def _legend(colour: str, nodes: Sequence[Plain]) -> list[tuple[str, str, str]]:
    """Rows ``(value, words, custom property)`` for the values in view, in a fixed order."""
    spoken = language()
    if colour == "sector":
        found = {str(node["sector"]) for node in nodes if node["sector"] is not None}
        return [
            (code, f"{code} · {label('sector', code, spoken)}", f"--sector-{code}")
            for code in map(str, vocabulary("sector"))
            if code in found
        ]
    if colour == "level":
        found = {level for node in nodes for level, n in node["degree_by_level"].items() if n}
        return [
            (code, label("level", code, spoken), f"--level-{code}")
            for code in vocabulary("level")
            if code in found
        ]
    if colour == "kind":
        found = {node["kind"] for node in nodes}
        return [
            (code, label("kind", code, spoken), f"--sector-{number}")
            for code, number in _KIND_TOKENS.items()
            if code in found
        ]
    if colour == "group":
        words = group_words()
        found = {node["group"] for node in nodes}
        return [
            (code, words[code], f"--sector-{number}")
            for code, number in _GROUP_TOKENS.items()
            if code in found
        ]
    return _communities(nodes)


def _communities(nodes: Sequence[Plain]) -> list[tuple[str, str, str]]:
    """The largest communities, each called after its best connected actor; the rest share one colour."""
    groups: dict[str, list[Plain]] = {}
    for node in nodes:
        if node["community"] is not None:
            groups.setdefault(str(node["community"]), []).append(node)
    largest = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:_TOKENS]
    rows = []
    for number, (code, members) in enumerate(largest, start=1):
        first = min(members, key=lambda node: (-node["degree"], node["id"]))
        words = _("around {name} ({n})").format(name=first["name"] or first["id"], n=len(members))
        rows.append((code, words, f"--sector-{number}"))
    return rows


def group_words() -> Mapping[str, str]:
    """Names of the groups of countries, in the reader's language."""
    return {
        "maghreb": _("Maghreb"),
        "north": _("Europe (North)"),
        "sub_saharan": _("Africa south of the Sahara"),
        "other": _("elsewhere"),
    }


def _config(
    nodes: Sequence[Plain],
    named: Mapping[str, Plain],
    when: Moment,
    colour: str,
    size: str,
    legend: Sequence[tuple[str, str, str]],
    others: bool,
    focus: str | None,
) -> dict[str, Any]:
    """What the graph is told, for `data-config`."""
    spoken = language()
    return {
        "colour": colour,
        "size": size,
        "tokens": {value: token for value, _words, token in legend},
        "folders": {id: one["folder"] for id, one in named.items() if one["folder"]},
        "kinds": {code: label("kind", code, spoken) for code in {node["kind"] for node in nodes}},
        "countries": {
            code: country_name(code, spoken) for code in {node["country"] for node in nodes} if code
        },
        "focus": focus,
        "others": others,
        "title": _("The network of the clusters"),
        "labels": {
            "degree": _("Partners:"),
            "focus": _("Show its neighbourhood"),
            "source": _(
                "As of {day}. Source: study of March 2019 (IPEMED), which has not endorsed this data."
            ).format(day=day(when.on.text, spoken)),
        },
    }
