"""A profile as PostgreSQL takes it, and connection strings that state something themselves."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit.pool.profile import PoolProfile
from dbkit.pool.profiles import profile_for
from dbkit.sqldb import PoolConfig
from dbkit.sqldb.profile import pool_config
from dbkit.sqldb.wire import Way
from dbkit.types import ConfigurationInvalid

URL = "postgresql://user:canary@one:1,two:2/database"


def profile(service: str = "api", environment: str = "prod") -> PoolProfile:
    found = profile_for(environment, service, {})
    assert found is not None
    return found


def config(url: str, service: str = "api", spread: float = 0) -> PoolConfig:
    made = pool_config(profile(service), url, lambda: spread)
    assert made is not None
    return made


def test_without_a_profile_the_backend_has_its_own_way() -> None:
    assert pool_config(None, URL) is None


def test_a_profile_says_it_all() -> None:
    made = config(URL)
    assert made == PoolConfig(
        size_min=6,
        size_max=6,
        waiting_max=64,
        timeout_seconds=1,
        connect_timeout_seconds=3,
        idle_seconds=120,
        lifetime_seconds=1800,
        deadline_seconds=6,
        way=Way.PREPARED,
        parameters={
            "tcp_user_timeout": "5000",
            "keepalives": "1",
            "keepalives_idle": "10",
            "keepalives_interval": "5",
            "keepalives_count": "3",
            "target_session_attrs": "read-write",
        },
        settings={
            "lock_timeout": "2000ms",
            "statement_timeout": "5000ms",
            "idle_in_transaction_session_timeout": "10000ms",
            "client_connection_check_interval": "10000ms",
            "idle_session_timeout": "0",
        },
    )


def test_without_prepared_statements_they_are_sent_unnamed() -> None:
    assert config(URL, "metrics").way is Way.UNNAMED


def test_processes_differ_in_the_age_of_their_connections() -> None:
    assert config(URL, spread=1).lifetime_seconds == 1800 * 0.8
    assert len({pool_config(profile(), URL).lifetime_seconds for _ in range(20)}) > 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("connect_timeout=7", {"connect_timeout_seconds": 7}),
        ("options=-c%20statement_timeout%3D4s", {"statement_timeout": "4000ms"}),
        ("options=-cstatement_timeout%3D4500", {"statement_timeout": "4500ms"}),
        ("options=--statement-timeout%3D4000ms%20-c%20lock_timeout%3D1500ms", {"lock_timeout": "1500ms"}),
        ("options=-c%20idle_in_transaction_session_timeout%3D1min", {"idle_in_transaction_session_timeout": "60000ms"}),
        ("options=-c%20client_connection_check_interval%3D0", {"client_connection_check_interval": "0ms"}),
        ("options=-c%20default_transaction_read_only%3Don", {"default_transaction_read_only": "on"}),
        ("options=-c%20search_path%3Da%5C%20b", {}),
        ("keepalives_idle=20", {"keepalives_idle": "20"}),
        ("tcp_user_timeout=8000", {"tcp_user_timeout": "8000"}),
        ("target_session_attrs=primary", {"target_session_attrs": "primary"}),
    ],
)
def test_what_a_url_states_and_what_fits_wins(options: str, found: dict[str, Any]) -> None:
    made = config(f"{URL}?{options}")
    whole = {**made.parameters, **made.settings, "connect_timeout_seconds": made.connect_timeout_seconds}
    assert {name: whole[name] for name in found} == found


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("keepalives=0", "keepalives=0 in the URL fights the profile of prod/"),
        ("options=-c%20idle_session_timeout%3D30s", "idle_session_timeout=30s in the URL fights"),
        ("options=-c%20statement_timeout%3D6s", "statement_timeout_seconds (6 s) is not less than deadline_seconds"),
        (
            "options=-c%20statement_timeout%3D0",
            "statement_timeout_seconds (no limit) is not less than deadline_seconds",
        ),
        ("options=-c%20lock_timeout%3D500ms", "deadlock_timeout (1 s) is not less than lock_timeout_seconds (0.5 s)"),
        ("keepalives_idle=100", "is more than what a dead peer may cost"),
        ("tcp_user_timeout=0", "tcp_user_timeout_seconds"),
        ("connect_timeout=0", "connect_timeout_seconds"),
        ("target_session_attrs=standby", "it writes, and target_session_attrs (standby)"),
        ("target_session_attrs=canary", "target_session_attrs"),
        ("connect_timeout=soon", "connect_timeout in the URL is not a whole number"),
        ("options=-c%20lock_timeout%3Dcanary", "lock_timeout in the URL is not a time"),
        ("options=-c%20default_transaction_read_only%3Dcanary", "default_transaction_read_only in the URL is not"),
    ],
)
def test_what_fights_the_profile_is_refused(options: str, said: str) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        config(f"{URL}?{options}")
    assert said in str(caught.value)
    assert "canary" not in str(caught.value)


def test_people_who_read_stay_read_only() -> None:
    with pytest.raises(ConfigurationInvalid, match="fights the profile of prod/bi"):
        config(f"{URL}?options=-c%20default_transaction_read_only%3Doff", "bi")
    assert config(f"{URL}?target_session_attrs=standby", "bi").parameters["target_session_attrs"] == "standby"


@pytest.mark.parametrize("waiting_max", [-1])
def test_a_pool_refuses_impossible_waiting(waiting_max: int) -> None:
    with pytest.raises(ConfigurationInvalid, match="cannot wait"):
        PoolConfig(waiting_max=waiting_max)
    with pytest.raises(ConfigurationInvalid, match="ping_idle_seconds"):
        PoolConfig(ping_idle_seconds=0)
