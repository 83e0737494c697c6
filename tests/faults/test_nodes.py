"""The servers that other tests break do what they are told."""

from __future__ import annotations

import psycopg
import pytest

from tests.faults.fix_nodes import MakeNode


def test_a_standby_follows_and_takes_over(make_node: MakeNode) -> None:
    primary = make_node()
    standby = make_node(of=primary)
    primary.execute("create table seen (id int)")
    standby.wait_until_replayed(primary.execute("select pg_current_wal_lsn()")[0][0])
    assert standby.execute("select count(*) from seen") == [(0,)]
    assert standby.execute("select pg_is_in_recovery()") == [(True,)]
    primary.crash()
    with pytest.raises(psycopg.OperationalError):
        primary.connect()
    standby.promote()
    standby.execute("insert into seen values (1)")
    primary.start()
    assert primary.execute("select count(*) from seen") == [(0,)]


def test_a_frozen_backend_does_not_answer_until_it_thaws(make_node: MakeNode) -> None:
    node = make_node()
    with node.connect() as connection:
        (pid,) = connection.execute("select pg_backend_pid()").fetchone() or (0,)
        node.freeze([pid])
        connection.pgconn.send_query(b"select 1")
        with node.connect() as other:
            assert other.execute("select 1").fetchone() == (1,)
        assert connection.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE
        node.thaw()
        answered = connection.pgconn.get_result()
        assert answered is not None
        assert answered.get_value(0, 0) == b"1"
        assert connection.pgconn.get_result() is None
