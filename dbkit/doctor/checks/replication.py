"""Replication: slots that hold the log back, standbys that do not keep up, a log that is not archived."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts, Receiver, Slot, Standby
from dbkit.doctor.findings import Area, Finding, danger, note, warning
from dbkit.doctor.unseen import seen
from dbkit.doctor.words import duration, gib, within

__all__ = ["CHECKS"]

_RELOAD = "SELECT pg_reload_conf();"


def _slots(facts: Facts, expected: Expected) -> Iterator[Finding]:
    slots = seen(facts.slots)
    for slot in slots:
        yield from _slot(slot, expected)
    if slots and facts.settings.number("max_slot_wal_keep_size") < 0:
        yield note(
            "max_slot_wal_keep_size is -1: a slot that nobody reads fills the disk, and the server stops",
            "Limit what slots may hold back",
            "ALTER SYSTEM SET max_slot_wal_keep_size = '50GB';",
            _RELOAD,
        )


def _slot(slot: Slot, expected: Expected) -> Iterator[Finding]:
    drop = f"SELECT pg_drop_replication_slot({slot.name});"
    retained = slot.retained_bytes or 0
    if slot.wal_status == "lost":
        yield danger(
            f"the slot {slot.name} has lost the log that it stood for: who reads it cannot go on",
            "Drop it, and set up anew who read it",
            drop,
        )
    elif not slot.is_active:
        tell = danger if retained >= expected.limits.slot_bytes else warning
        yield tell(
            f"nobody reads the slot {slot.name}, and it holds {gib(retained)} of the log back",
            "Start who reads it, or drop it",
            drop,
        )
    elif retained >= expected.limits.slot_bytes:
        yield warning(
            f"who reads the slot {slot.name} is {gib(retained)} of the log behind",
            "See why it does not get on; limit what it holds back by max_slot_wal_keep_size",
        )


def _standbys(facts: Facts, expected: Expected) -> Iterator[Finding]:
    standbys = seen(facts.standbys)
    for standby in standbys:
        yield from _standby(standby, expected)
    names = facts.settings.text("synchronous_standby_names")
    waits = facts.settings.text("synchronous_commit") not in ("off", "local")
    if names and waits and not any(each.sync_state in ("sync", "quorum") for each in standbys):
        yield danger(
            f"commits wait for a standby of synchronous_standby_names ({names}), and none is there: they hang",
            "Start one of them; or, for the time being, do without",
            "ALTER SYSTEM SET synchronous_standby_names = '';",
            _RELOAD,
        )


def _standby(standby: Standby, expected: Expected) -> Iterator[Finding]:
    seconds, size = standby.lag_seconds or 0, standby.lag_bytes or 0
    if standby.state not in ("streaming", "backup"):
        yield warning(
            f"the standby {standby.name} does not stream, its state is {standby.state}",
            "See its log; one that catches up needs time",
        )
    if seconds >= expected.limits.lag_seconds or size >= expected.limits.lag_bytes:
        yield warning(
            f"the standby {standby.name} is {duration(seconds)} and {gib(size)} of the log behind: a failover to it"
            " loses that much, reads from it are that old",
            "See what it waits for: a long query there, its disk, the network",
            "SELECT pid, age(clock_timestamp(), query_start), wait_event FROM pg_stat_activity;",
        )


def _replay(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if facts.identity.in_recovery:
        yield from _following(seen(facts.receiver), expected, "this standby")


def _following(receiver: Receiver, expected: Expected, who: str) -> Iterator[Finding]:
    """Yield what keeps a standby from being as its primary is."""
    if not receiver.is_streaming and not receiver.restores_from_archive:
        yield danger(
            f"{who} receives nothing: no process of it streams from a primary",
            "See its log, primary_conninfo, and whether the primary still has the log that it needs",
            "SELECT pg_last_wal_receive_lsn(), pg_last_xact_replay_timestamp();",
        )
    if receiver.is_paused:
        yield danger(f"replay is paused on {who}", "Let it go on", "SELECT pg_wal_replay_resume();")
    size, seconds = receiver.unreplayed_bytes or 0, receiver.replayed_seconds_ago or 0
    # Where nothing is left to replay, the last transaction may be as old as it likes.
    if size >= expected.limits.lag_bytes or (size > 0 and seconds >= expected.limits.lag_seconds):
        yield warning(
            f"{who} has {gib(size)} of the log that it has not replayed; what it shows is {duration(seconds)} old",
            "See what replay waits for: a long query that conflicts with it, the disk",
            "SELECT pid, wait_event FROM pg_stat_activity WHERE backend_type = 'startup';",
        )


def _replicas(facts: Facts, expected: Expected) -> Iterator[Finding]:
    for replica in facts.replicas:
        if replica.refusal is not None:
            yield warning(
                f"the replica {replica.host} cannot be used, and reads go to the primary:"
                f" {within(replica.refusal.happened)}",
                replica.refusal.to_do.removesuffix("."),
            )
        elif not replica.in_recovery:
            yield danger(
                f"the replica {replica.host} is none: it takes writes of its own, and has nobody else's",
                "Take it out of replicas= in the URL and DBKIT_REPLICAS, or make it a standby again",
            )
        elif seen(replica.build).system_identifier != seen(facts.build).system_identifier:
            yield danger(
                f"the replica {replica.host} is one of another server",
                "Correct replicas= in the URL, or DBKIT_REPLICAS",
            )
        else:
            yield from _following(seen(replica.receiver), expected, f"the replica {replica.host}")


def _log(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    if facts.settings.text("wal_level") == "minimal":
        yield warning(
            "wal_level is minimal: there can be neither a standby, nor a backup of a time of one's choice",
            "Set it and restart",
            "ALTER SYSTEM SET wal_level = 'replica';",
        )
    archiver = seen(facts.archiver)
    if archiver.is_failing and facts.settings.text("archive_mode") != "off":
        yield danger(
            f"archiving the log fails ({archiver.failed_count} times): backups have a gap, and the disk fills",
            "See the server's log for what archive_command says",
            "SELECT last_failed_wal, last_failed_time FROM pg_stat_archiver;",
        )


CHECKS = (
    Check("slots", Area.REPLICATION, "slots are read, and hold little of the log back", _slots),
    Check(
        "standbys", Area.REPLICATION, "standbys stream and keep up, and commits wait for none that is gone", _standbys
    ),
    Check("replay", Area.REPLICATION, "this server, where it is a standby, receives and replays", _replay),
    Check(
        "replicas",
        Area.REPLICATION,
        "replicas that the URL names are standbys of this server, and keep up",
        _replicas,
    ),
    Check(
        "log",
        Area.REPLICATION,
        "the log is good for standbys, and is archived where it should be",
        _log,
        for_shared=True,
    ),
)
