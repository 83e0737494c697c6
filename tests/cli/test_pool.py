"""`dbkit pool`: profiles shown, fleets proved, and what is written for those that fit."""

from __future__ import annotations

import json
import re
from pathlib import Path

import psycopg
import pytest

from tests.cli.run import Command

SMALL = """
environment = "staging"
[server]
cores = 8
[[other]]
name = "people"
connections = 10
role = "pool_people"
reason = "they look"
[[service]]
name = "api"
replicas_max = 2
role = "pool_api"
[[service]]
name = "metrics"
replicas_max = 1
surge_percent = 0
role = "pool \\"metrics\\""
"""


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return str(path)


@pytest.fixture
def crowded(tmp_path: Path) -> str:
    path = tmp_path / "crowded.toml"
    path.write_text(SMALL.replace("replicas_max = 2", "replicas_max = 60"))
    return str(path)


def test_a_profile_with_its_reasons(dbkit: Command) -> None:
    run = dbkit("pool profile --env prod --service api")
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0] == "prod/api"
    assert re.search(r"^size_max +6 +180 transactions/s .* \[profiles.toml: api\]$", run.out, re.MULTILINE)


def test_a_profile_as_json(dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_POOL_WAITING_MAX", "7")
    run = dbkit("pool profile --env prod --service api,read --cores 8 --json")
    document = json.loads(run.out)
    assert document["services"] == ["api", "read"]
    assert document["figures"]["size_max"]["value"] == 6
    assert document["figures"]["waiting_max"] == {
        "value": 7,
        "source": "DBKIT_POOL_WAITING_MAX",
        "reason": "set in the environment of this process",
    }


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--env prod --service billing", "in prod there is no service 'billing'"),
        ("--env production --service api", "there is no environment 'production'"),
        ("--env test --service api", "the environment test has no profile"),
    ],
)
def test_a_profile_that_there_is_not(dbkit: Command, options: str, said: str) -> None:
    run = dbkit(f"pool profile {options}")
    assert (run.code, run.out) == (2, "")
    assert said in " ".join(run.err.replace("│", " ").split())


def test_the_fleet_of_production_fits(dbkit: Command) -> None:
    run = dbkit("pool fleet")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("prod on 64 cores and 500 connections: it fits\n")
    document = json.loads(dbkit("pool fleet --json").out)
    assert document["fits"] is True
    assert [scenario["total"] for scenario in document["scenarios"]] == [308, 354, 391, 462, 462, 427]
    assert document["services"][0]["connections"]["terminating"] == 108


def test_the_earlier_setting_does_not(dbkit: Command) -> None:
    run = dbkit("pool fleet --baseline")
    assert run.code == 1
    assert "9900 connections at the most" in run.out
    assert "660 connections stay open while nothing is done, and 11 of them a second are opened anew" in run.out


def test_a_fleet_that_does_not_fit(dbkit: Command, crowded: str) -> None:
    run = dbkit("pool fleet --file", crowded)
    assert run.code == 1
    assert "FOUND" in run.out
    assert "api breaks it" in run.out
    document = json.loads(dbkit("pool fleet --json --file", crowded).out)
    assert [finding["code"] for finding in document["findings"]] == ["connections", "cores"]
    assert document["would_fit"][0]["service"] == "api"


@pytest.mark.parametrize("kind", ["sql", "helm", "docs"])
def test_nothing_is_written_for_a_fleet_that_does_not_fit(dbkit: Command, crowded: str, kind: str) -> None:
    run = dbkit(f"pool fleet --emit {kind} --file", crowded)
    assert (run.code, run.out) == (1, "")
    assert "api breaks it" in run.err


def test_a_file_that_cannot_be_read(dbkit: Command, tmp_path: Path) -> None:
    run = dbkit("pool fleet --file", str(tmp_path / "absent.toml"))
    assert (run.code, run.out) == (2, "")
    assert "absent.toml cannot be read" in run.err


def test_limits_are_sql_that_a_server_takes_and_tells_again(dbkit: Command, small: str, postgres_url: str) -> None:
    sql = dbkit("pool fleet --emit sql --file", small).out
    roles = {"pool_api": 12, "pool_people": 10, 'pool "metrics"': 2}
    with psycopg.connect(postgres_url) as connection:
        for role in roles:
            connection.execute(psycopg.sql.SQL("CREATE ROLE {}").format(psycopg.sql.Identifier(role)))
        connection.execute(sql.encode())
        limits = dict(
            connection.execute("SELECT rolname, rolconnlimit FROM pg_roles WHERE rolname LIKE 'pool%'").fetchall()
        )
        connection.rollback()
    assert limits == roles


def test_values_for_helm(dbkit: Command, small: str) -> None:
    run = dbkit("pool fleet --emit helm --file", small)
    assert run.out.splitlines()[1:] == [
        '"api":',
        "  autoscaling:",
        "    maxReplicas: 2",
        "  strategy:",
        "    type: RollingUpdate",
        "    rollingUpdate:",
        '      maxSurge: "25%"',
        '      maxUnavailable: "0%"',
        "  processes: 1",
        "  env:",
        '    DBKIT_ENV: "staging"',
        '    DBKIT_SERVICE: "api"',
        '    DBKIT_POOL_CORES: "8"',
        '    DBKIT_POOL_SIZE_MIN: "1"',
        '    DBKIT_POOL_SIZE_MAX: "3"',
        '"metrics":',
        "  autoscaling:",
        "    maxReplicas: 1",
        "  strategy:",
        "    type: RollingUpdate",
        "    rollingUpdate:",
        '      maxSurge: "0%"',
        "      maxUnavailable: 1",
        "  processes: 1",
        "  env:",
        '    DBKIT_ENV: "staging"',
        '    DBKIT_SERVICE: "metrics"',
        '    DBKIT_POOL_CORES: "8"',
        '    DBKIT_POOL_SIZE_MIN: "0"',
        '    DBKIT_POOL_SIZE_MAX: "1"',
    ]


def test_a_page_for_auditors(dbkit: Command, small: str) -> None:
    page = dbkit("pool fleet --emit docs --file", small).out
    assert "| api | pool_api | 2 | 3 | 6 | 12 |" in page
    assert "## When a limit is reached" in page
    assert json.loads(dbkit("pool fleet --emit docs --json --file", small).out) == {
        "kind": "docs",
        "text": page.rstrip("\n"),
    }


def test_a_servers_own_limits(dbkit: Command, small: str, postgres_url: str) -> None:
    fits = dbkit("pool fleet --json --file", small, "--server", postgres_url)
    document = json.loads(fits.out)
    assert document["server"]["max_connections"] == 300
    assert any(
        note.startswith("max_connections is 300 on the server, and 200 in the plan") for note in document["notes"]
    )
    assert "the role pool_api of api does not exist" in fits.out
    production = dbkit("pool fleet --server", postgres_url)
    assert production.code == 1
    assert "and 268 for the fleet" in production.out


def test_sessions_that_nobody_planned_are_found(dbkit: Command, tmp_path: Path, postgres_url: str) -> None:
    path = tmp_path / "tiny.toml"
    path.write_text(SMALL.replace("replicas_max = 2", "replicas_max = 1\nsize_max = 1").replace("= 10", "= 0"))
    named = f"{postgres_url}&application_name=dbkit/staging/api"
    with psycopg.connect(named), psycopg.connect(named), psycopg.connect(named), psycopg.connect(postgres_url):
        run = dbkit("pool fleet --json --file", str(path), "--server", postgres_url)
    found = {finding["code"]: finding["what"] for finding in json.loads(run.out)["findings"]}
    assert run.code == 1
    assert found["processes"].startswith("api has 3 sessions")
    assert "sessions belong to no service of the fleet, and 0 are planned" in found["others"]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("memory://", "memory:// is no database of a server"),
        ("postgresql://x@127.0.0.1:1/x", "cannot be reached"),
        ("mysql://x", "unknown scheme"),
    ],
)
def test_a_server_that_cannot_be_asked(dbkit: Command, url: str, said: str) -> None:
    run = dbkit(f"pool fleet --server {url}")
    assert (run.code, run.out) == (2, "")
    assert said in run.err
