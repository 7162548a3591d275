"""Entities: the things that statements speak of."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What an entity is."""

    CLUSTER = "cluster"  # from rumour to maturity, potential ones included
    ORGANISATION = "organisation"  # firm, ministry, donor, university, network, foreign cluster
    PERSON = "person"  # a bearer of a public role; has no page of its own
    PLACE = "place"  # town, region, valley, country
    PROGRAMME = "programme"  # action with a purpose, a purse and dates
    EVENT = "event"  # fair, forum, meeting
    PROJECT = "project"  # collaborative project, product or plan of a cluster
    FORM = "form"  # other spatial form: technopole, pole, agropole, park, zone, agglomeration
    INSTRUMENT = "instrument"  # policy instrument: law, strategy, contract scheme, label
    LINK = "link"  # relation between two entities


@dataclass(frozen=True, slots=True)
class Entity:
    """Identity of a thing; all that is known of it stands in statements."""

    id: str
    kind: Kind
    dataset: str
    redirect_to: str | None = None
