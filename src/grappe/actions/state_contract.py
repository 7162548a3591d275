"""State in the census that a cluster is under contract, with the contract as the source."""

from datetime import datetime

from grappe.actions.emit_statements import Declaration, emit_statements
from grappe.domain.actor import Actor
from grappe.domain.entity import Kind
from grappe.domain.source import Part as SourcePart
from grappe.domain.source import Source, SourceKind
from grappe.domain.statement import Statement, Value
from grappe.policy.contract_rights import PUBLISHED, Clause, Part
from grappe.store import models
from grappe.store.contract_values import scheme_of
from grappe.store.models import Contract

LICENCE = "CC-BY-4.0"
TITLE = {"fr": "Contrats signés", "en": "Signed contracts", "ar": "العقود الموقَّعة"}
"""Title of the data set that gathers what signed contracts say, one per country."""


def state_contract(contract: Contract, *, by: Actor, at: datetime) -> bool:
    """State that the cluster is recognised by contract, from its first day until it is over.

    Nothing of amounts or results is stated. What an earlier signature said is replaced, so that a contract
    that is over ends on its day.

    Returns
    -------
    bool
        Whether it was stated: not where the publication clause keeps even the existence to the two sides,
        where the cluster is no entity of the census, or where the census names no single authority of
        the instruments of the scheme.
    """
    authority = _authority(contract)
    known = contract.cluster and models.Entity.objects.filter(id=contract.cluster).exists()
    if Part.EXISTENCE not in PUBLISHED[Clause(contract.publication)] or not known or authority is None:
        return False
    signed = max(day for day in (contract.signed_by_state_on, contract.signed_by_cluster_on) if day)
    told = (contract.over_on or signed).isoformat()
    source = Source(
        id=f"contract-{contract.id.replace('.', '-')}",
        kind=SourceKind.DECLARATION,
        title=f"{contract.terms['name'][contract.language]}: {contract.cluster_name}",
        date=told,
        publisher=contract.terms["authority"][contract.language],
        licence=LICENCE,
        language=contract.language,
        cited_by="key",
    )
    recognised = _said(contract, "recognition", "contracted", source.id, told, {"by": authority})
    since = _said(contract, "contracted", contract.start.isoformat(), source.id, told, {})
    declared = Declaration(
        dataset=f"{contract.country.lower()}-contracts",
        title=TITLE,
        licence=LICENCE,
        source=source,
        kinds={str(contract.cluster): Kind.CLUSTER},
        statements=(recognised, since),
    )
    emit_statements(declared, by=by, at=at)
    return True


def _said(
    contract: Contract, field: str, value: str, source: str, told: str, attributes: dict[str, Value]
) -> Statement:
    return Statement(
        entity=str(contract.cluster),
        field=field,
        value=value,
        source=source,
        part=SourcePart.TEXT,
        as_of=told,
        key="contract",
        valid_from=contract.start.isoformat(),
        valid_to=contract.over_on.isoformat() if contract.over_on else None,
        attributes=attributes,
    )


def _authority(contract: Contract) -> str | None:
    """The one authority that the census names for the instruments of the scheme."""
    rows = models.Statement.objects.filter(
        entity_id__in=scheme_of(contract).instruments, field="authority", standing=True
    )
    found = set(rows.exclude(value=None).values_list("value", flat=True))
    return str(found.pop()) if len(found) == 1 else None
