"""`dbkit db partitions`."""

from __future__ import annotations

import json

import pytest

from dbkit.testing import Setup
from tests.cli.run import Command

pytestmark = pytest.mark.dbkit(isolation="clone")


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


def test_what_there_is_to_do_is_a_finding_until_it_is_done(dbkit: Command, postgres_url: str) -> None:
    looked = dbkit(f"db partitions {postgres_url}")
    assert (looked.code, looked.err) == (1, "")
    assert "to do: make usage_events_" in looked.out
    done = dbkit(f"db partitions {postgres_url} --apply --json")
    told = json.loads(done.out)
    assert done.code == 0
    assert told["left"] == told["to_do"] == told["absent"] == []
    assert ("retire", "operation_logs_2025_03") in [(each["do"], each["partition"]) for each in told["done"]]
    again = dbkit(f"db partitions {postgres_url} --apply")
    assert (again.code, again.err) == (0, "")
    assert again.out.endswith("are what they are to be\n")


def test_without_a_server_it_could_not_run(dbkit: Command) -> None:
    refused = dbkit("db partitions memory://")
    assert refused.code == 2
    assert "memory:// is no database of a server" in refused.err
