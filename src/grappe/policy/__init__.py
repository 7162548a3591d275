"""How public bodies support clusters: schemes as dated data, and rules that answer with findings.

>>> from grappe.policy import contract_schedule, scheme
>>> from datetime import date
>>> phases = contract_schedule(scheme("ma-contract-programme"), date(2016, 1, 1), renewals=2)
>>> [phase.months for phase in phases]
[36, 24, 36]
"""

from grappe.policy.contract_schedule import contract_schedule
from grappe.policy.scheme_files import scheme, schemes

__all__ = ["contract_schedule", "scheme", "schemes"]
