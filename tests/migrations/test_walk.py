"""Each revision up, down and up with rows: the proofs of what it says about itself.

`-k 20240305` proves the revisions of one day; README.md says more.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.alone import not_alone
from dbkit.migrate.proving.jobs import at_once
from dbkit.migrate.proving.killing import Killed
from dbkit.migrate.proving.state import State, complaints_of
from dbkit.testing.templates import Databases
from tests.migrations.jobs import job_of
from tests.migrations.proof import Proof
from tests.migrations.stepping import contiguous, go_down, go_up, name_of, opened
from tests.migrations.stopping import Stopped
from tests.migrations.walk import Unreachable, Walk, plant

LINE = Line.read()


@pytest.fixture(scope="module")
def walk(server: Databases) -> Iterator[Walk]:
    walk = Walk(server, contiguous(LINE))
    yield walk
    walk.close()


@pytest.fixture(scope="module", params=LINE.revisions, ids=name_of)
def proof(request: pytest.FixtureRequest, walk: Walk) -> Proof:
    """The proof of a revision, run to its end or to where it fails."""
    revision: Revision = request.param
    with _before(walk, revision) as url, opened(url) as looker:
        proof = Proof(url, looker, revision)
        try:
            proof.run()
        except Exception as error:  # noqa: BLE001 (told by the test)
            proof.error = error
    return proof


def test_up_down_up(proof: Proof) -> None:
    if proof.error is not None:
        proof.error.add_note("\n".join([f"in {proof.revision}", *proof.complaints]))
        raise proof.error
    _require_none(proof.revision, proof.complaints)


def test_stopped_on_the_way_down_it_is_finished_by_the_next_run(proof: Proof, walk: Walk) -> None:
    if "up" not in proof.states:
        pytest.fail(f"{proof.revision} cannot be applied", pytrace=False)
    with _before(walk, proof.revision) as url, opened(url) as looker:
        stopped = Stopped(url, looker, proof.revision)
        go_up(url, proof.revision)
        if "planted_down" in proof.states and not proof.made_way:
            plant(looker, proof.revision)
            stopped.go(go_down, proof.states["planted"], proof.states["planted_down"], "down")
        elif "down" in proof.states:
            stopped.go(go_down, proof.states["up"], proof.states["down"], "down")
    _require_none(proof.revision, stopped.complaints)


def test_killed_anywhere_the_next_job_finishes_it(proof: Proof, walk: Walk) -> None:
    with _before(walk, proof.revision) as url, opened(url) as looker:
        killed = Killed(job_of(url, proof.revision), looker, LINE, proof.revision)
        killed.go(proof.states["before"], proof.states["up"])
    assert killed.died
    _require_none(proof.revision, killed.complaints)


def test_of_three_jobs_at_once_one_applies_it(proof: Proof, walk: Walk) -> None:
    with _before(walk, proof.revision) as url, opened(url) as looker:
        complaints = [*not_alone(at_once(3, job_of(url, proof.revision)))]
        complaints += complaints_of(proof.revision, "three at once", proof.states["up"], State.of(looker))
    _require_none(proof.revision, complaints)


@contextmanager
def _before(walk: Walk, revision: Revision) -> Iterator[str]:
    try:
        with walk.before(revision) as url:
            yield url
    except Unreachable as error:
        refused = str(error)
    else:
        return
    pytest.fail(refused, pytrace=False)


def _require_none(revision: Revision, complaints: list[str]) -> None:
    if complaints:
        pytest.fail("\n".join([f"{revision}:", *complaints]), pytrace=False)
