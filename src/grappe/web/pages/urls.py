"""Addresses of the pages below a language; templates reverse them by these names."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from grappe.web.language import spoken
from grappe.web.pages import (
    accounts,
    alarms,
    applications,
    atlas,
    call_desk,
    calls,
    cluster_desk,
    clusters,
    comparing,
    contract_desk,
    contract_drafting,
    contract_reports,
    contracts,
    countries,
    diagnosis,
    disputes,
    document_readings,
    editions,
    entities,
    event_agenda,
    event_desk,
    event_outcomes,
    event_seat,
    events,
    labels,
    links,
    network,
    policy,
    potential,
    reading,
    rehearsals,
    schedule,
    search,
    seen,
    signals,
    sources,
    suggestions,
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
    _page("events/", events.events, "events"),
    # No event can bear this name: ids have no underscore.
    _page("events/new_event/", events.new, "event-new"),
    _page("events/calendars/<str:key>.ics", events.calendar, "event-calendar"),
    _page("events/<str:event>/", events.event, "event"),
    _page("events/<str:event>/register/", event_seat.register, "event-register"),
    _page("events/<str:event>/desk/", event_desk.desk, "event-desk"),
    _page("events/<str:event>/desk/state/", event_agenda.change_state, "event-state"),
    _page("events/<str:event>/desk/terms/", event_desk.terms, "event-terms"),
    _page("events/<str:event>/desk/participants/", event_desk.participants, "event-participants"),
    _page("events/<str:event>/desk/participants/add/", event_desk.add, "event-add"),
    _page("events/<str:event>/desk/participants/apart/", event_desk.keep_apart, "event-apart"),
    _page(
        "events/<str:event>/desk/participants/<int:seat>/", event_desk.change_participant, "event-participant"
    ),
    _page("events/<str:event>/desk/wishes/", event_desk.wishes, "event-wishes"),
    _page("events/<str:event>/desk/agenda/", event_agenda.agenda, "event-agenda"),
    _page("events/<str:event>/desk/schedule/", event_agenda.schedule, "event-schedule"),
    _page("events/<str:event>/desk/meetings/", event_agenda.plan, "event-plan"),
    _page("events/<str:event>/desk/meetings/<int:meeting>/", event_agenda.meeting, "event-meeting"),
    _page("events/<str:event>/desk/outcomes/", event_outcomes.outcomes, "event-outcomes"),
    _page("events/<str:event>/desk/outcomes/<int:outcome>/publish/", event_outcomes.publish, "event-publish"),
    _page("events/<str:event>/desk/meetings/<int:meeting>/outcome/", event_outcomes.outcome, "event-outcome"),
    _page("events/<str:event>/seats/<int:seat>/", event_seat.seat, "seat"),
    _page("events/<str:event>/seats/<int:seat>/state/", event_seat.change_seat, "seat-state"),
    _page("events/<str:event>/seats/<int:seat>/sheet/", event_seat.sheet, "seat-sheet"),
    _page("events/<str:event>/seats/<int:seat>/profile/", event_seat.profile, "seat-profile"),
    _page("events/<str:event>/seats/<int:seat>/others/", event_seat.others, "seat-others"),
    _page("events/<str:event>/seats/<int:seat>/others/<int:other>/", event_seat.other, "seat-other"),
    _page("events/<str:event>/seats/<int:seat>/wishes/", event_seat.wishes, "seat-wishes"),
    _page("events/<str:event>/seats/<int:seat>/wishes/<int:wish>/", event_seat.answer, "seat-wish"),
    _page(
        "events/<str:event>/seats/<int:seat>/meetings/<int:meeting>/",
        event_outcomes.seat_outcome,
        "seat-outcome",
    ),
    _page(
        "events/<str:event>/seats/<int:seat>/meetings/<int:meeting>/report/",
        event_outcomes.report,
        "seat-report",
    ),
    _page("network/suggestions/", suggestions.suggestions, "suggestions"),
    _page("calls/", calls.calls, "calls"),
    # No call can bear this name: ids have no underscore.
    _page("calls/new_call/", calls.new, "call-new"),
    _page("calls/<str:call>/", calls.call, "call"),
    _page("calls/<str:call>/apply/", applications.start, "call-apply"),
    _page("calls/<str:call>/desk/", call_desk.desk, "call-desk"),
    _page("calls/<str:call>/desk/terms/", call_desk.terms, "call-terms"),
    _page("calls/<str:call>/desk/state/", call_desk.state, "call-state"),
    _page("calls/<str:call>/desk/reviewers/", call_desk.reviewers, "call-reviewers"),
    _page("calls/<str:call>/desk/reviewers/excuse/", call_desk.excuse, "call-excuse"),
    _page("calls/<str:call>/desk/applications.xlsx", call_desk.workbook, "call-workbook"),
    _page("calls/<str:call>/desk/decide/", call_desk.decide, "call-decide"),
    _page("calls/<str:call>/desk/applications/<str:application>/", call_desk.application, "call-application"),
    _page("calls/<str:call>/review/", applications.reviews, "call-review"),
    _page("calls/<str:call>/review/<str:application>/", applications.review, "review"),
    _page("applications/<str:application>/", applications.application, "application"),
    _page("applications/<str:application>/documents/", applications.attach, "application-attach"),
    _page("applications/<str:application>/check/", applications.check, "application-check"),
    _page("documents/<int:number>/", applications.document, "document"),
    _page("contracts/", contracts.contracts, "contracts"),
    _page("contracts/portfolio.xlsx", contracts.portfolio_file, "contracts-file"),
    # No contract can bear these names: ids have no underscore, and hold a call and a cluster.
    _page("contracts/all_states/", contracts.states, "contract-states"),
    _page("contracts/new_merger/", contract_desk.merger, "contract-merger"),
    _page("contracts/new_contract/<str:application>/", contract_drafting.draft, "contract-draft"),
    _page("contracts/cluster/<str:cluster>/", contracts.cluster, "contracts-cluster"),
    _page("contracts/cluster/<str:cluster>/dashboard.xlsx", contracts.cluster_file, "contracts-cluster-file"),
    _page("contracts/<str:contract>/", contracts.contract, "contract"),
    _page("contracts/<str:contract>/contract.xlsx", contracts.contract_file, "contract-file"),
    _page("contracts/<str:contract>/deed/", contract_desk.deed, "contract-deed"),
    _page("contracts/<str:contract>/renewal/", contract_desk.renewal, "contract-renewal"),
    _page("contracts/<str:contract>/reports/<int:number>/", contract_reports.report, "contract-report"),
    _page(
        "contracts/<str:contract>/reports/<int:number>/proofs/", contract_reports.attach, "contract-attach"
    ),
    _page("documents/proofs/<int:number>/", contracts.proof, "proof"),
    _page("alarms/", alarms.alarms, "alarms"),
    _page("alarms/alarms.xlsx", alarms.sheet, "alarms-sheet"),
    _page("labels/", labels.labels, "labels"),
    _page("labels/labels.xlsx", labels.sheet, "labels-sheet"),
    _page("labels/grant/<str:kind>/", labels.grant, "label-grant"),
    _page("labels/<int:number>/end/", labels.end, "label-end"),
    _page("labels/rehearsal/", rehearsals.mine, "rehearsals"),
    _page("labels/rehearsal/<str:cluster>/", rehearsals.rehearsal, "rehearsal"),
    _page("labels/rehearsal/<str:cluster>/documents/", rehearsals.attach, "rehearsal-attach"),
    _page("labels/rehearsal/<str:cluster>/report/", rehearsals.report, "rehearsal-report"),
    _page("labels/rehearsal/<str:cluster>/rehearsal.xlsx", rehearsals.sheet, "rehearsal-sheet"),
    _page("labels/evidence/<int:number>/", rehearsals.document, "evidence"),
    _page("desk/", cluster_desk.desks, "desks"),
    _page("desk/desk.xlsx", cluster_desk.desks_sheet, "desks-sheet"),
    _page("desk/<str:cluster>/", cluster_desk.desk, "cluster-desk"),
    _page("desk/<str:cluster>/desk.xlsx", cluster_desk.sheet, "cluster-desk-sheet"),
    # No project or case can bear the name of a new one: their keys have no underscore.
    _page("desk/<str:cluster>/projects/<str:key>/", cluster_desk.project, "desk-project"),
    _page("desk/<str:cluster>/start-ups/<str:key>/", cluster_desk.start_up, "desk-start-up"),
    _page("policy/", policy.policy, "policy"),
    _page("policy/schedule/", schedule.schedule, "schedule"),
    _page("policy/schedule/schedule.xlsx", schedule.sheet, "schedule-sheet"),
    _page("policy/<str:id>/", policy.scheme, "scheme"),
    _page("policy/<str:id>/eligibility/", policy.eligibility, "eligibility"),
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
    _page("reading/", document_readings.readings, "readings"),
    _page("reading/<int:reading>/", document_readings.reading, "reading"),
    _page("reading/<int:reading>/left-over/", document_readings.leftovers, "reading-leftovers"),
    _page("reading/<int:reading>/proposals.yml", document_readings.proposals_file, "reading-file"),
    _page("reading/<int:reading>/decide/", document_readings.decide, "reading-decide"),
    _page("reading/<int:reading>/state/", document_readings.change_state, "reading-state"),
    _page("reading/<int:reading>/<str:code>/", document_readings.edit, "reading-edit"),
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
