"""What the scheme of a contract says of its next phase, from the rows of the contract."""

from datetime import date

from grappe.policy.lateness import lateness
from grappe.policy.renewal import RenewalFindings, renewal_findings
from grappe.policy.report_states import ReportState
from grappe.store.contract_values import latest_audit, obligations_of, results_of, scheme_of
from grappe.store.models import Contract


def findings_now(contract: Contract, on: date) -> RenewalFindings:
    """What the scheme says of the next phase of a contract on a day, and how the contract went so far."""
    owed = [one for one in obligations_of(contract) if one.kind == "report"]
    return renewal_findings(
        scheme_of(contract),
        reading=contract.reading,
        phases_so_far=contract.phases.count(),
        next_start=contract.end,
        audit=latest_audit(contract),
        against=[one for one in results_of(contract) if _over(contract, one.period)],
        reports=[lateness(one, on) for one in owed],
    )


def _over(contract: Contract, period: int) -> bool:
    """Whether a period has been reported on; targets of later ones say nothing yet."""
    done = (str(ReportState.VERIFIED), str(ReportState.CLOSED))
    return bool(contract.reports.filter(number=period, state__in=done).exists())
