"""The policy desk to read: schemes, what each says by which text, and which clusters meet its conditions."""

from itertools import pairwise

from django.http import HttpRequest, HttpResponse

from grappe.policy.eligibility import thresholds
from grappe.policy.indicators import compare
from grappe.policy.labels import labels
from grappe.policy.scheme import AREAS
from grappe.present.scheme_words import SchemeWords
from grappe.queries import eligibility as eligibility_queries
from grappe.queries import navigation
from grappe.queries import schemes as scheme_queries
from grappe.web.jinja import language
from grappe.web.pages.render import show, when_of


def policy(request: HttpRequest) -> HttpResponse:
    """Every scheme by country, and the kinds of labels."""
    known = sorted(
        scheme_queries.schemes().values(), key=lambda one: (one.country in AREAS, one.country, one.id)
    )
    return show(
        request,
        "policy/index.html",
        when_of(request),
        schemes=[SchemeWords(one, language()) for one in known],
        labels=labels().values(),
        areas=AREAS,
    )


def scheme(request: HttpRequest, id: str) -> HttpResponse:
    """One scheme: dated law, phases, indicators, and what the source does not give."""
    one = scheme_queries.scheme(id)
    return show(
        request,
        "policy/scheme.html",
        when_of(request),
        scheme=one,
        words=SchemeWords(one, language()),
        parent=scheme_queries.schemes()[one.parent] if one.parent else None,
        comparisons=[(old, new, compare(old, new)) for old, new in pairwise(one.indicator_sets)],
        named=navigation.named(one.instruments),
        areas=AREAS,
    )


def eligibility(request: HttpRequest, id: str) -> HttpResponse:
    """Which clusters meet the conditions of a scheme; changed thresholds show who enters and who leaves."""
    when = when_of(request)
    one = scheme_queries.scheme(id)
    words = SchemeWords(one, language())
    written = {name: request.GET.get(f"set-{name}", "").strip() for name in words.changeable()}
    changed = {
        name: value for name, value in written.items() if value and value != words.changeable()[name][1]
    }
    cluster = request.GET.get("cluster") or None
    found = eligibility_queries.ask(id, when, clusters=[cluster] if cluster else (), changed=changed)
    return show(
        request,
        "policy/eligibility.html",
        when,
        scheme=one,
        words=SchemeWords(found.scheme, language()),
        found=found,
        written=written,
        thresholds=thresholds(one),
        cluster=cluster,
        named=navigation.named(found.answers),
    )
