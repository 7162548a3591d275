"""Pages on time: the named editions, what changed between two, the timeline of a country."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from grappe.domain.errors import BadChoice
from grappe.present import editions as told
from grappe.present.flow_diagram import Flow, flow_diagram
from grappe.queries import editions as ask
from grappe.queries import navigation
from grappe.queries.filters import COUNTRIES
from grappe.queries.moment import Moment
from grappe.web.jinja import language
from grappe.web.pages.render import one_of, page_number, part_of, show, when_of

MOST = 100
"""Clusters named in a list of a comparison; the JSON has all."""


def editions(request: HttpRequest) -> HttpResponse:
    """The named editions, what is held of each, and the census at one of them or on any day."""
    when = when_of(request)
    known = _known(when)
    chosen = request.GET.get("edition") or None
    found = ask.census_of(chosen, known) if chosen else None
    listed = ask.list_editions(known)
    ids = {one for row in listed for passage in row["passages"] for one in passage["entities"]}
    return show(
        request,
        "editions.html",
        when,
        editions=listed,
        chosen=found,
        part=part_of(found["clusters"], page_number(request)) if found else None,
        named=navigation.named(ids),
        words=words(),
        order=told.ORDER,
    )


def diff(request: HttpRequest) -> HttpResponse:
    """What changed between two editions or days: events, flows between states, what was foreseen."""
    when = when_of(request)
    one, other = (request.GET.get(name) or default for name, default in (("from", "2014"), ("to", "2019")))
    country = one_of(request, "country", COUNTRIES)
    found = ask.diff(one, other, _known(when))
    changes = {
        kind: kept
        for kind, rows in found["changes"].items()
        if (kept := [row for row in rows if country is None or row["country"] == country])
    }
    # The drawing and the table are of the whole; a country shows its own events.
    shown = {kind: part_of(rows, 1) for kind, rows in changes.items()}
    rows = [row for part in shown.values() for row in part.rows]
    ids = {row["entity"] for row in rows} | {row["other"] for row in rows if row["other"]}
    ids |= {
        place
        for row in rows
        if row["kind"] == "moved"
        for end in ("before", "after")
        for place in row[end] or ()
    }
    ids |= {row["id"] for name in ("foreseen", "undated") for row in found[name][:MOST]}
    drawing = flow_diagram(
        [Flow(row["from"], row["to"], row["clusters"]) for row in found["flows"]],
        told.ORDER,
        lambda code: told.standing_words(code, language()),
        mirrored=language() == "ar",
    )
    return show(
        request,
        "diff.html",
        when,
        found=found,
        one=one,
        other=other,
        country=country,
        countries=COUNTRIES,
        changes=shown,
        foreseen=[row for row in found["foreseen"] if country is None or row["country"] == country],
        editions=ask.list_editions(_known(when)),
        drawing=Markup(drawing),
        named=navigation.named(ids),
        words=words(),
        most=MOST,
    )


def timeline(request: HttpRequest) -> HttpResponse:
    """Life events of the clusters of one country, or of one cluster, in order of time.

    Raises
    ------
    BadChoice
        If a cluster and a country are asked for at once.
    """
    when = when_of(request)
    cluster = request.GET.get("cluster") or None
    if cluster and request.GET.get("country"):
        raise BadChoice(name="cluster", value=cluster, accepted="cluster | country")
    country = None if cluster else one_of(request, "country", COUNTRIES) or COUNTRIES[0]
    found = ask.timeline_of_cluster(cluster) if cluster else ask.timeline_of_country(str(country))
    ids = {row["entity"] for row in found["events"]} | {
        row["other"] for row in found["events"] if row["other"]
    }
    return show(
        request,
        "timeline.html",
        when,
        found=found,
        part=part_of(found["events"], page_number(request)),
        cluster=cluster,
        country=country,
        countries=COUNTRIES,
        named=navigation.named(ids),
        words=words(),
    )


def words() -> dict[str, Any]:
    """Words of codes in the reader's language."""
    spoken = language()
    return {
        "event": lambda code: told.event_words(code, spoken),
        "standing": lambda code: told.standing_words(code, spoken),
        "outcome": lambda code: told.outcome_words(code, spoken),
        "when": lambda code: told.when_words(code, spoken),
        "span": lambda row: told.span_words(row, spoken),
        "change": lambda row: told.change_words(row, spoken),
        "title": lambda row: told.edition_title(row, spoken),
        "refused": lambda code: told.refused_words(code, spoken),
    }


def _known(when: Moment) -> str | None:
    return when.known.date().isoformat() if when.known else None
