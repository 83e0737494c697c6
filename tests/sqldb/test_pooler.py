"""How connections are prepared for a pooler, and for replicas: without any server."""

from __future__ import annotations

import pytest
from psycopg import capabilities
from psycopg.conninfo import conninfo_to_dict

from dbkit.sqldb._sync.replicas import Wanted
from dbkit.sqldb.config import PoolConfig, Pooler
from dbkit.sqldb.limits import limits_of, read_only_limits
from dbkit.sqldb.pooler import behind_pooler, pooler_found, prepared_for_pooler
from dbkit.sqldb.replicas import in_turn, replica_config, replica_conninfo
from dbkit.sqldb.replication import Standing
from dbkit.sqldb.wire import Way
from dbkit.types import ConfigurationInvalid, ValueInvalid
from dbkit.verbs.reading import Position, ReadingOptions

POOLED = PoolConfig(pooler=Pooler.PGBOUNCER)


def test_who_answers_is_not_who_was_said() -> None:
    assert pooler_found(1234, 1234) is Pooler.NONE
    assert pooler_found(-1290830278, 1234) is Pooler.PGBOUNCER


def test_nothing_is_prepared_behind_a_pooler() -> None:
    assert behind_pooler(PoolConfig()).way is Way.UNNAMED
    assert behind_pooler(PoolConfig(carries_prepared=True)).way is Way.PREPARED
    # A profile may have none anywhere.
    assert behind_pooler(PoolConfig(way=Way.UNNAMED, carries_prepared=True)).way is Way.UNNAMED


def test_a_library_that_is_too_old_carries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capabilities, "has_send_close_prepared", lambda: False)
    with pytest.raises(ConfigurationInvalid, match="libpq 17"):
        behind_pooler(PoolConfig(carries_prepared=True))


def test_options_become_settings() -> None:
    conninfo = r"host=h options='-c work_mem=8MB --search-path=a\\ b -csearch_path=c'"
    rest, config = prepared_for_pooler(conninfo, POOLED)
    assert conninfo_to_dict(rest) == {"host": "h"}
    assert config.settings == {"work_mem": "8MB", "search_path": "c"}
    assert prepared_for_pooler(conninfo, PoolConfig()) == (conninfo, PoolConfig())


def test_options_that_set_nothing_are_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="more than settings"):
        prepared_for_pooler("options='-c a.b=1 -B 5'", POOLED)


@pytest.mark.parametrize(
    ("settings", "sql"),
    [
        ({}, None),
        ({"idle_session_timeout": "0", "default_transaction_read_only": "off"}, None),
        ({"lock_timeout": "2s"}, b"SELECT set_config('lock_timeout', '2s', true)"),
        ({"a.b": "it's"}, b"SELECT set_config('a.b', 'it''s', true)"),
        ({"default_transaction_read_only": "on"}, b"SELECT set_config('transaction_read_only', 'on', true)"),
    ],
)
def test_what_travels_with_a_transaction(settings: dict[str, str], sql: bytes | None) -> None:
    limits = limits_of(settings)
    assert (limits and limits.sql) == sql


def test_reading_only_is_one_more_limit() -> None:
    read_only = b"set_config('transaction_read_only', 'on', true)"
    assert read_only_limits(None).sql == b"SELECT " + read_only
    limits = limits_of({"lock_timeout": "2s"})
    assert read_only_limits(limits).sql == b"SELECT set_config('lock_timeout', '2s', true), " + read_only


@pytest.mark.parametrize(
    ("host", "name", "port"),
    [("r1", "r1", "5432"), ("r1:6000", "r1", "6000"), ("[::1]:6000", "::1", "6000"), ("[::1]", "::1", "5432")],
)
def test_a_replica_is_connected_to_as_its_primary(host: str, name: str, port: str) -> None:
    conninfo = "host=a,b hostaddr=1.2.3.4,1.2.3.5 port=1,2 user=u password=p dbname=d target_session_attrs=read-write"
    wanted = {"host": name, "port": port, "user": "u", "password": "p", "dbname": "d"}
    assert conninfo_to_dict(replica_conninfo(conninfo, host)) == wanted


def test_sessions_of_replicas_only_read() -> None:
    config = replica_config(
        PoolConfig(
            pooler=Pooler.PGBOUNCER,
            replicas=("r1",),
            parameters={"target_session_attrs": "read-write", "keepalives": "1"},
            settings={"lock_timeout": "2s"},
        )
    )
    assert config.parameters == {"keepalives": "1"}
    assert config.settings == {"lock_timeout": "2s", "default_transaction_read_only": "on"}
    assert (config.pooler, config.replicas) == (Pooler.NONE, ())


@pytest.mark.parametrize(
    ("lag_seconds", "age_seconds", "serves"), [(3.0, 7.0, True), (3.0, 7.1, False), (None, 0.0, False)]
)
def test_a_lag_grows_with_the_time_since_it_was_told(
    lag_seconds: float | None, age_seconds: float, serves: bool
) -> None:
    standing = Standing(is_replica=True, position=Position(1, 5), lag_seconds=lag_seconds, pid=1)
    assert Wanted(None, 10.0, 0.0).is_met_by(standing, age_seconds) is serves
    # What was replayed stays replayed.
    assert Wanted(Position(1, 5), 10.0, 0.0).is_met_by(standing, age_seconds)


def test_replicas_take_turns() -> None:
    firsts = [in_turn(["a", "b", "c"])[0] for _ in range(6)]
    assert sorted(firsts) == ["a", "a", "b", "b", "c", "c"]
    assert sorted(in_turn(["a", "b", "c"])) == ["a", "b", "c"]
    assert in_turn([]) == []


@pytest.mark.parametrize("position", [Position(1, 0), Position(0x1F, 0x1234_5678_9ABC), Position(1, 0xFFFF_FFFF)])
def test_a_position_is_read_as_it_was_written(position: Position) -> None:
    assert Position.read(str(position)) == position


def test_positions_of_two_timelines_do_not_compare() -> None:
    assert Position(1, 5).is_reached_by(Position(1, 5))
    assert not Position(1, 6).is_reached_by(Position(1, 5))
    assert not Position(1, 5).is_reached_by(Position(2, 9))
    assert not Position(2, 5).is_reached_by(Position(1, 9))


@pytest.mark.parametrize("seconds", [-1, float("nan")])
def test_nobody_waits_less_than_no_time(seconds: float) -> None:
    with pytest.raises(ValueInvalid):
        ReadingOptions(wait_seconds=seconds)
    with pytest.raises(ValueInvalid):
        ReadingOptions(lag_seconds_max=seconds)
