"""Signals: what nobody declared, shown as far as its witnesses allow."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from grappe.actions.ask_witnesses import ask_witnesses
from grappe.actions.bear_witness import bear_witness
from grappe.actions.withdraw_signal import withdraw_signal
from grappe.domain.actor import Actor
from grappe.present.catalogue import say
from grappe.present.job_problems import SIGNAL_STATES
from grappe.queries.signals import signal as one_signal
from grappe.queries.signals import signals as all_signals
from grappe.web.jinja import language
from grappe.web.pages.seen import _by, _drawing, _words
from grappe.web.pages.signed_in import show_form, signed_in


def signals(request: HttpRequest) -> HttpResponse:
    """Signals that the reader may see, and a map of them under a symbol of their own."""
    found = all_signals(_by(request))
    drawing = _drawing({"coordinate_unit": "degrees", "features": [_feature(one) for one in found]})
    return show_form(request, "seen/signals.html", signals=found, drawing=drawing, **_shared())


def signal(request: HttpRequest, *, number: int) -> HttpResponse:
    """One signal with its dossier."""
    card = one_signal(number, _by(request))
    drawing = _drawing({"coordinate_unit": "degrees", "features": [_feature(card)]})
    return show_form(
        request, "seen/signal.html", signal=card, one=card.dossier, drawing=drawing, **_shared()
    )  # fmt: skip


@require_POST
@signed_in
def change(request: HttpRequest, *, by: Actor, number: int, deed: str) -> HttpResponse:
    """Ask witnesses, withdraw, or say what one knows."""
    at = datetime.now(UTC)
    match deed:
        case "ask":
            ask_witnesses(number, by=by, at=at)
        case "withdraw":
            withdraw_signal(number, by=by, at=at)
        case _:
            word, note = request.POST.get("word", ""), request.POST.get("note", "")
            bear_witness(number, word=word, note=note, by=by, at=at)
    return HttpResponseRedirect(reverse("signal", args=(language(), number)))


def _feature(card: Any) -> dict[str, Any]:
    properties = {
        "declared": False,
        "industry": card.dossier["industry"],
        "establishments": card.dossier["establishments"],
    }
    return {"type": "Feature", "id": card.id, "geometry": card.dossier["geometry"], "properties": properties}


def _shared() -> dict[str, Any]:
    return _words() | {"signal_state": lambda code: say(language(), SIGNAL_STATES[code])}
