"""Uploads and jobs: whole or not at all, private to their owner, stopped, lost and tried again."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from grappe.actions import tend_jobs as tending
from grappe.actions.cancel_job import cancel_job
from grappe.actions.claim_job import claim_job
from grappe.actions.create_job import Upload, create_job
from grappe.actions.delete_job import delete_job
from grappe.actions.publish_result import publish_result
from grappe.actions.retry_job import retry_job
from grappe.actions.run_job import run_job
from grappe.actions.tend_jobs import tend_jobs
from grappe.agglomeration.upload_limits import Limits
from grappe.domain.errors import BadChoice, InputRefused, Refused, SignInNeeded, TooMany, UnknownThing
from grappe.domain.job import ENDED, JOB_MOVES, JobState
from grappe.queries import jobs as asked
from grappe.queries.declared_clusters import declared_now
from grappe.store.job_files import folder_of, jobs_folder, worker_lock
from grappe.store.models import AuditEvent, Job
from tests.actions.accounts import OPERATOR, account, quick_passwords
from tests.actions.stored import MONDAY, load
from tests.worlds import write_world

__all__ = ["quick_passwords"]
pytestmark = pytest.mark.usefixtures("store", "data", "quick_passwords")

WORLD = """
kind: cluster
source: book
as_of: 2019-03
entities:
  tn-oil:
    name: {value: Oil of the North, line: 1, column: name, printed: Oil}
    country: {value: TN, line: 1, column: name, printed: Oil}
    sector: {value: 1, line: 10, printed: "1"}
    niche: {value: olive_oil, line: 10, printed: huile}
    place: {value: [pl-here], line: 10, printed: Ici}
  tn-shoes:
    name: {value: Shoes, line: 2, column: name, printed: Shoes}
    country: {value: TN, line: 2, column: name, printed: Shoes}
    niche: {value: furniture, line: 20, printed: meubles}
    place: {value: [pl-here], line: 20, printed: Ici}
== places.yml
kind: place
source: book
as_of: 2019-03
entities:
  pl-here:
    name: {value: Here, line: 10, printed: Ici}
    lon: {value: 9.0, source: web, key: "1"}
    lat: {value: 35.0, source: web, key: "1"}
"""


@pytest.fixture
def data(tmp_path: Path, settings) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def register(extra: str = "") -> bytes:
    """Thirty oil mills at 9 E 35 N, thirty tanneries at 10 E 35 N, 300 shops anywhere; a name for each."""
    rng = np.random.default_rng(2)
    mills = rng.normal((9.0, 35.0), 0.005, (30, 2))
    hides = rng.normal((10.0, 35.0), 0.005, (30, 2))
    shops = rng.uniform((8.5, 34.5), (10.5, 35.5), (300, 2))
    rows = ["name,lon,lat,industry"]
    for code, places in (("1040", mills), ("1511", hides), ("4711", shops)):
        rows += [f"Firm {code} {n},{lon:.5f},{lat:.5f},{code}" for n, (lon, lat) in enumerate(places)]
    return ("\n".join(rows) + "\n" + extra).encode()


def sent(body: bytes, name: str = "firms.csv") -> Upload:
    return Upload(name, len(body), [body[:100], body[100:]])


def made(by, body: bytes | None = None, name: str = "firms.csv", **options) -> int:
    given = {"country": "TN", "coverage": "Invented firms.", **options}
    upload = sent(register() if body is None else body, name)
    return create_job(upload, title="Trial", options=given, by=by, at=MONDAY)


def run(job: int) -> Job:
    assert claim_job(job, at=MONDAY)
    run_job(job, census=declared_now, clock=lambda: MONDAY)
    return Job.objects.get(pk=job)


@pytest.fixture
def census(tmp_path: Path) -> None:
    load(write_world(tmp_path, WORLD))


@pytest.fixture
def amel():
    return account("amel")


@pytest.fixture
def basma():
    return account("basma")


def folders() -> list[str]:
    return sorted(one.name for one in jobs_folder().iterdir() if one.is_dir())


def test_a_register_is_searched_and_set_beside_the_census(census, amel):
    job = made(amel)
    row = run(job)
    assert (row.state, row.error) == ("done", None)
    plain = asked.result(job, amel)
    assert [one["id"] for one in plain["declared_and_seen"]] == ["tn-oil"]
    assert [(one["id"], one["reason"]) for one in plain["not_covered"]] == [
        ("tn-shoes", "activity_not_in_register")
    ]
    assert [one["industry"] for one in plain["seen_not_declared"]] == ["1511"]
    assert (plain["informal_units"], plain["coverage"]) == (False, "Invented firms.")
    assert row.summary["counts"]["seen_not_declared"] == 1


def test_no_firm_is_named_in_a_result_and_its_owner_alone_gets_the_rows(census, amel, basma):
    job = made(amel)
    run(job)
    assert b"Firm" not in (folder_of(job) / "result.json").read_bytes()
    header, *rows = asked.firms(job, "1511/1", amel)
    assert header[:3] == ["grappe_concentration", "grappe_row", "name"]
    assert len(rows) >= 25
    assert {row[2].split()[1] for row in rows} == {"1511"}
    publish_result(job, public=True, by=amel, at=MONDAY)
    assert asked.result(job, basma)["counts"]["seen_not_declared"] == 1
    assert "file" not in asked.result(job, basma)
    with pytest.raises(UnknownThing):
        asked.firms(job, "1511/1", basma)


def test_a_job_is_its_owners_and_for_others_it_does_not_exist(amel, basma):
    job = made(amel)
    for deed in (cancel_job, delete_job, retry_job):
        with pytest.raises(UnknownThing):
            deed(job, by=basma, at=MONDAY)
    with pytest.raises(UnknownThing):
        asked.job(job, basma)
    with pytest.raises(UnknownThing):
        asked.job(job, None)
    assert asked.job(job, amel).mine
    assert asked.my_jobs(basma) == []


def test_nobody_in_particular_uploads_nothing():
    with pytest.raises(SignInNeeded):
        made(OPERATOR)
    assert folders() == []


def test_a_file_that_does_not_arrive_whole_leaves_nothing(amel):
    body = register()
    with pytest.raises(InputRefused) as refused:
        create_job(
            Upload("firms.csv", len(body), [body[:500]]), title="", options={}, by=amel, at=MONDAY
        )  # fmt: skip
    assert refused.value.code == "upload_incomplete"
    assert (folders(), Job.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("firms.csv", b"", "upload_empty"),
        ("firms.exe", b"MZ", "unknown_format"),
        ("firms.csv", b"x" * 2_000, "upload_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_door(amel, name, body, code):
    with pytest.raises(InputRefused) as refused:
        create_job(
            sent(body, name), title="", options={}, by=amel, at=MONDAY, limits=Limits(sent=1_000)
        )  # fmt: skip
    assert refused.value.code == code
    assert folders() == []


def test_an_option_outside_its_list_is_refused_at_the_door(amel):
    for options in (
        {"country": "XX"},
        {"sector": "some"},
        {"nomenclature": "hs"},
        {"max_km": "far"},
        {"level": 1},
    ):
        with pytest.raises(BadChoice):
            made(amel, **options)
    assert folders() == []


def zipped(*entries: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries:
            archive.writestr(name, body)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (zipped(("a.csv", b"0" * 30_000_000)), "firms.zip", "upload_bomb"),
        (zipped(*((f"{n}.csv", b"a") for n in range(30))), "firms.zip", "too_many_entries"),
        (b"PK not a zip", "firms.zip", "unreadable_file"),
        (b"lon,lat\n1,2\n", "firms.csv", "column_not_found"),
        (b"lon,lat,industry\nx,2,1040\n9,35,1040\n", "firms.csv", "rows_refused"),
        (b"%PDF-1.4 \x00\x01\x02\x00", "firms.csv", "not_text"),
    ],
)
def test_a_file_that_turns_out_to_be_bad_fails_the_job_with_its_reason(census, amel, body, name, code):
    job = made(amel, body, name)
    row = run(job)
    assert (row.state, row.error["code"]) == ("failed", code)
    assert asked.job(job, amel).error.code == code
    assert not (folder_of(job) / "result.json").exists()


def test_bad_rows_are_set_aside_where_the_owner_asked_for_it(census, amel):
    body = register("Bad,here,35,1040\n")
    assert run(made(amel, body)).error["code"] == "rows_refused"
    job = made(amel, body, skip_bad_rows=True)
    assert run(job).state == "done"
    plain = asked.result(job, amel)
    assert (plain["set_aside"], plain["problems"][0]["code"]) == (1, "bad_coordinate")


def test_a_waiting_job_is_cancelled_at_once_and_a_running_one_told_to_stop(census, amel, monkeypatch):
    job = made(amel)
    cancel_job(job, by=amel, at=MONDAY)
    assert Job.objects.get(pk=job).state == "cancelled"
    retry_job(job, by=amel, at=MONDAY)
    # The owner cancels while the register is read.
    with worker_lock() as mine:
        assert mine
        Job.objects.filter(pk=job).update(stop=True)
        assert run(job).state == "cancelled"
    with pytest.raises(Refused):
        cancel_job(job, by=amel, at=MONDAY)


def test_a_running_job_whose_worker_is_gone_is_lost_and_can_be_tried_again(census, amel, monkeypatch):
    started = []
    monkeypatch.setattr(tending, "start_worker", started.append)
    job = made(amel)
    tend_jobs(at=MONDAY)
    assert started == [job]
    Job.objects.filter(pk=job).update(state="running")
    with worker_lock():
        tend_jobs(at=MONDAY)
        assert Job.objects.get(pk=job).state == "running"
    tend_jobs(at=MONDAY)
    assert Job.objects.get(pk=job).state == "lost"
    retry_job(job, by=amel, at=MONDAY)
    assert run(job).state == "done"


def test_looking_again_and_again_starts_one_worker(amel, monkeypatch):
    started = []
    monkeypatch.setattr(tending, "start_worker", started.append)
    job = made(amel)
    for second in range(20):
        tend_jobs(at=MONDAY + timedelta(seconds=second))
    assert started == [job]
    # A worker that has not come after half a minute never will.
    tend_jobs(at=MONDAY + timedelta(seconds=31))
    assert started == [job, job]


def test_a_mistake_of_ours_ends_the_job_and_is_not_hidden(amel):
    job = made(amel)

    def broken(country):
        raise ZeroDivisionError

    assert claim_job(job, at=MONDAY)
    with pytest.raises(ZeroDivisionError):
        run_job(job, census=broken, clock=lambda: MONDAY)
    assert Job.objects.get(pk=job).error["code"] == "job_broke"


def test_deleting_a_job_deletes_everything_that_was_uploaded(census, amel):
    job = made(amel)
    run(job)
    delete_job(job, by=amel, at=MONDAY)
    assert (folders(), Job.objects.count()) == ([], 0)
    verbs = list(AuditEvent.objects.filter(subject=f"job {job}").values_list("verb", flat=True))
    assert verbs == ["create_job", "job_done", "delete_job"]


def test_a_result_without_coverage_is_not_published(census, amel):
    job = made(amel, coverage="")
    with pytest.raises(Refused):
        publish_result(job, public=True, by=amel, at=MONDAY)
    run(job)
    with pytest.raises(Refused) as refused:
        publish_result(job, public=True, by=amel, at=MONDAY)
    assert refused.value.code == "coverage_missing"


def test_a_fourth_job_at_a_time_is_one_too_many(amel):
    for _ in range(3):
        made(amel)
    with pytest.raises(TooMany):
        made(amel)


@pytest.mark.parametrize("present", list(JobState))
@pytest.mark.parametrize("wanted", list(JobState))
def test_the_table_of_states_is_total_and_nothing_leaves_a_result(present, wanted):
    assert set(JOB_MOVES) == set(JobState)
    if present is JobState.DONE:
        assert wanted not in JOB_MOVES[present]
    if wanted in JOB_MOVES[present]:
        assert wanted is not present


def test_a_job_runs_from_the_command_that_pages_start(census, amel, monkeypatch):
    from grappe.cli import working

    monkeypatch.setattr(working, "set_up", lambda: None)
    monkeypatch.setattr(working.os, "nice", lambda by: 0)
    job = made(amel)
    working.work.main(["--job", str(job)], standalone_mode=False)
    assert asked.job(job, amel).state in ENDED
    assert asked.job(job, amel).ended_at <= datetime.now(UTC)
