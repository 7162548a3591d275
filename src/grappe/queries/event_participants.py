"""Who takes part in a matchmaking event? Profiles to browse, and whom an account speaks for."""

from django.db.models import Q

from grappe.domain.errors import UnknownThing
from grappe.domain.fold import fold
from grappe.domain.roles import Role
from grappe.network.event_states import PRESENT
from grappe.present.plain import Plain
from grappe.store.grants import grants_of
from grappe.store.models import MatchEvent, Participation, Wish


def profile_plain(row: Participation) -> Plain:
    """What a participant says of itself; never its address or its contact."""
    return {
        "id": row.pk,
        "event": row.event_id,
        "entity": row.entity,
        "name": row.name,
        "country": row.country or None,
        "side": row.side,
        "languages": row.languages,
        "offers": row.offers,
        "needs": row.needs,
        "profile": row.profile,
        "profile_language": row.profile_language,
        "availability": row.availability,
        "host_table": row.host_table,
        "state": row.state,
        "late": row.late,
    }


def find_participation(participation: int) -> Participation:
    """The row of a participant.

    Raises
    ------
    UnknownThing
        If there is none.
    """
    row = Participation.objects.filter(pk=participation).select_related("event").first()
    if row is None:
        raise UnknownThing(kind="participant", id=participation)
    return row


def list_participants(event: MatchEvent) -> list[Plain]:
    """Everybody on the list of an event, whatever their state, by name: for its organiser."""
    rows = event.participations.select_related("contact")
    found = [
        profile_plain(row)
        | {"address": row.address or None, "contact": row.contact.display_name if row.contact else None}
        for row in rows
    ]
    return sorted(found, key=lambda one: (fold(one["name"]), one["id"]))


def browse_profiles(
    event: MatchEvent,
    *,
    viewer: Participation | None = None,
    q: str = "",
    side: str | None = None,
    offer: str | None = None,
    need: str | None = None,
    language: str | None = None,
) -> list[Plain]:
    """Profiles of those who will be there, by name.

    For a `viewer`, only those it may meet: of the other side, itself left out, with what each offers
    that it needs, what each needs that it offers, the languages they share, and the wishes between
    them.
    """
    rows = event.participations.filter(state__in=[str(state) for state in PRESENT])
    if side:
        rows = rows.filter(side=side)
    if viewer is not None:
        rows = rows.exclude(pk=viewer.pk)
        if len(event.sides) == 2:
            rows = rows.exclude(side=viewer.side)
    words = fold(q).split()
    found = []
    wishes = _wishes_around(viewer) if viewer else {}
    for row in rows:
        plain = profile_plain(row)
        if offer and offer not in row.offers:
            continue
        if need and need not in row.needs:
            continue
        if language and language not in row.languages:
            continue
        text = fold(f"{row.name} {row.profile}")
        if not all(word in text for word in words):
            continue
        if viewer is not None:
            plain["match"] = match_plain(viewer, row)
            plain["wish_sent"] = wishes.get((viewer.pk, row.pk))
            plain["wish_received"] = wishes.get((row.pk, viewer.pk))
        found.append(plain)
    return sorted(found, key=lambda one: (fold(one["name"]), one["id"]))


def present_ids(event: MatchEvent) -> frozenset[int]:
    """Ids of those who will be there: nobody else has a profile to be read."""
    rows = event.participations.filter(state__in=[str(state) for state in PRESENT])
    return frozenset(rows.values_list("pk", flat=True))


def match_plain(one: Participation, other: Participation) -> Plain:
    """What two profiles have for each other: offers that meet needs, both ways, and shared languages."""
    return {
        "they_offer": [code for code in other.offers if code in one.needs],
        "they_need": [code for code in other.needs if code in one.offers],
        "languages": [code for code in other.languages if code in one.languages],
    }


def participations_of(account: int, event: str | None = None) -> list[Plain]:
    """Participants that an account speaks for, as contact or manager of the cluster, the latest first."""
    clusters = {grant.scope for grant in grants_of(account) if grant.role is Role.MANAGER}
    rows = Participation.objects.filter(Q(contact_id=account) | Q(entity__in=clusters)).select_related(
        "event"
    )
    if event is not None:
        rows = rows.filter(event_id=event)
    return [
        profile_plain(row) | {"event_title": row.event.title, "event_state": row.event.state}
        for row in rows.order_by("-event__created_at", "name")
    ]


def _wishes_around(viewer: Participation) -> dict[tuple[int, int], Plain]:
    rows = Wish.objects.filter(Q(sender=viewer) | Q(receiver=viewer)).exclude(state="withdrawn")
    return {
        (row.sender_id, row.receiver_id): {"id": row.pk, "rank": row.rank, "state": row.state} for row in rows
    }
