"""Who acts on a page, and what that person may do there: for every desk that changes something.

A view says what it needs, and is called with the actor::

    @needs(Capability.RUN_EVENT, scope=lambda event: Scope(ScopeKind.EVENT, event))
    def schedule(request: HttpRequest, *, by: Actor, event: str) -> HttpResponse: ...

The action that the view calls checks the right again: a page only saves people a refusal.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from grappe.domain.actor import Actor
from grappe.domain.errors import GrappeError, SignInNeeded
from grappe.domain.roles import (
    Capability,
    Grant,
    Scope,
    allowing,
    check_may,
    check_may_somewhere,
    may_somewhere,
)
from grappe.present.problems import error_words
from grappe.queries import accounts
from grappe.web.jinja import language
from grappe.web.language import View
from grappe.web.reader import reader

ScopeOf = Callable[..., Scope | Sequence[Scope]]
"""From the parts of an address to the things that a deed touches, from narrow to wide."""


def grants_of(request: HttpRequest) -> tuple[Grant, ...]:
    """Roles that the reader holds now; none for somebody who has not signed in."""
    user = reader(request)
    return accounts.grants_of(user.pk) if user is not None else ()


def by_of(request: HttpRequest, capability: Capability | None = None, *scopes: Scope) -> Actor:
    """The person who acts, signed by the role that allows the deed, else by the first role held.

    Raises
    ------
    SignInNeeded
        If nobody signed in.
    """
    user = reader(request)
    if user is None:
        raise SignInNeeded
    held = accounts.grants_of(user.pk)
    grant = allowing(held, capability, *scopes) if capability is not None else None
    if grant is None and capability is not None:
        grant = next((one for one in held if may_somewhere([one], capability)), None)
    grant = grant or next(iter(held), None)
    return Actor(user.display_name or f"account {user.pk}", grant.role if grant else "account", user.pk)


def signed_in(view: View) -> View:
    """Call the view with the person who acts; others are led to sign in and back."""

    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        if reader(request) is None:
            return _led_to_sign_in(request)
        return view(request, by=by_of(request), **given)

    return answer


def needs(
    capability: Capability, scope: ScopeOf | None = None, *, somewhere: bool = False
) -> Callable[[View], View]:
    """Call the view with the person who acts if a role of theirs allows it; others are led to sign in.

    Parameters
    ----------
    capability
        What the deed needs.
    scope
        From the parts of the address to the things that the deed touches. Without it the right must
        be held everywhere.
    somewhere
        It is enough to hold the right over anything: for lists, which the view then narrows.

    Raises
    ------
    Forbidden
        When the page is asked by a person without such a role.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **given: Any) -> HttpResponse:
            if reader(request) is None:
                return _led_to_sign_in(request)
            found = scope(**given) if scope is not None else ()
            scopes = (found,) if isinstance(found, Scope) else tuple(found)
            if somewhere:
                check_may_somewhere(grants_of(request), capability)
            else:
                check_may(grants_of(request), capability, *scopes)
            return view(request, by=by_of(request, capability, *scopes), **given)

        return answer

    return wrapped


def _led_to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.method != "GET":
        # What was written in a form is not carried through a sign-in; the page says so.
        raise SignInNeeded
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('sign-in', args=(language(),))}?{query}")


def safe_next(address: str) -> str | None:
    """An address to go on to, if it is a path of this server and of nobody else's."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else None


def show_form(
    request: HttpRequest, template: str, error: GrappeError | None = None, **context: Any
) -> HttpResponse:
    """A page with a form: kept by no cache, with what was refused in words above it."""
    message = error_words(error, language()) if error is not None else None
    response = render(
        request,
        template,
        {"refusal": message, "refused": error.code if error is not None else None, **context},
        status=error.http_status if error is not None else 200,
    )
    add_never_cache_headers(response)
    return response
