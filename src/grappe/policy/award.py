"""An award: what a call hands on to a contract, once the decision has been announced."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Award:
    """A cluster that a call selected, with all that a contract is drafted from.

    Attributes
    ----------
    id : str
        Of the award; a contract keeps it, so that none is drafted twice.
    scheme : str
        Id of the scheme whose terms apply.
    call, application : str or None
        Where it was decided; none for an agreement without a call.
    cluster : str or None
        Entity of the census, if the applicant is one.
    cluster_name : str
    country : str
        Two-letter code.
    amount : Decimal
        What was granted over the first phase.
    currency : str
        Three-letter code.
    decided_on : date
    language : str
        In which the applicant is written to.
    reading : str or None
        Which reading of a scheme that contradicts itself applies; none is its first.

    Raises
    ------
    ValueError
        If the amount is negative.
    """

    id: str
    scheme: str
    call: str | None
    application: str | None
    cluster: str | None
    cluster_name: str
    country: str
    amount: Decimal
    currency: str
    decided_on: date
    language: str = "fr"
    reading: str | None = None

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"an amount is not negative: {self.amount}.")
