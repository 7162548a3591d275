"""Upload a register, follow the work, read the result: declared and seen, and what nobody declared."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from grappe.actions.cancel_job import cancel_job
from grappe.actions.create_job import Upload, create_job
from grappe.actions.delete_job import delete_job
from grappe.actions.make_signal import make_signal
from grappe.actions.publish_result import publish_result
from grappe.actions.retry_job import retry_job
from grappe.actions.tend_jobs import tend_jobs
from grappe.agglomeration.activities import nomenclatures
from grappe.agglomeration.matching import SectorRule
from grappe.agglomeration.upload_limits import ACCEPTED, LIMITS, MEGABYTE, check_sent
from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError, InputRefused, Problem, SignInNeeded, UnknownThing
from grappe.present import declared_seen as words
from grappe.present.catalogue import say
from grappe.present.footprint_map import FootprintMap, coasts_of, footprint_map
from grappe.present.job_problems import JOB_STATES, JOB_STEPS
from grappe.present.problems import error_words, problem_words
from grappe.queries import jobs
from grappe.queries.filters import COUNTRIES
from grappe.web.jinja import BUILT, language
from grappe.web.pages.signed_in import by_of, show_form, signed_in
from grappe.web.reader import reader

ROOM = MEGABYTE
"""Bytes of a form beside its file."""


def seen(request: HttpRequest) -> HttpResponse:
    """One's own results, those that others publish, and the form of an upload."""
    return _start(request)


@csrf_exempt
def upload(request: HttpRequest) -> HttpResponse:
    """Take in a register; too large a body is refused before any of it is read."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("seen", args=(language(),)))
    if reader(request) is None:
        raise SignInNeeded
    try:
        check_sent(max(int(request.META.get("CONTENT_LENGTH") or 0) - ROOM, 1), "", LIMITS)
    except GrappeError as error:
        return _start(request, error)
    # The sign of the form is looked for only now: looking for it reads the whole body.
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    by = by_of(request)
    given = request.POST
    try:
        sent = request.FILES.get("register")
        # The last field of the form stands behind the file: without it, the body broke off.
        if sent is None or "complete" not in given:
            raise InputRefused("upload_incomplete", name=sent.name if sent is not None else "?")
        own = request.FILES.get("concordance")
        columns = {role: given.get(role, "") for role in ("lon", "lat", "industry", "weight")}
        names = ("country", "nomenclature", "max_km", "sector", "coverage", "skip_bad_rows", "test")
        options: dict[str, Any] = {name: given.get(name) for name in names}
        job = create_job(
            Upload(sent.name or "", sent.size or 0, sent.chunks()), title=given.get("title", ""),
            options=options | {"columns": columns},
            concordance=None if own is None else Upload(own.name or "", own.size or 0, own.chunks()),
            by=by, at=_now(),
        )  # fmt: skip
    except GrappeError as error:
        return _start(request, error)
    tend_jobs(at=_now())
    return HttpResponseRedirect(reverse("seen-job", args=(language(), job)))


def _start(request: HttpRequest, error: GrappeError | None = None) -> HttpResponse:
    by = _by(request)
    own: list[jobs.JobCard] = []
    if by is not None:
        tend_jobs(at=_now())
        own = jobs.my_jobs(by)
    return show_form(
        request, "seen/start.html", error, signed=by is not None, own=own, published=jobs.published_jobs(),
        countries=COUNTRIES, nomenclatures=nomenclatures(), rules=words.SECTOR_RULES, accepted=ACCEPTED,
        most=LIMITS.sent // MEGABYTE, rows=LIMITS.rows, given=request.POST if error else {},
        chosen_rule=str(SectorRule.UNLESS_NARROW), **_words(),
    )  # fmt: skip


def job(request: HttpRequest, *, number: int) -> HttpResponse:
    """A job: how far it is, why it was refused, or its result."""
    by = _by(request)
    if by is not None:
        tend_jobs(at=_now())
    card = jobs.job(number, by)
    shown: dict[str, Any] = {"job": card, **_words()}
    if card.state == "done":
        plain = jobs.result(number, by)
        shown |= _result(plain)
        return show_form(request, "seen/result.html", **shown)
    reason = error_words(card.error, language()) if card.error is not None else None
    return show_form(request, "seen/job.html", reason=reason, **shown)


def _result(plain: dict[str, Any]) -> dict[str, Any]:
    quoted = [problem_words(Problem(**one), language()) for one in plain.get("problems", [])]
    return {
        "result": plain,
        "drawing": _drawing(plain["map"]),
        "cautions": list(words.caution_words(plain, language())),
        "quoted": quoted,
    }


def dossier(request: HttpRequest, *, number: int) -> HttpResponse:
    """The evidence of one concentration that nobody declared; its firms for the owner alone."""
    by = _by(request)
    card = jobs.job(number, by)
    plain = jobs.result(number, by)
    wanted = request.GET.get("c", "")
    found = next((one for one in plain["seen_not_declared"] if one["id"] == wanted), None)
    if found is None:
        raise UnknownThing(kind="concentration", id=wanted)
    firms = jobs.firms(number, wanted, by) if card.mine and by is not None else []
    return show_form(request, "seen/dossier.html", job=card, result=plain, one=found, firms=firms,
        drawing=_drawing(_alone(plain["map"], wanted)), cautions=list(words.caution_words(plain, language())),
        most=jobs.FIRMS_SHOWN, **_words(),
    )  # fmt: skip


def progress(request: HttpRequest, *, number: int) -> HttpResponse:
    """How far a job is, for the script of its page."""
    by = by_of(request)
    tend_jobs(at=_now())
    card = jobs.job(number, by)
    response = JsonResponse(
        {
            "state": str(card.state), "ended": card.ended, "step": card.step, "done": card.done,
            "total": card.total, "share": card.share,
            "words": say(language(), JOB_STATES[card.state] if card.ended else JOB_STEPS[card.step]),
        }
    )  # fmt: skip
    add_never_cache_headers(response)
    return response


@require_POST
@signed_in
def change(request: HttpRequest, *, by: Actor, number: int, deed: str) -> HttpResponse:
    """Cancel, retry, delete, publish or withdraw; a deed that cannot be is told on an error page."""
    at = _now()
    match deed:
        case "cancel":
            cancel_job(number, by=by, at=at)
        case "retry":
            retry_job(number, by=by, at=at)
        case "publish" | "withdraw":
            publish_result(number, public=deed == "publish", by=by, at=at)
        case "signal":
            wanted, note = request.POST.get("c", ""), request.POST.get("note", "")
            made = make_signal(number, wanted, note=note, by=by, at=at)
            return HttpResponseRedirect(reverse("signal", args=(language(), made)))
        case _:
            delete_job(number, by=by, at=at)
            return HttpResponseRedirect(reverse("seen", args=(language(),)))
    tend_jobs(at=at)
    return HttpResponseRedirect(reverse("seen-job", args=(language(), number)))


def result_file(request: HttpRequest, *, number: int) -> HttpResponse:
    """The whole result as JSON."""
    return JsonResponse(jobs.result(number, _by(request)))


def map_file(request: HttpRequest, *, number: int) -> HttpResponse:
    """Footprints and declared places as GeoJSON."""
    plain = jobs.result(number, _by(request))["map"]
    return JsonResponse(plain, content_type="application/geo+json")


@signed_in
def firms_file(request: HttpRequest, *, by: Actor, number: int) -> HttpResponse:
    """Rows of the owner's register inside undeclared concentrations."""
    path = jobs.firms_file(number, by)
    response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="grappe-{number}-firms.csv"'
    add_never_cache_headers(response)
    return response


def _by(request: HttpRequest) -> Actor | None:
    return by_of(request) if reader(request) is not None else None


def _now() -> datetime:
    return datetime.now(UTC)


def _alone(collection: dict[str, Any], wanted: str) -> dict[str, Any]:
    kept = [
        one for one in collection["features"] if one["geometry"]["type"] == "Point" or one.get("id") == wanted
    ]
    return collection | {"features": kept}


def _drawing(collection: dict[str, Any]) -> FootprintMap | None:
    return footprint_map(collection, _coasts())


@cache
def _coasts() -> tuple[Any, ...]:
    path = BUILT / "boundaries-atlas.json"
    return tuple(coasts_of(orjson.loads(path.read_bytes()))) if path.is_file() else ()


def _words() -> dict[str, Any]:
    """Words that the pages of results share."""
    return {
        "list_words": lambda name: words.list_words(name, language()),
        "title_words": lambda row: words.title_words(row, language()),
        "match_words": lambda match: words.match_words(match, language()),
        "closeness_words": lambda code: words.closeness_words(code, language()),
        "coverage_reason": lambda code: words.reason_words(code, language()),
        "stricter_words": lambda name: words.stricter_words(name, language()),
        "quantity_words": lambda name: words.quantity_words(name, language()),
        "rule_words": lambda code: say(language(), words.SECTOR_RULES[code]),
        "state_words": lambda code: say(language(), JOB_STATES[code]),
        "step_words": lambda code: say(language(), JOB_STEPS[code]),
        "static": settings.STATIC_URL,
    }
