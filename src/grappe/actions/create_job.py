"""Take in a register and queue its comparison with the census."""

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from grappe.actions.job_record import trace
from grappe.agglomeration.activities import check_nomenclature
from grappe.agglomeration.matching import SectorRule, Thresholds
from grappe.agglomeration.upload_limits import LIMITS, Limits, check_sent, suffix_of
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, InputRefused, SignInNeeded, TooMany
from grappe.domain.job import ENDED
from grappe.domain.levels import country_groups
from grappe.store.job_files import INPUT, OWN, folder_of, jobs_folder
from grappe.store.models import Job

ACTIVE, KEPT = 3, 30
"""Jobs of one account that may wait or run at a time, and that are kept at all."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives: its name, its size as told, its bytes."""

    name: str
    size: int
    chunks: Iterable[bytes]


def create_job(
    upload: Upload,
    *,
    title: str,
    options: Mapping[str, Any],
    concordance: Upload | None = None,
    by: Actor,
    at: datetime,
    limits: Limits = LIMITS,
) -> int:
    """Keep an uploaded register and queue the job; a file that does not arrive whole leaves nothing.

    Returns
    -------
    int
        The number of the job.

    Raises
    ------
    SignInNeeded
        If nobody in particular asks.
    TooMany
        If too many jobs of the account wait or run, or are kept.
    InputRefused
        If a file is empty, too large, incomplete, or of a kind that cannot be read.
    BadChoice
        If an option is outside its list.
    """
    if by.account is None:
        raise SignInNeeded
    suffix = suffix_of(upload.name)
    checked = check_options(options)
    check_sent(upload.size, upload.name, limits)
    own = Job.objects.filter(owner_id=by.account)
    if own.exclude(state__in=[str(one) for one in ENDED]).count() >= ACTIVE:
        raise TooMany("too_many_jobs", most=ACTIVE)
    if own.count() >= KEPT:
        raise TooMany("too_many_kept", most=KEPT)
    incoming = jobs_folder() / f"incoming-{secrets.token_hex(8)}"
    incoming.mkdir(mode=0o700)
    try:
        _write(upload, incoming / f"{INPUT}{suffix}", limits)
        if concordance is not None and concordance.size:
            check_sent(concordance.size, concordance.name, limits)
            _write(concordance, incoming / OWN, limits)
        with transaction.atomic():
            job = Job.objects.create(
                kind="seen", owner_id=by.account, title=(title.strip() or upload.name)[:200],
                file=f"{INPUT}{suffix}", options=checked | {"file_name": upload.name[:200]}, created_at=at,
            )  # fmt: skip
            trace("create_job", job, by, at, bytes=upload.size)
            # The row and its files appear together: a worker finds both or neither.
            incoming.rename(folder_of(job.pk))
    finally:
        if incoming.exists():
            shutil.rmtree(incoming)
    return job.pk


def check_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options of a comparison, each checked; unknown ones are left out.

    Raises
    ------
    BadChoice
        If one is outside its list.
    """
    country = str(options.get("country") or "").upper() or None
    known = sorted({one for members in country_groups().values() for one in members})
    if country is not None and country not in known:
        raise BadChoice(name="country", value=country, accepted=", ".join(known))
    sector = str(options.get("sector") or SectorRule.UNLESS_NARROW)
    if sector not in tuple(SectorRule):
        raise BadChoice(name="sector", value=sector, accepted=", ".join(SectorRule))
    km = _number(options.get("max_km") or 20.0, "max_km")
    level = _number(options.get("level") or 0.05, "level")
    if not 0.001 <= level <= 0.2:
        raise BadChoice(name="level", value=level, accepted="0.001 - 0.2")
    Thresholds(km, SectorRule(sector))
    columns = {
        role: name
        for role in ("lon", "lat", "x", "y", "industry", "weight")
        if (name := str((options.get("columns") or {}).get(role) or "").strip())
    }
    unit = str(options.get("unit") or "km")
    if unit not in ("km", "m"):
        raise BadChoice(name="unit", value=unit, accepted="km, m")
    return {
        "country": country, "sector": sector, "max_km": km, "level": level, "columns": columns, "unit": unit,
        "nomenclature": check_nomenclature(str(options.get("nomenclature") or "isic")),
        "coverage": str(options.get("coverage") or "").strip()[:500],
        "skip_bad_rows": bool(options.get("skip_bad_rows")), "test": bool(options.get("test")),
    }  # fmt: skip


def _number(value: Any, name: str) -> float:
    try:
        return float(str(value).replace(",", "."))
    except ValueError:
        raise BadChoice(name=name, value=value, accepted="0.05, 10, 20…") from None


def _write(upload: Upload, path: Path, limits: Limits) -> None:
    """Write the bytes as they come; stop as soon as there are more or fewer than told.

    Raises
    ------
    InputRefused
        If the file does not arrive whole, or is larger than it may be.
    """
    arrived = 0
    with path.open("wb") as stream:
        for chunk in upload.chunks:
            arrived += len(chunk)
            if arrived > limits.sent:
                check_sent(arrived, upload.name, limits)
            stream.write(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    if arrived != upload.size:
        raise InputRefused("upload_incomplete", name=upload.name)
