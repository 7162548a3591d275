"""Matchmaking events in words: states, modes, verbs, outcomes, slots, and what a problem's gaps stand for."""

from collections.abc import Mapping
from datetime import datetime

from babel.dates import format_date, format_time

from grappe.domain.vocabulary import LANGUAGES
from grappe.present.catalogue import DEFAULT, N_, say

EVENT_STATES = {
    "draft": N_("in preparation"),
    "open": N_("open for registration and wishes"),
    "closed_for_wishes": N_("closed for wishes"),
    "scheduled": N_("scheduled"),
    "published": N_("agenda published"),
    "held": N_("held"),
    "closed": N_("closed"),
}
"""A word per state of an event."""

PARTICIPANT_STATES = {
    "invited": N_("invited"),
    "registered": N_("registered"),
    "confirmed": N_("confirmed"),
    "cancelled": N_("participation cancelled"),
    "no_show": N_("did not come"),
}
"""A word per state of a participant."""

WISH_STATES = {
    "sent": N_("wish sent"),
    "accepted": N_("wish accepted"),
    "declined": N_("wish declined"),
    "withdrawn": N_("wish withdrawn"),
}
"""A word per state of a wish."""

MEETING_STATES = {
    "planned": N_("planned"),
    "published": N_("published"),
    "moved": N_("moved, not yet published"),
    "cancelled": N_("cancelled"),
    "held": N_("meeting held"),
    "missed": N_("meeting missed"),
}
"""A word per state of a meeting."""

CANCELLED_WHY = {
    "by_hand": N_("Cancelled by the organiser."),
    "called_off": N_("The event was called off."),
    "participant_cancelled": N_("A participant cancelled."),
    "no_show": N_("A participant did not come."),
    "wish_declined": N_("The wish was declined."),
    "wish_withdrawn": N_("The wish was withdrawn."),
}
"""A sentence per reason why a meeting was cancelled."""

OUTCOMES = {
    "nothing": N_("nothing came of it"),
    "contact_kept": N_("contact kept"),
    "visit": N_("visit"),
    "agreement": N_("agreement signed"),
    "joint_project": N_("joint project"),
}
"""A word per outcome of a meeting."""

HORIZONS = {
    0: N_("at once"),
    6: N_("after 6 months"),
    12: N_("after 12 months"),
    24: N_("after 24 months"),
}
"""A word per horizon, in months, at which an outcome is asked for."""

SCHEDULING = {
    "participants": N_("Participants choose the slot of their meetings."),
    "organiser": N_("The organiser schedules all meetings."),
}
"""A sentence per mode of scheduling."""

ACCEPTANCE = {
    "opt_in": N_("A wish must be accepted to become a meeting."),
    "automatic": N_("A wish becomes a meeting unless it is declined."),
}
"""A sentence per mode of acceptance."""

VERBS = {
    "create_event": N_("event created"),
    "change_event": N_("terms changed"),
    "open_event": N_("opened"),
    "close_wishes": N_("wishes closed"),
    "schedule_event": N_("schedule made"),
    "move_meeting": N_("meeting moved"),
    "plan_meeting": N_("meeting added"),
    "cancel_meeting": N_("meeting cancelled"),
    "publish_agenda": N_("agenda published anew"),
    "hold_event": N_("meetings ended"),
    "close_event": N_("event closed"),
    "add_late_participant": N_("late participant added"),
    "cancel_participation": N_("participant cancelled"),
    "report_no_show": N_("absence reported"),
    "give_host_table": N_("host table changed"),
    "block_pair": N_("pair kept apart, or no longer"),
}
"""A word per action that counts as a change of the event by its organisers."""

CHANGES = {
    "new": N_("new"),
    "moved": N_("moved"),
    "cancelled": N_("taken off"),
    "same": N_("unchanged"),
}
"""A word per kind of change between two publications of an agenda."""

_LOCALES = {"fr": "fr", "en": "en_GB", "ar": "ar_MA"}
_PEOPLE = ("participant", "other", "sender", "receiver")
_STATES_OF = {
    "event_cannot": EVENT_STATES,
    "event_not_now": EVENT_STATES,
    "participant_cannot": PARTICIPANT_STATES,
    "not_taking_part": PARTICIPANT_STATES,
    "wish_cannot": WISH_STATES,
    "meeting_cannot": MEETING_STATES,
    "meeting_past": MEETING_STATES,
    "meeting_not_held": MEETING_STATES,
}
"""Which words the states in an error are worded by, by its code."""


def named(params: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """What fills a sentence, with names of participants in place of their ids."""
    return {key: names.get(value, value) if key in _PEOPLE else value for key, value in params.items()}


def event_params(code: str, params: Mapping[str, str], language: str = DEFAULT) -> dict[str, str]:
    """What fills a sentence about an event, with states, verbs and slots in words."""
    worded = dict(params)
    if words := _STATES_OF.get(code):
        for key in ("present", "wanted"):
            if key in worded:
                worded[key] = say(language, words.get(worded[key], worded[key]))
        if "accepted" in worded:
            worded["accepted"] = _list(worded["accepted"], words, language)
    if code == "event_changed":
        worded["changes"] = _list(worded["changes"], VERBS, language)
    if "slot" in worded:
        worded["slot"] = slot_words(worded["slot"], language)
    if "free" in worded:
        worded["free"] = (
            "; ".join(slot_words(one, language) for one in worded["free"].split(", ") if one) or "-"
        )
    return worded


def slot_words(code: str, language: str = DEFAULT) -> str:
    """The local day and hour of a slot, as a language writes them; text that is no slot stays."""
    try:
        when = datetime.strptime(code, "%Y%m%d-%H%M")  # noqa: DTZ007 - the code is a local hour
    except ValueError:
        return code
    locale = _LOCALES[language if language in LANGUAGES else DEFAULT]
    day, hour = format_date(when, "d MMMM y", locale=locale), format_time(when, "HH:mm", locale=locale)
    return f"{day}, {hour}"


def _list(codes: str, words: Mapping[str, str], language: str) -> str:
    found = [say(language, words.get(one, one)) for one in codes.split(",") if one]
    return ", ".join(found) or "-"
