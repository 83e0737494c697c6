# Generated from tests/faults/_async/test_commits.py by tools/unasync.py; edit that file instead.
"""What becomes of a transaction whose COMMIT has no answer, case by case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.sqldb._sync import committing
from dbkit.types import CommitUnknown, OutboxEventFilter, SchemaMismatch, Unavailable
from tests.faults._sync.writing import Outbox, opened
from tests.faults.commits import event, stored
from tests.faults.node import Node
from tests.faults.proxy import Link, Proxy

END_WAIT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


@pytest.fixture
def proxy(outbox_node: Node) -> Iterator[Proxy]:
    proxy = Proxy(outbox_node.port)
    yield proxy
    proxy.close()
    outbox_node.execute("TRUNCATE outbox_events, commit_tokens")


@pytest.fixture
def db(outbox_node: Node, proxy: Proxy) -> Iterator[Outbox]:
    with opened(proxy.conninfo(outbox_node.conninfo())) as db:
        yield db


def answer_is_lost(link: Link, packet: bytes) -> None:
    link.answer_bytes = 0
    link.send(packet)


def request_is_lost(link: Link, packet: bytes) -> None:
    del packet
    link.cut()


def commits_wait(node: Node) -> bool:
    """Tell whether a commit waits, and end it where it does: a new setting takes a moment."""
    connection = node.connect()
    connection.pgconn.send_query(b"SELECT pg_logical_emit_message(true, 'test', '')")
    waits = any(node.execute(END_WAIT) for _ in ticks(0.2))
    connection.close()
    return waits


@contextmanager
def waiting_for_a_standby(node: Node) -> Iterator[None]:
    """Have commits wait for a standby that there is not."""
    node.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    node.execute("SELECT pg_reload_conf()")
    assert any(commits_wait(node) for _ in ticks(60.0))
    try:
        yield
    finally:
        node.execute("ALTER SYSTEM RESET synchronous_standby_names")
        node.execute("SELECT pg_reload_conf()")


def test_a_commit_that_took_effect_ends_as_any_other(db: Outbox, proxy: Proxy, outbox_node: Node) -> None:
    called: list[str] = []
    proxy.arm(answer_is_lost)
    with db.transaction() as tx:
        tx.outbox_events.create(event("one"))
        tx.after_commit(lambda: called.append("after"))
    assert called == ["after"]
    assert stored(outbox_node) == {"one": 1}


def test_one_that_did_not_says_that_it_may_be_run_again(db: Outbox, proxy: Proxy, outbox_node: Node) -> None:
    called: list[str] = []
    proxy.arm(request_is_lost)
    with pytest.raises(Unavailable, match="rolled the transaction back") as caught:
        with db.transaction() as tx:
            tx.outbox_events.create(event("one"))
            tx.after_commit(lambda: called.append("after"))
    assert caught.value.retryable
    assert called == []
    assert stored(outbox_node) == {}


def test_where_nothing_was_written_it_may_be_run_again(db: Outbox, proxy: Proxy) -> None:
    db.outbox_events.count(OutboxEventFilter())
    proxy.arm(answer_is_lost)
    with pytest.raises(Unavailable, match="wrote nothing") as caught:
        with db.transaction() as tx:
            tx.outbox_events.count(OutboxEventFilter())
    assert caught.value.retryable


@pytest.mark.parametrize("commit_token", [False, True])
def test_where_nobody_can_say_the_error_tells_what_to_ask(
    db: Outbox, proxy: Proxy, outbox_node: Node, *, commit_token: bool
) -> None:
    def server_is_gone(link: Link, packet: bytes) -> None:
        outbox_node.freeze()
        link.cut_client()
        del packet

    proxy.arm(server_is_gone)
    try:
        with pytest.raises(CommitUnknown) as caught, ExitStack() as hurry:
            with db.transaction(commit_token=commit_token) as tx:
                tx.outbox_events.create(event("one"))
                # From here on, as a busy machine takes its time to come as far.
                hurry.enter_context(dbkit.deadline(0.5))
    finally:
        outbox_node.thaw()
    assert caught.value.transaction_id is not None
    assert caught.value.timeline == 1
    assert (caught.value.token is not None) == commit_token
    if commit_token:
        assert str(caught.value.token) in str(caught.value)
    else:
        assert f"pg_xact_status('{caught.value.transaction_id}')" in str(caught.value)


def test_a_token_stays_behind_for_what_was_written(db: Outbox, outbox_node: Node) -> None:
    with db.transaction(commit_token=True) as tx:
        tx.outbox_events.create(event("one"))
    with db.transaction(commit_token=True) as tx:
        tx.outbox_events.count(OutboxEventFilter())
    assert outbox_node.execute("SELECT void, count(*) FROM commit_tokens GROUP BY void") == [(False, 1)]


def test_without_their_table_no_token_can_stay(db: Outbox, outbox_node: Node) -> None:
    outbox_node.execute("ALTER TABLE commit_tokens RENAME TO elsewhere")
    try:
        with pytest.raises(SchemaMismatch, match="commit_tokens"):
            with db.transaction(commit_token=True) as tx:
                tx.outbox_events.create(event("one"))
    finally:
        outbox_node.execute("ALTER TABLE elsewhere RENAME TO commit_tokens")
    assert stored(outbox_node) == {}
    assert db.outbox_events.count(OutboxEventFilter()) == 0


def test_old_tokens_go_once_in_a_while(db: Outbox, outbox_node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox_node.execute(
        "INSERT INTO commit_tokens (token, created_at)"
        " SELECT gen_random_uuid(), now() - make_interval(hours => n) FROM generate_series(1, 1400) AS n"
    )
    monkeypatch.setattr(committing, "PRUNED_ONCE_IN", 1)
    for key in ("one", "two"):
        with db.transaction(commit_token=True) as tx:
            tx.outbox_events.create(event(key))
    left = outbox_node.execute("SELECT count(*), min(created_at) > now() - interval '1 day' FROM commit_tokens")
    assert left == [(25, True)]


def test_a_wait_for_a_standby_that_is_cut_short_is_no_commit(db: Outbox, outbox_node: Node) -> None:
    """The server answers that it has committed, but a standby that is promoted then does not have it."""
    with waiting_for_a_standby(outbox_node), pytest.raises(CommitUnknown), ExitStack() as hurry:
        with db.transaction() as tx:
            tx.outbox_events.create(event("one"))
            hurry.enter_context(dbkit.deadline(0.5))
    assert stored(outbox_node) == {"one": 1}


@pytest.mark.parametrize("commit_token", [False, True])
def test_a_commit_that_its_standbys_lack_is_not_acknowledged(
    db: Outbox, proxy: Proxy, outbox_node: Node, *, commit_token: bool
) -> None:
    """Its backend was ended while it waited for them, so the server has committed it all the same."""

    def wait_is_ended(link: Link, packet: bytes) -> None:
        link.keeps_client = True
        link.send(packet)
        assert any(outbox_node.execute(END_WAIT) for _ in ticks(60.0))
        assert any(stored(outbox_node) for _ in ticks(60.0))
        link.cut()

    with waiting_for_a_standby(outbox_node):
        proxy.arm(wait_is_ended)
        with pytest.raises(CommitUnknown), ExitStack() as hurry:
            with db.transaction(commit_token=commit_token) as tx:
                tx.outbox_events.create(event("one"))
                hurry.enter_context(dbkit.deadline(0.7))


def test_where_rows_are_on_other_servers_no_id_counts(db: Outbox, outbox_node: Node, proxy: Proxy) -> None:
    """They are written in transactions with ids of their own, which say nothing on the one that is asked."""
    outbox_node.execute("INSERT INTO pg_extension VALUES (9999, 'citus', 10, 2200, false, '12')")
    try:
        proxy.arm(answer_is_lost)
        with pytest.raises(CommitUnknown):
            with db.transaction() as tx:
                tx.outbox_events.create(event("one"))
        proxy.arm(answer_is_lost)
        with db.transaction(commit_token=True) as tx:
            tx.outbox_events.create(event("two"))
    finally:
        outbox_node.execute("DELETE FROM pg_extension WHERE oid = 9999")
    assert stored(outbox_node) == {"one": 1, "two": 1}


def test_a_role_that_may_not_ask_commits_all_the_same(outbox_node: Node, proxy: Proxy, db: Outbox) -> None:
    outbox_node.execute("REVOKE EXECUTE ON FUNCTION pg_control_system FROM PUBLIC")
    outbox_node.execute("CREATE ROLE humble LOGIN; GRANT ALL ON outbox_events, commit_tokens TO humble")
    try:
        with opened(proxy.conninfo(outbox_node.conninfo()) + " user=humble") as humble:
            with humble.transaction() as tx:
                tx.outbox_events.create(event("one"))
            proxy.arm(answer_is_lost)
            with pytest.raises(CommitUnknown):
                with humble.transaction() as tx:
                    tx.outbox_events.create(event("two"))
            proxy.arm(answer_is_lost)
            with humble.transaction(commit_token=True) as tx:
                tx.outbox_events.create(event("three"))
    finally:
        outbox_node.execute("DROP OWNED BY humble; DROP ROLE humble")
        outbox_node.execute("GRANT EXECUTE ON FUNCTION pg_control_system TO PUBLIC")
    assert stored(outbox_node) == {"one": 1, "two": 1, "three": 1}
