"""What the terms of a call must agree with in the scheme that it is made under."""

from datetime import date
from decimal import Decimal

from grappe.domain.errors import Problem
from grappe.policy.contract_schedule import reading_of
from grappe.policy.scheme import AREAS, Amount, Scheme

RECEIVER = "cluster"
"""Who applies to a call; a scheme for others has none here."""


def first_amount(scheme: Scheme, on: date, reading: str | None = None) -> Amount | None:
    """The amount that a scheme sets to the first phase of a contract on a day.

    Where it cannot be told which of two rules held, the earlier is kept.

    Parameters
    ----------
    scheme : Scheme
    on : date
    reading : str, optional
        Which reading of a scheme that contradicts itself; by default the first.

    Returns
    -------
    Amount or None
        None for a scheme without phases or amounts.

    Raises
    ------
    BadChoice
        If there is no such reading.
    """
    if not scheme.readings:
        return None
    amounts = reading_of(scheme, reading).phases[0].amounts
    return next((one for one in amounts if scheme.holds(on, one.validity) is not False), None)


def ceiling(scheme: Scheme, on: date, reading: str | None = None) -> Amount | None:
    """The most that a scheme surely allows to one applicant on a day, if it says so.

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> contract = scheme("ma-contract-programme")
    >>> ceiling(contract, date(2012, 6, 1)).value, ceiling(contract, date(2020, 6, 1))
    (Decimal('2000000'), None)
    """
    found = first_amount(scheme, on, reading)
    if found is None or found.basis != "cap" or found.value is None:
        return None
    return found if scheme.holds(on, found.validity) is True else None


def scheme_problems(
    call: str,
    scheme: Scheme,
    on: date,
    *,
    country: str,
    currency: str,
    cap: Decimal | None = None,
    reading: str | None = None,
) -> list[Problem]:
    """What in the terms of a call its scheme forbids.

    Parameters
    ----------
    call : str
        What the problems name as their place.
    scheme : Scheme
    on : date
        Day on which the call opens.
    country, currency : str
    cap : Decimal, optional
        Most that one applicant may ask for.
    reading : str, optional

    Returns
    -------
    list of Problem
        Of code ``scheme_for_others``, ``call_country``, ``call_currency`` or ``cap_beyond_scheme``.

    Examples
    --------
    >>> from grappe.policy import scheme
    >>> contract = scheme("ma-contract-programme")
    >>> found = scheme_problems("a", contract, date(2012, 6, 1), country="TN", currency="TND", cap=Decimal(3))
    >>> [(one.code, one.params) for one in found]
    [('call_country', {'expected': 'MA'}), ('call_currency', {'expected': 'MAD'})]
    """
    found: list[Problem] = []
    if RECEIVER not in scheme.receivers:
        found.append(Problem("scheme_for_others", call, field="scheme", value=scheme.id))
    if scheme.country not in AREAS and country != scheme.country:
        params = {"expected": scheme.country}
        found.append(Problem("call_country", call, field="country", value=country, params=params))
    amount = first_amount(scheme, on, reading)
    if amount is not None and currency != amount.currency:
        params = {"expected": amount.currency}
        found.append(Problem("call_currency", call, field="currency", value=currency, params=params))
    most = ceiling(scheme, on, reading)
    if most is not None and most.value is not None and cap is not None and cap > most.value:
        cites = ", ".join(one.short for one in most.cites)
        params = {"cap": str(most.value), "cites": cites}
        found.append(Problem("cap_beyond_scheme", call, field="cap", value=str(cap), params=params))
    return found
