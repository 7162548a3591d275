"""Disputes and findings."""

from collections import Counter

from django.http import HttpRequest, HttpResponse

from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.vocabulary import vocabulary
from grappe.queries import disputes as queries
from grappe.queries import navigation
from grappe.web.pages.render import one_of, show, when_of


def disputes(request: HttpRequest) -> HttpResponse:
    """Values of the source that cannot all be true, and what the consistency rules found."""
    when = when_of(request)
    severity = one_of(request, "severity", vocabulary("severity"))
    found = queries.list_disputes(when)
    findings = queries.list_findings(when)
    counts = {
        "disputes": Counter(one["severity"] for one in found),
        "findings": Counter(one["severity"] for one in findings),
    }
    ids = {one["entity"] for one in found} | {id for one in findings for id in one["entities"]}
    return show(
        request,
        "disputes.html",
        when,
        disputes=[one for one in found if severity in (None, one["severity"])],
        findings=[one for one in findings if severity in (None, one["severity"])],
        severity=severity,
        severities=list(vocabulary("severity")),
        counts=counts,
        fields={one["kind"]: declaration(Kind(one["kind"])).fields for one in found},
        named=navigation.named(ids),
    )
