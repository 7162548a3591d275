"""An invented portfolio of contracts: clusters, calls and stories whose every name says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

NAMES = (
    ("Cluster fictif du Safran", "1", "Tameslit"),
    ("Cluster fictif de la Mécanique", "2", "Azroudane"),
    ("Cluster fictif des Logiciels", "3", "Oulghazil"),
    ("Cluster fictif du Cuir", "4", "Zernoura"),
    ("Cluster fictif de l'Eau", "5", "Tameslit"),
    ("Cluster fictif de la Robotique", "3", "Azroudane"),
    ("Cluster fictif des Capteurs", "2", "Azroudane"),
    ("Cluster fictif de la Poterie", "7", "Kébelka"),
    ("Cluster fictif de l'Olive", "1", "Mitfirane"),
    ("Cluster fictif du Solaire", "5", "Oulghazil"),
    ("Cluster fictif du Lin", "4", "Zernoura"),
    ("Cluster fictif de la Logistique", "6", "Kébelka"),
)
"""Names, sectors and regions, all invented."""


class Story(StrEnum):
    """How a contract of the demonstration goes."""

    TWO_RENEWALS = "two_renewals"  # renewed, audited with success, renewed again
    AUDIT_REFUSED = "audit_refused"  # renewed, then a negative audit and no second renewal
    ENDED = "ended"  # ran to its term, without renewal
    LEFT = "left"  # by the cluster, in its second year
    ONE_RENEWAL = "one_renewal"
    ABSORBED = "absorbed"  # the cluster merges, another contract takes its place
    ABSORBS = "absorbs"  # goes on with the merged cluster, and is renewed
    TERMINATED = "terminated"
    RUNNING = "running"
    LATE = "late"  # its report is overdue, and so is a payment
    UNDER_AUDIT = "under_audit"
    UNSIGNED = "unsigned"  # the cluster has still to sign


CALLS: tuple[tuple[int, tuple[Story, ...]], ...] = (
    (8, (Story.TWO_RENEWALS, Story.AUDIT_REFUSED, Story.ENDED, Story.LEFT)),
    (5, (Story.ONE_RENEWAL, Story.ABSORBED, Story.ABSORBS, Story.TERMINATED)),
    (2, (Story.RUNNING, Story.LATE, Story.UNDER_AUDIT, Story.UNSIGNED)),
)
"""Three calls: how many years ago its contracts began, and how they went."""


@dataclass(frozen=True, slots=True)
class MadeUpContract:
    """An invented contract: who, under which call, from when, for how much, and how it goes."""

    cluster: str
    name: str
    sector: str
    region: str
    call: str
    start: date
    amount: Decimal
    members: int
    story: Story


def made_up_portfolio(on: date) -> tuple[MadeUpContract, ...]:
    """Three calls and twelve contracts over the eight years before a day; the same each time.

    Examples
    --------
    >>> portfolio = made_up_portfolio(date(2026, 6, 1))
    >>> len(portfolio), portfolio[0].start, len({one.call for one in portfolio})
    (12, datetime.date(2018, 1, 1), 3)
    """
    found: list[MadeUpContract] = []
    for years, stories in CALLS:
        year = on.year - years
        for story in stories:
            number = len(found)
            name, sector, region = NAMES[number]
            found.append(
                MadeUpContract(
                    cluster=f"fiction-cluster-{number + 1:02d}",
                    name=name,
                    sector=sector,
                    region=region,
                    call=f"fiction-call-{year}",
                    start=date(year, 1, 1),
                    amount=Decimal(1_200_000 + 150_000 * (number % 5)),
                    members=18 + 3 * number,
                    story=story,
                )
            )
    return tuple(found)


def calls_of(portfolio: Sequence[MadeUpContract]) -> tuple[str, ...]:
    """The calls of a portfolio, the earliest first."""
    return tuple(dict.fromkeys(one.call for one in portfolio))
