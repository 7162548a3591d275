"""Addresses of the pages below a language; templates reverse them by these names."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from grappe.web.language import spoken
from grappe.web.pages import (
    accounts,
    atlas,
    clusters,
    countries,
    diagnosis,
    disputes,
    entities,
    links,
    network,
    potential,
    reading,
    search,
    seen,
    signals,
    sources,
)


def _page(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    return path(address, spoken(view), name=name)


def _deed(folder: str, deeds: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """Deeds on one numbered thing, from a closed list."""
    return re_path(rf"^{folder}/(?P<number>\d+)/(?P<deed>{deeds})/$", _numbered(spoken(view)), name=name)


def _numbered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def answer(request: HttpRequest, *, number: str, **given: str) -> HttpResponse:
        return view(request, number=int(number), **given)

    return answer


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
    _page("seen/", seen.seen, "seen"),
    _page("seen/upload/", seen.upload, "seen-upload"),
    _page("seen/<int:number>/", seen.job, "seen-job"),
    _page("seen/<int:number>/progress.json", seen.progress, "seen-progress"),
    _page("seen/<int:number>/result.json", seen.result_file, "seen-result"),
    _page("seen/<int:number>/map.geojson", seen.map_file, "seen-map"),
    _page("seen/<int:number>/firms.csv", seen.firms_file, "seen-firms"),
    _page("seen/<int:number>/dossier/", seen.dossier, "seen-dossier"),
    _deed("seen", "cancel|retry|delete|publish|withdraw|signal", seen.change, "seen-deed"),
    _page("diagnosis/", diagnosis.diagnosis, "diagnosis"),
    _page("signals/", signals.signals, "signals"),
    _page("signals/<int:number>/", signals.signal, "signal"),
    _deed("signals", "ask|withdraw|witness", signals.change, "signal-deed"),
    # An unknown address below a language is answered in that language; only one that ends with a
    # slash, or Django would no longer add a missing slash.
    re_path(r"^.*/$", spoken(_missing)),
]
