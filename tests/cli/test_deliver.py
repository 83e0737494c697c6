"""`dbkit deliver`: what it prints, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
from datetime import UTC, datetime

import pytest

import dbkit as package
from dbkit.mock.factories import Factories
from dbkit.testing import Setup
from dbkit.types import DeliveryStatus
from tests.cli.run import Command

pytestmark = pytest.mark.dbkit(isolation="clone")


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


def test_a_replay_makes_failed_deliveries_due_and_enables_their_destination(dbkit: Command, postgres_url: str) -> None:
    with package.connect(postgres_url) as db:
        make = Factories(seed="replay")
        destination = make.destination.create(db)
        db.destinations.disable(destination.project_id, destination.id, "gone")
        delivery = make.delivery.create(
            db, destination=destination, status=DeliveryStatus.FAILED, attempts=10, next_attempt_at=None
        )
        options = f"--project {destination.project_id} --destination {destination.id} --since 2020-01-01"
        assert json.loads(dbkit(f"deliver replay {postgres_url} {options} --json").out) == {"replayed": 1}
        assert dbkit(f"deliver replay {postgres_url} {options}").out == "0 deliveries are due\n"
        due = db.deliveries.get(delivery.project_id, delivery.id)
        assert due.status is DeliveryStatus.PENDING
        assert due.next_attempt_at is not None
        assert due.next_attempt_at <= datetime.now(UTC)
        assert db.destinations.get(destination.project_id, destination.id).disabled_at is None


def test_with_nothing_due_it_ends_and_says_so(dbkit: Command, postgres_url: str) -> None:
    run = dbkit(f"deliver run {postgres_url} --once")
    assert (run.code, run.err) == (0, "")
    assert run.out == "0 delivered, 0 retried, 0 failed, 0 put off, 0 disabled, 0 lost\n"


def test_a_network_that_is_none_is_refused(dbkit: Command) -> None:
    run = dbkit("deliver run memory:// --once --allow-network 10.0.0.0/99")
    assert run.code == 2
    assert "no such network" in run.err


def test_without_httpx_it_says_what_to_install(dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    run = dbkit("deliver run memory:// --once")
    assert run.code == 2
    assert "pip install 'dbkit[deliveries]'" in run.err
