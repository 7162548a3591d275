"""Roles, rights and invitations in words, with the sentences of everything that accounts refuse."""

from collections.abc import Mapping
from datetime import datetime

from grappe.domain.roles import Capability, Role, ScopeKind
from grappe.present.catalogue import N_, say
from grappe.present.words import country_name, day

ROLE_NAMES = {
    Role.ANALYST: N_("analyst"),
    Role.MANAGER: N_("cluster manager"),
    Role.OFFICER: N_("ministry officer"),
    Role.REVIEWER: N_("reviewer"),
    Role.ORGANISER: N_("event organiser"),
    Role.PARTICIPANT: N_("participant"),
    Role.ADMINISTRATOR: N_("administrator"),
}
"""What a role is called."""

ROLE_DUTIES = {
    Role.ANALYST: N_("Enters facts with their sources and decides between them."),
    Role.MANAGER: N_("Speaks for one cluster: its sheet, its offers and needs, its meetings, its contract."),
    Role.OFFICER: N_("Runs calls, decides and signs for the state, follows contracts."),
    Role.REVIEWER: N_("Gives an opinion on applications."),
    Role.ORGANISER: N_("Prepares and runs matchmaking events."),
    Role.PARTICIPANT: N_("Takes part in one event for a firm, a laboratory or another body."),
    Role.ADMINISTRATOR: N_("Opens accounts and gives roles; decides nothing of what the observatory says."),
}
"""A sentence about what a role is for."""

CAPABILITY_WORDS = {
    Capability.ENTER_FACTS: N_("enter facts"),
    Capability.DECIDE_FACTS: N_("decide between facts"),
    Capability.REDACT: N_("erase personal data"),
    Capability.SEE_SIGNALS: N_("see unconfirmed signals"),
    Capability.SPEAK_FOR_CLUSTER: N_("speak for a cluster"),
    Capability.TAKE_PART: N_("take part in meetings"),
    Capability.RUN_EVENT: N_("run an event"),
    Capability.RUN_CALL: N_("run a call for proposals"),
    Capability.APPLY: N_("apply to a call"),
    Capability.REVIEW: N_("review applications"),
    Capability.DECIDE_CALL: N_("select applications"),
    Capability.SIGN: N_("sign contracts"),
    Capability.REPORT: N_("report indicators"),
    Capability.FOLLOW_CONTRACTS: N_("follow contracts"),
    Capability.INVITE: N_("invite people"),
    Capability.MANAGE_ACCOUNTS: N_("manage accounts"),
}
"""A right, as it follows "may"."""

SCOPE_WORDS = {
    ScopeKind.CLUSTER: N_("cluster"),
    ScopeKind.COUNTRY: N_("country"),
    ScopeKind.EVENT: N_("event"),
    ScopeKind.CALL: N_("call for proposals"),
}
"""What a role is held over."""

ACCOUNT_ERRORS = {
    "sign_in_needed": N_("This needs an account. Sign in first."),
    "sign_in_refused": N_("Address and password do not belong together. Check both and try again."),
    "too_many_attempts": N_(
        "{most} wrong passwords were given for this address. Try again in {minutes} minutes."
    ),
    "wrong_password": N_("The present password is not the right one. Nothing was changed."),
    "may_not": N_("You may not {capability}: it needs a role that you do not have ({duties}). "
                  "Ask an administrator."),
    "may_not_here": N_("You may {capability}, but not here ({scope}). Ask an administrator."),
    "may_not_give": N_("You may not give the role “{duty}” ({scope}); these roles may: {duties}."),
    "operator_alone": N_("Only the operator of the machine may set another person's password."),
    "form_expired": N_("This form has expired, or your browser refuses cookies. Reload it and try again."),
    "bad_address": N_("`{value}` is not an e-mail address. Write it like name@example.org."),
    "bad_name": N_("`{value}` is not a name. Write {longest} signs at most, without address."),
    "weak_password": N_("This password is too weak: {reasons}. Choose another."),
    "account_exists": N_("This address has an account already. Give it a role instead."),
    "account_exists_sign_in": N_("This address has an account already. Sign in, then accept the invitation."),
    "already_held": N_("This person has the role “{duty}” already. Nothing was changed."),
    "role_needs_scope": N_("The role “{duty}” is held over one {kind}. Name it."),
    "role_without_scope": N_("The role “{duty}” is held everywhere. Name nothing that narrows it."),
    "role_not_held": N_("The role “{duty}” ({scope}) is not held. Nothing was changed."),
    "role_ended": N_("The role “{duty}” has ended already. Nothing was changed."),
    "last_administrator": N_(
        "This is the last administrator. Make somebody else an administrator before ending this role."
    ),
    "unknown_account": N_("There is no account `{id}`."),
    "unknown_grant": N_("There is no role given under number {id}."),
    "unknown_invitation": N_("There is no such invitation. Check that the whole link was copied."),
    "invitation_used": N_("This invitation was accepted already. Sign in with the account it made."),
    "invitation_withdrawn": N_("This invitation was withdrawn. Ask whoever invited you for another."),
    "invitation_expired": N_("This invitation expired on {day}. Ask whoever invited you for another."),
    "invitation_of_another": N_("This invitation is for another address. Sign out and open the link again."),
}  # fmt: skip
"""A sentence per code of error of accounts."""

WEAKNESSES = {
    "password_too_short": N_("it has fewer than {length} signs"),
    "password_too_common": N_("it is in the list of common passwords"),
    "password_entirely_numeric": N_("it is made of digits alone"),
    "password_too_similar": N_("it resembles your name or your address"),
}
"""Why a password is refused, as it follows a colon."""

INVITATION_LETTER = N_(
    "Hello,\n\n"
    "{inviter} invites you to the observatory of clusters “grappe”, as: {role}.\n"
    "Open this link to accept. It works once, until {day}:\n\n"
    "{link}\n"
)
"""What an inviter sends to the person invited, by whatever means."""


def role_name(role: str, language: str = "en") -> str:
    """Name of a role."""
    return say(language, ROLE_NAMES[Role(role)])


def role_duty(role: str, language: str = "en") -> str:
    """What a role is for."""
    return say(language, ROLE_DUTIES[Role(role)])


def scope_name(kind: str | None, id: str, names: Mapping[str, str], language: str = "en") -> str:
    """What a role is held over: a country or a cluster by its name, an event or a call by its id."""
    if not id:
        return say(language, N_("everywhere"))
    return country_name(id, language) if kind == ScopeKind.COUNTRY else names.get(id) or id


def invitation_letter(
    role: str, over: str, *, inviter: str, link: str, expires_at: datetime, language: str
) -> str:
    """A text to send to the person invited, in that person's language; `over` is the scope in words."""
    named = role_name(role, language)
    return say(
        language,
        INVITATION_LETTER,
        inviter=inviter,
        role=f"{named} ({over})" if over else named,
        day=day(expires_at.date().isoformat(), language),
        link=link,
    )


def account_params(params: Mapping[str, str], language: str) -> dict[str, str]:
    """Codes of roles, rights, scopes and weaknesses among the parameters of an error, in words."""
    worded: dict[str, str] = {}
    if "capability" in params:
        worded["capability"] = say(language, CAPABILITY_WORDS[Capability(params["capability"])])
    if "duty" in params:
        worded["duty"] = role_name(params["duty"], language)
    if "duties" in params:
        worded["duties"] = ", ".join(role_name(one, language) for one in params["duties"].split(", "))
    if "reasons" in params:
        reasons = (WEAKNESSES.get(one, one) for one in params["reasons"].split(", "))
        worded["reasons"] = "; ".join(say(language, one, length=params.get("length", "")) for one in reasons)
    if params.get("kind") in tuple(ScopeKind):
        worded["kind"] = say(language, SCOPE_WORDS[ScopeKind(params["kind"])])
    if params.get("scope") == "":
        worded["scope"] = say(language, N_("everywhere"))
    return worded
