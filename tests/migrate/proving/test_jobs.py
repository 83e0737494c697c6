"""*killable* and *alone*: revisions in processes that are ended, or that are several."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from dbkit.migrate.proving.alone import not_alone
from dbkit.migrate.proving.deaths import COMMIT, COMMITTED, Death, Way, ways_at
from dbkit.migrate.proving.jobs import End, Job, ended, url_of
from dbkit.migrate.proving.killing import Killed
from dbkit.migrate.proving.model import Outcome, Verdict
from dbkit.migrate.proving.refusal import CouldNotRun
from tests.migrate.lines import LineFolder
from tests.migrate.proving.conftest import Look, only

THINGS = "CREATE TABLE things (id int PRIMARY KEY, note text)"
IN_A_JOB = "SELECT FROM pg_stat_activity WHERE pid = pg_backend_pid() AND application_name LIKE 'dbkit migrate 2%'"
ENDLESS = f"DO $$ BEGIN WHILE EXISTS ({IN_A_JOB}) LOOP PERFORM 1; END LOOP; END $$"
FILL = "UPDATE things SET note = coalesce(note, '') || 'x'"


@pytest.fixture(autouse=True)
def things(line: LineFolder) -> None:
    line.add("create_things", THINGS)


def killed(look: Look) -> Outcome:
    return only(look(revisions=("change",), only=("killable",))).outcomes["killable"]


def test_a_transaction_may_be_killed_anywhere(line: LineFolder, look: Look) -> None:
    line.add("change", FILL, "ALTER TABLE things ADD COLUMN more int")
    outcome = killed(look)
    assert outcome.findings == ()
    # In three ways before two statements, the history, the version row and the commit, and behind that; one that is
    # told to stop about its commit may have committed, and then has no second time.
    assert outcome.figures["jobs_killed"] in (3 * 6 - 1, 3 * 6)


def test_what_is_done_twice_is_found(line: LineFolder, look: Look) -> None:
    line.add("change", FILL, "ALTER TABLE things ADD COLUMN IF NOT EXISTS more int", transactional=False)
    outcome = killed(look)
    assert outcome.verdict is Verdict.FAILED
    assert "things.note changed" in outcome.findings[0].what


def test_what_cannot_be_run_again_is_found(line: LineFolder, look: Look) -> None:
    line.add("change", "ALTER TABLE things ADD COLUMN more int", transactional=False)
    outcome = killed(look)
    assert outcome.verdict is Verdict.FAILED
    assert "exits with 1" in outcome.findings[0].what


def test_killed_in_any_way_a_job_that_does_not_end_is_no_pass(line: LineFolder, look: Look) -> None:
    line.add("change", ENDLESS, transactional=False)
    outcome = only(look(revisions=("change",), only=("killable",), seconds_max=0.3, seconds_beside=1.0))
    assert outcome.outcomes["killable"].reason.startswith("`dbkit migrate apply` did not end within")


def test_what_is_given_up_starts_no_job() -> None:
    given_up = threading.Event()
    given_up.set()
    nothing: Any = None
    killed = Killed(nothing, nothing, nothing, nothing, given_up=given_up)
    killed.go(nothing, nothing)
    assert (killed.died, killed.complaints) == (set(), [])


def test_three_at_once_apply_it_once(line: LineFolder, look: Look) -> None:
    line.add("change", FILL, transactional=False)
    assert only(look(revisions=("change",), only=("alone",))).outcomes["alone"].findings == ()


def test_a_job_that_does_not_end_is_killed_and_no_pass(line: LineFolder, look: Look) -> None:
    line.add("change", ENDLESS, transactional=False)
    outcome = only(look(revisions=("change",), only=("alone",), seconds_max=0.3, seconds_beside=1.0)).outcomes["alone"]
    assert outcome.verdict is Verdict.COULD_NOT_RUN
    assert outcome.reason.startswith("`dbkit migrate apply` did not end within")


class Unreadable:
    """A command line that no other process can be given."""

    def __reduce__(self) -> tuple[object, ...]:
        return json.loads, ("",)

    def __call__(self, _arguments: Sequence[str]) -> None:
        """Do nothing."""


def test_a_process_that_cannot_begin_is_no_fault_of_the_revision() -> None:
    with pytest.raises(CouldNotRun, match="could not begin, and ended with 1"):
        ended(Job(Unreadable(), (), ""))


def test_what_is_wrong_with_several_is_told() -> None:
    ends = [End(0, "", None, ("a",)), End(0, "", None, ("a",)), End(2, "no", None, ())]
    assert list(not_alone(ends)) == [
        "runner 3 of 3 exits with 2: no",
        "2 runners of 3 ran statements of the revision, and it should be one",
    ]


def test_each_way_at_the_first_commit_and_one_at_what_comes_again() -> None:
    assert {*ways_at(COMMIT, 1, ()), *ways_at(COMMITTED, 1, ())} == {*Way}
    assert [len(ways_at(statement, time, ())) for statement in (COMMIT, "SELECT 1") for time in (2, 4)] == [1] * 4
    assert {way for time in range(50) for way in ways_at("SELECT 1", time, ())} == {*Way}
    assert [*ways_at("SELECT 1", 1, (Way.CLIENT,))] == [Way.CLIENT]


def test_deaths_are_told() -> None:
    assert str(Death(Way.SIGNAL, "SELECT\n  1", 2)) == "SIGTERM before SELECT 1, time 2"
    assert str(Death(Way.CLIENT, COMMIT, 1)) == "SIGKILL before COMMIT"
    assert str(Death(Way.BACKEND, COMMITTED, 1)) == "pg_terminate_backend at after COMMIT"


def test_a_connection_string_is_a_url_as_well() -> None:
    assert url_of("host='/run/a b' dbname=x options='-c a=b'") == (
        "postgresql:///?dbname=x&host=%2Frun%2Fa%20b&options=-c%20a%3Db"
    )
