"""Sign in and out, one's own account, invitations, and who has which role."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from grappe.actions.accept_invitation import GUEST, accept_invitation
from grappe.actions.change_password import change_password
from grappe.actions.edit_account import edit_account
from grappe.actions.end_role import end_role
from grappe.actions.grant_role import grant_role
from grappe.actions.invite import Invited, invite
from grappe.actions.sign_in import sign_in
from grappe.actions.withdraw_invitation import withdraw_invitation
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, GrappeError
from grappe.domain.roles import ROLES, Capability, Role, may_somewhere, role_of
from grappe.present.roles import invitation_letter, scope_name
from grappe.queries import accounts
from grappe.web.jinja import language
from grappe.web.pages.signed_in import by_of, grants_of, needs, safe_next, show_form, signed_in
from grappe.web.reader import reader

BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(request: HttpRequest) -> HttpResponse:
    """Sign in, then go on to where one came from, or to one's own account."""
    onward = safe_next(request.POST.get("next", "") or request.GET.get("next", ""))
    if request.method != "POST":
        if reader(request) is not None:
            return HttpResponseRedirect(onward or reverse("account", args=(language(),)))
        return show_form(request, "account/sign_in.html", next=onward)
    address = request.POST.get("address", "")
    try:
        account = sign_in(address, request.POST.get("password", ""), at=datetime.now(UTC))
    except GrappeError as error:
        return show_form(request, "account/sign_in.html", error, next=onward, address=address)
    return _entered(request, account, onward)


def _entered(request: HttpRequest, account: int, onward: str | None = None) -> HttpResponse:
    user = accounts.user_of(account)
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(onward or reverse("account", args=(user.language,)))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out; the session is forgotten here and in the browser."""
    logout(request)
    response = HttpResponseRedirect(reverse("map", args=(language(),)))
    response.delete_cookie(settings.CSRF_COOKIE_NAME)
    return response


@signed_in
def mine(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """One's own account: name, language, roles, password."""
    if request.method != "POST":
        return _mine(request, by)
    spoken = request.POST.get("language", "")
    try:
        edit_account(name=request.POST.get("name", ""), language=spoken, by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return _mine(request, by, error, part="name")
    return HttpResponseRedirect(reverse("account", args=(spoken,)))


@signed_in
def password(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Change one's own password; this session stays, all others end."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("account", args=(language(),)))
    try:
        change_password(
            old=request.POST.get("old", ""), new=request.POST.get("new", ""), by=by, at=datetime.now(UTC)
        )
    except GrappeError as error:
        return _mine(request, by, error, part="password")
    assert by.account is not None
    update_session_auth_hash(request, accounts.user_of(by.account))
    return HttpResponseRedirect(f"{reverse('account', args=(language(),))}?changed=password")


def _mine(
    request: HttpRequest, by: Actor, error: GrappeError | None = None, *, part: str = ""
) -> HttpResponse:
    me = accounts.who_am_i(by)
    held = grants_of(request)
    return show_form(
        request,
        "account/me.html",
        error,
        part=part,
        me=me,
        names=accounts.scope_names(list(me.roles)),
        changed=request.GET.get("changed") == "password",
        may_enter=may_somewhere(held, Capability.ENTER_FACTS),
        may_invite=may_somewhere(held, Capability.INVITE),
        may_manage=may_somewhere(held, Capability.MANAGE_ACCOUNTS),
    )


@needs(Capability.MANAGE_ACCOUNTS)
def people(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Everybody who has an account, with roles; invitations that are open."""
    return _people(request, by)


@require_POST
@needs(Capability.MANAGE_ACCOUNTS)
def give(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """Give a role to somebody who has an account."""
    account, scope = request.POST.get("account", ""), request.POST.get("scope", "").strip()
    try:
        if not account.isascii() or not account.isdigit():
            raise BadChoice(name="account", value=account, accepted="1, 2, 3…")
        role = role_of(request.POST.get("role", ""))
        grant_role(int(account), role=role, scope=scope, by=by, at=datetime.now(UTC))
    except GrappeError as error:
        return _people(request, by, error)
    return HttpResponseRedirect(reverse("people", args=(language(),)))


@require_POST
@signed_in
def end(request: HttpRequest, *, by: Actor, grant: int) -> HttpResponse:
    """End a role: an administrator somebody's, anybody their own."""
    end_role(grant, by=by, at=datetime.now(UTC))
    page = "people" if request.POST.get("from") == "people" else "account"
    return HttpResponseRedirect(reverse(page, args=(language(),)))


def _people(request: HttpRequest, by: Actor, error: GrappeError | None = None) -> HttpResponse:
    everybody = accounts.people(by=by)
    doors = accounts.open_invitations(by=by, at=datetime.now(UTC))
    held = [one for person in everybody for one in person.roles]
    return show_form(
        request,
        "account/people.html",
        error,
        people=everybody,
        doors=doors,
        names=accounts.scope_names([*held, *doors]),
        roles=list(Role),
        given=request.POST,
    )


@needs(Capability.INVITE, somewhere=True)
def invite_somebody(request: HttpRequest, *, by: Actor) -> HttpResponse:
    """A form for those who may invite; the link that it makes is shown once."""
    held = grants_of(request)
    gives = [role for role in Role if any(role in ROLES[grant.role].gives for grant in held)]
    given = {name: request.POST.get(name, "").strip() for name in ("address", "role", "scope", "language")}
    if request.method != "POST":
        return show_form(request, "account/invite.html", gives=gives, rules=ROLES, given=given)
    try:
        role, at = role_of(given["role"]), datetime.now(UTC)
        made = invite(
            given["address"], role=role, scope=given["scope"], language=given["language"], by=by, at=at
        )
    except GrappeError as error:
        return show_form(request, "account/invite.html", error, gives=gives, rules=ROLES, given=given)
    return _invited(request, made, role, given["scope"], given["language"], by)


def _invited(
    request: HttpRequest, made: Invited, role: Role, scope: str, spoken: str, by: Actor
) -> HttpResponse:
    address = reverse("invitation", args=(spoken, made.key))
    link = f"{'https' if settings.HTTPS else request.scheme}://{request.get_host()}{address}"
    door = accounts.invitation(made.key, at=datetime.now(UTC))
    over = scope_name(door.kind, scope, accounts.scope_names([door]), spoken) if scope else ""
    letter = invitation_letter(
        role, over, inviter=by.name, link=link, expires_at=made.expires_at, language=spoken
    )
    return show_form(
        request, "account/invited.html", link=link, letter=letter, made=made, spoken=spoken, role=role
    )


@require_POST
@signed_in
def withdraw(request: HttpRequest, *, by: Actor, invitation: int) -> HttpResponse:
    """Close an invitation that nobody has accepted."""
    withdraw_invitation(invitation, by=by, at=datetime.now(UTC))
    return HttpResponseRedirect(reverse("people", args=(language(),)))


def invitation(request: HttpRequest, *, key: str) -> HttpResponse:
    """What a link of an invitation opens: accept it, with the account one has or with a new one."""
    at = datetime.now(UTC)
    door = accounts.invitation(key, at=at)
    user = reader(request)
    shown: dict[str, Any] = {
        "door": door,
        "names": accounts.scope_names([door]),
        "mine": user is not None and user.username == door.address,
        "other": user is not None and user.username != door.address,
        "name": request.POST.get("name", ""),
        "spoken": request.POST.get("language", door.language),
    }
    if request.method != "POST":
        return show_form(request, "account/invitation.html", **shown)
    try:
        account = accept_invitation(
            key,
            name=request.POST.get("name", ""),
            password=request.POST.get("password", ""),
            language=request.POST.get("language", ""),
            by=by_of(request) if user is not None else GUEST,
            at=at,
        )
    except GrappeError as error:
        return show_form(request, "account/invitation.html", error, **shown)
    if user is not None:
        return HttpResponseRedirect(reverse("account", args=(language(),)))
    return _entered(request, account)
