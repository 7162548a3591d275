"""The ledger of links."""

from django.http import HttpRequest, HttpResponse

from grappe.domain.vocabulary import vocabulary
from grappe.queries import lists, navigation
from grappe.web.pages.render import one_of, page_number, part_of, show, when_of


def links(request: HttpRequest) -> HttpResponse:
    """Every link with its ends, kind, levels, status and lines."""
    when = when_of(request)
    kind = one_of(request, "kind", vocabulary("link_kind"))
    level = one_of(request, "level", vocabulary("level"))
    cluster = request.GET.get("cluster") or None
    part = part_of(lists.list_links(when, kind=kind, level=level, cluster=cluster), page_number(request))
    ends = {end for row in part.rows for end in (row["source"], row["target"])}
    return show(
        request,
        "links.html",
        when,
        part=part,
        kind=kind,
        level=level,
        cluster=cluster,
        kinds=list(vocabulary("link_kind")),
        levels=list(vocabulary("level")),
        named=navigation.named(ends | ({cluster} if cluster else set())),
    )
