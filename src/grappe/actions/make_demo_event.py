"""Make the demonstration: invented clusters, an event that was held, and one open for wishes."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType

import orjson
from django.db import transaction

from grappe.actions.answer_wish import answer_wish
from grappe.actions.cancel_participation import cancel_participation
from grappe.actions.close_wishes import close_wishes
from grappe.actions.create_account import create_account
from grappe.actions.create_event import EventTerms, create_event
from grappe.actions.hold_event import hold_event
from grappe.actions.keep_apart import check_takes_inventions
from grappe.actions.load_dataset import load_dataset
from grappe.actions.open_event import open_event
from grappe.actions.publish_agenda import publish_agenda
from grappe.actions.publish_outcome import publish_outcome
from grappe.actions.record_outcome import record_outcome
from grappe.actions.register_participant import OFFERS_LIST, Profile, register_participant
from grappe.actions.schedule_event import schedule_event
from grappe.actions.send_wish import send_wish
from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from grappe.domain.vocabulary import vocabulary
from grappe.network.made_up_event import (
    MadeUpCluster,
    MadeUpWish,
    made_up_clusters,
    made_up_wishes,
    with_absences,
)
from grappe.network.meeting_outcomes import Horizon, OutcomeKind
from grappe.network.slot_grid import Break, Day, Grid
from grappe.store.models import FictionalData, MatchEvent, MeetingOutcome, Participation

DATASET = "fiction-clusters"
PAST, COMING = "fiction-days-1", "fiction-days-2"
TITLES: Mapping[str, str] = MappingProxyType(
    {PAST: "Rencontres fictives, première édition", COMING: "Rencontres fictives, deuxième édition"}
)
WATERMARK = "Démonstration · Demonstration · عرض توضيحي : Rencontres fictives"
SIDES = (("south", "Sud · South · الجنوب"), ("north", "Nord · North · الشمال"))
EACH_SIDE = 20
TABLES = 12
WISHES = 6
SOLVING = 10.0
"""Seconds that the schedule of the past event may take."""
_CARD = """\
id: {dataset}
title: {{fr: Clusters fictifs, en: Fictional clusters, ar: عناقيد خيالية}}
as_of: {day}
licence: CC0-1.0
notice:
  fr: "Tout est inventé : clusters, lieux, chiffres."
  en: "Everything is invented: clusters, places, figures."
  ar: "كل ما هنا خيالي: العناقيد والأماكن والأرقام."
sources:
  fiction:
    kind: declaration
    title: Jeu de démonstration, entièrement inventé
    date: {day}
    cited_by: key
"""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account of the demonstration: its address, the name shown, its password, what it is for."""

    address: str
    name: str
    password: str
    role: Role
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demonstration holds; `made` tells whether it was made now or stood there before."""

    title: str
    events: tuple[str, ...]
    participants: int
    wishes: int
    meetings: int
    links: int
    made: bool


def make_demo_event(
    folder: Path, *, seed: int = 0, accounts: Sequence[DemoAccount] = (), by: Actor, at: datetime
) -> Demo:
    """Fill an empty database with the demonstration; where it stands already, nothing changes.

    The first event was held 13 months before `at`, with its schedule, a late cancellation and
    outcomes up to a year; the second, two months away, is open, its wishes sent and mostly answered.

    Raises
    ------
    Refused
        If the database holds facts.
    """
    check_takes_inventions()
    made = not MatchEvent.objects.filter(id=COMING).exists()
    if made:
        with transaction.atomic():
            _make(folder, random.Random(seed), seed, accounts, by, at)
    return Demo(
        title=WATERMARK,
        events=(PAST, COMING),
        participants=Participation.objects.filter(event_id=COMING).count(),
        wishes=MatchEvent.objects.get(id=COMING).wishes.count(),
        meetings=MatchEvent.objects.get(id=PAST).meetings.filter(state="held").count(),
        links=MeetingOutcome.objects.exclude(link=None).values("link").distinct().count(),
        made=made,
    )


def _make(
    folder: Path, rng: random.Random, seed: int, accounts: Sequence[DemoAccount], by: Actor, at: datetime
) -> None:
    FictionalData.objects.create(title=WATERMARK, made_at=at, datasets=[DATASET])
    clusters = made_up_clusters(EACH_SIDE, tuple(vocabulary(OFFERS_LIST)), rng)
    began = at - timedelta(days=520)
    load_dataset(_write_dataset(folder / DATASET, clusters, began.date()), by=by, at=at)
    for one in accounts:
        create_account(
            one.address, name=one.name, password=one.password, role=one.role, scope=one.scope, by=by, at=at
        )
    _past(clusters, rng, seed, by, began, at)
    founded = at - timedelta(days=20)
    first_day = _tuesday((at + timedelta(days=60)).date())
    people = _opened(COMING, clusters, first_day, rng, by, founded)
    _wish(people, made_up_wishes(clusters, WISHES, rng), by, founded)


def _past(
    clusters: Sequence[MadeUpCluster], rng: random.Random, seed: int, by: Actor, began: datetime, at: datetime
) -> None:
    day = _tuesday((at - timedelta(days=400)).date())
    people = _opened(PAST, clusters, day, rng, by, began)
    _wish(people, made_up_wishes(clusters, WISHES, rng, open_share=0.05), by, began)
    before = began + timedelta(days=30)
    close_wishes(PAST, by=by, at=before)
    schedule_event(PAST, seed=seed, time_limit=SOLVING, by=by, at=before)
    publish_agenda(PAST, by=by, at=before)
    late = before + timedelta(days=5)
    cancel_participation(people[rng.randrange(len(people))].pk, by=by, at=late)
    schedule_event(PAST, seed=seed, time_limit=SOLVING, by=by, at=late)
    publish_agenda(PAST, by=by, at=late)
    evening = datetime.combine(day + timedelta(days=1), time(20), tzinfo=UTC)
    hold_event(PAST, by=by, at=evening)
    _outcomes(rng, by, evening)


def _outcomes(rng: random.Random, by: Actor, evening: datetime) -> None:
    """Outcomes as they may go: fewer answers each time, and more come of what went on."""
    kinds = list(OutcomeKind)
    weights = {
        Horizon.AT_ONCE: (35, 60, 5, 0, 0),
        Horizon.SIX_MONTHS: (30, 40, 20, 10, 0),
        Horizon.ONE_YEAR: (30, 25, 20, 15, 10),
    }
    answering = {Horizon.AT_ONCE: 0.9, Horizon.SIX_MONTHS: 0.6, Horizon.ONE_YEAR: 0.4}
    for meeting in MatchEvent.objects.get(id=PAST).meetings.filter(state="held").order_by("id"):
        for horizon, odds in weights.items():
            if rng.random() > answering[horizon]:
                continue
            told = evening + timedelta(days=1 + int(horizon) * 31)
            (kind,) = rng.choices(kinds, odds)
            teller = rng.choice((meeting.a_id, meeting.b_id))
            outcome = record_outcome(meeting.pk, horizon=horizon, kind=kind, teller=teller, by=by, at=told)
            if kind in (OutcomeKind.AGREEMENT, OutcomeKind.JOINT_PROJECT):
                publish_outcome(outcome.pk, by=by, at=told)


def _opened(
    event: str,
    clusters: Sequence[MadeUpCluster],
    first: date,
    rng: random.Random,
    by: Actor,
    at: datetime,
) -> list[Participation]:
    days = tuple(Day(first + timedelta(days=n), time(9), time(13)) for n in range(2))
    grid = Grid(days, 25, "Africa/Casablanca", 5, (Break(time(10, 30), time(11)),))
    terms = EventTerms(
        title=TITLES[event],
        grid=grid,
        tables=TABLES,
        description="Événement inventé, pour montrer le logiciel.",
        place="Ville imaginaire",
        sides=SIDES,
        most_wishes=8,
    )
    row = create_event(event, terms, by=by, at=at)
    open_event(event, by=by, at=at)
    slots = list(row.slots.order_by("start").values_list("code", flat=True))
    return [
        register_participant(event, _profile(one, slots), by=by, at=at)
        for one in with_absences(clusters, len(slots), rng)
    ]


def _profile(one: MadeUpCluster, slots: Sequence[str]) -> Profile:
    there = [slot for n, slot in enumerate(slots) if n not in one.missing]
    return Profile(
        name=one.name,
        entity=one.id,
        side=one.side,
        country=one.country,
        languages=one.languages,
        offers=one.offers,
        needs=one.needs,
        text=one.text,
        text_language=one.language,
        availability=there if one.missing else None,
    )


def _wish(people: Sequence[Participation], wishes: Sequence[MadeUpWish], by: Actor, at: datetime) -> None:
    for one in wishes:
        sender, receiver = people[one.sender], people[one.receiver]
        sent = send_wish(
            sender.pk,
            receiver.pk,
            rank=one.rank,
            reason=one.reason,
            language=one.language,
            by=by,
            at=at + timedelta(days=3),
        )
        if one.answer is not None:
            answer_wish(sent.pk, accept=one.answer, by=by, at=at + timedelta(days=6))


def _write_dataset(folder: Path, clusters: Sequence[MadeUpCluster], day: date) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.yml").write_text(_CARD.format(dataset=DATASET, day=day.isoformat()), "utf-8")
    rows = []
    for one in clusters:
        values: dict[str, object] = {
            "name": one.name,
            "country": one.country,
            "listed": True,
            "state": "emerging",
            "sector": str(one.sector),
        }
        for field, value in values.items():
            rows.append(_row(one.id, field, value, day))
        members = _row(one.id, "members_total", one.members, day)
        rows.append(members | {"perimeter": "members", "modality": "observed"})
    (folder / "statements.jsonl").write_bytes(b"\n".join(orjson.dumps(row) for row in rows) + b"\n")
    return folder


def _row(entity: str, field: str, value: object, day: date) -> dict[str, object]:
    return {
        "entity": entity,
        "kind": "cluster",
        "field": field,
        "value": value,
        "source": "fiction",
        "as_of": day.isoformat(),
        "key": entity,
        "printed": str(value),
    }


def _tuesday(day: date) -> date:
    return day + timedelta(days=(1 - day.weekday()) % 7)
