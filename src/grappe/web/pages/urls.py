"""Addresses of the pages below a language; templates reverse them by these names."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from grappe.web.language import spoken
from grappe.web.pages import (
    accounts,
    atlas,
    clusters,
    comparing,
    countries,
    disputes,
    editions,
    entities,
    links,
    network,
    potential,
    reading,
    search,
    sources,
)


def _page(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(address, spoken(view), name=name)


def _missing(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    _page("", atlas.atlas, "map"),
    _page("clusters/", clusters.table, "clusters"),
    _page("clusters/<str:entity>/", clusters.sheet, "cluster"),
    _page("features/<str:entity>.geojson", atlas.features, "features"),
    _page("countries/<str:code>/", countries.country, "country"),
    *(_page(f"{section.folder}/", section.listing, section.folder) for section in entities.SECTIONS.values()),
    *(
        _page(f"{section.folder}/<str:entity>/", section.sheet, section.one)
        for section in entities.SECTIONS.values()
    ),
    _page("links/", links.links, "links"),
    _page("network/", network.network, "network"),
    _page("network/features.geojson", network.features, "network-features"),
    _page("potential/", potential.potential, "potential"),
    _page("sources/", sources.sources, "sources"),
    _page("sources/<str:source>/", sources.source, "source"),
    _page("statements/<str:statement>/", sources.statement, "statement"),
    _page("disputes/", disputes.disputes, "disputes"),
    _page("editions/", editions.editions, "editions"),
    _page("diff/", editions.diff, "diff"),
    _page("timeline/", editions.timeline, "timeline"),
    _page("compare/", comparing.compare, "compare"),
    _page("claims/", comparing.claims, "claims"),
    _page("legal-forms/", comparing.legal_forms, "legal-forms"),
    _page("search/", search.search, "search"),
    _page("glossary/", reading.glossary, "glossary"),
    _page("methods/", reading.methods, "methods"),
    _page("data/", reading.data, "data"),
    _page("accounts/", accounts.people, "people"),
    _page("accounts/me/", accounts.mine, "account"),
    _page("accounts/sign-in/", accounts.enter, "sign-in"),
    _page("accounts/sign-out/", accounts.leave, "sign-out"),
    _page("accounts/password/", accounts.password, "password"),
    _page("accounts/roles/", accounts.give, "give-role"),
    _page("accounts/roles/<int:grant>/end/", accounts.end, "end-role"),
    _page("invitations/", accounts.invite_somebody, "invite"),
    _page("invitations/<int:invitation>/withdraw/", accounts.withdraw, "withdraw-invitation"),
    _page("invitations/<str:key>/", accounts.invitation, "invitation"),
    # An unknown address below a language is answered in that language; only one that ends with a
    # slash, or Django would no longer add a missing slash.
    re_path(r"^.*/$", spoken(_missing)),
]
