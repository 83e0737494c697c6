"""The server itself: its version, and settings that it must not have."""

from __future__ import annotations

from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts
from dbkit.doctor.findings import Area, Finding, danger, note, warning
from dbkit.doctor.releases import RELEASES
from dbkit.doctor.unseen import NotChecked, seen
from dbkit.doctor.words import gib, listed

__all__ = ["CHECKS"]

_YEAR_SECONDS = 365 * 86_400
_DEFAULT_SHARED_BUFFERS = 128 * 1024**2
_LARGE_GIB = 4
_SHARED_PERCENT_MAX = 50

_RELOAD = "SELECT pg_reload_conf();"


def _major(facts: Facts, expected: Expected) -> Iterator[Finding]:
    known = RELEASES.get(facts.link.major)
    if known is None:
        newest = max(RELEASES)
        yield warning(
            f"PostgreSQL {facts.link.major} is newer than what dbkit is tested with ({min(RELEASES)} to {newest})",
            f"Use a release of dbkit that knows it, or PostgreSQL {newest}",
        )
        return
    left = known.ends.timestamp() - expected.now_seconds
    if left < _YEAR_SECONDS:
        tell = note if left > 0 else danger
        tense = "gets" if left > 0 else "got"
        yield tell(
            f"PostgreSQL {facts.link.major} {tense} its last fixes on {known.ends:%d %B %Y}",
            f"Upgrade to a newer major version, {max(RELEASES)} at the best",
        )


def _minor(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    known = RELEASES.get(facts.link.major)
    if known is None:
        raise NotChecked(f"no minor versions of PostgreSQL {facts.link.major} are known")
    if facts.link.minor < known.minor:
        yield warning(
            f"the server runs {facts.link.major}.{facts.link.minor}, and {facts.link.major}.{known.minor} is out"
            f" ({known.known_from}): known faults are not fixed",
            "Install the newest minor version and restart the server; its data stay as they are",
        )


def _durability(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    settings = facts.settings
    for name, lost in (
        ("fsync", "a crash of its machine may destroy the whole cluster"),
        ("full_page_writes", "a crash of its machine may leave torn pages, which nothing repairs"),
    ):
        if not settings.is_on(name):
            yield danger(f"{name} is off: {lost}", "Switch it on", f"ALTER SYSTEM SET {name} = on;", _RELOAD)
    if settings.text("synchronous_commit") == "off":
        yield warning(
            "synchronous_commit is off: a crash loses the last commits that were acknowledged",
            "Switch it on; where a transaction can do without, say so in that transaction",
            "ALTER SYSTEM SET synchronous_commit = on;",
            _RELOAD,
        )


def _checksums(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    if not facts.settings.is_on("data_checksums"):
        yield note(
            "data_checksums is off: pages that the disk has damaged are read as if they were sound",
            "With the server stopped, have checksums written; it takes as long as reading all data",
            "pg_checksums --enable --pgdata=FOLDER",
        )
    for database in seen(facts.databases):
        if database.checksum_failures:
            yield danger(
                f"{database.checksum_failures} damaged pages were read in {database.name}",
                "Fail over to a standby or restore a backup, and replace the disk; the server's log names the files",
            )


def _autovacuum(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    for name in ("autovacuum", "track_counts"):
        if not facts.settings.is_on(name):
            yield danger(
                f"{name} is off: dead rows stay, and the server stops taking writes when transaction ids run out",
                "Switch it on",
                f"ALTER SYSTEM SET {name} = on;",
                _RELOAD,
            )
    for table in seen(facts.tables):
        if not table.is_vacuumed:
            yield warning(
                f"autovacuum leaves {table.name} out",
                "Let it in; where it comes too often or too rarely, change its thresholds",
                f"ALTER TABLE {table.name} RESET (autovacuum_enabled);",
            )


def _tracking(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    if not facts.settings.is_on("track_activities"):
        yield warning(
            "track_activities is off: long transactions and waiting sessions cannot be seen",
            "Switch it on",
            "ALTER SYSTEM SET track_activities = on;",
            _RELOAD,
        )
    if not facts.settings.is_on("track_io_timing"):
        yield note(
            "track_io_timing is off: EXPLAIN and statistics do not say what time went to the disk",
            "Switch it on, where pg_test_timing shows a fast clock",
            "ALTER SYSTEM SET track_io_timing = on;",
            _RELOAD,
        )


def _pending_restart(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    if names := facts.settings.pending_restart:
        yield warning(
            f"changes of {listed(names)} wait for a restart: the server does not run as its files say",
            "Restart the server, or take the changes back",
        )


def _encoding(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    if facts.identity.encoding != "UTF8":
        yield danger(
            f"the database is encoded in {facts.identity.encoding}: texts that it does not have are refused",
            "Dump it, and restore it into a database in UTF8",
            "CREATE DATABASE name TEMPLATE template0 ENCODING 'UTF8';",
        )


def _collation(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    then, now = facts.identity.collation_version, facts.identity.collation_version_now
    if then is not None and now is not None and then != now:
        yield danger(
            f"texts are sorted by version {now} of the system's rules, and indexes were built by {then}: rows may not"
            " be found, and unique indexes may hold doubles",
            "Build the indexes on texts anew, then take note of the version",
            f"REINDEX DATABASE CONCURRENTLY {facts.identity.database};",
            f"ALTER DATABASE {facts.identity.database} REFRESH COLLATION VERSION;",
        )


def _memory(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if expected.memory_gib is None:
        raise NotChecked("how much memory the server has is not known: set DBKIT_POOL_CORES, or give --fleet")
    memory = expected.memory_gib * 1024**3
    shared = facts.settings.bytes("shared_buffers")
    advised = f"ALTER SYSTEM SET shared_buffers = '{max(round(expected.memory_gib * 256), 128)}MB';"
    planned = f"a server with {expected.memory_gib:g} GiB"
    if shared * 100 > memory * _SHARED_PERCENT_MAX:
        yield danger(
            f"shared_buffers are {gib(shared)}, more than half of {planned}",
            "Set them to a quarter of the memory and restart",
            advised,
        )
    elif shared <= _DEFAULT_SHARED_BUFFERS and expected.memory_gib >= _LARGE_GIB:
        yield warning(
            f"shared_buffers are {gib(shared)}, no more than PostgreSQL's own default, on {planned}",
            "Set them to a quarter of the memory and restart",
            advised,
        )
    if facts.settings.bytes("effective_cache_size") < shared:
        yield warning(
            "effective_cache_size is less than shared_buffers: the planner takes indexes for dearer than they are",
            "Set it to three quarters of the memory",
            f"ALTER SYSTEM SET effective_cache_size = '{round(expected.memory_gib * 768)}MB';",
            _RELOAD,
        )


CHECKS = (
    Check("version", Area.SERVER, "the major version is supported, by PostgreSQL and by dbkit", _major),
    Check("minor_version", Area.SERVER, "the minor version is the newest that is known", _minor, for_shared=True),
    Check(
        "durability",
        Area.SERVER,
        "fsync, full_page_writes, synchronous_commit: what is acknowledged is kept",
        _durability,
        for_shared=True,
    ),
    Check(
        "checksums",
        Area.SERVER,
        "data checksums are on, and no damaged page was met",
        _checksums,
        for_shared=True,
    ),
    Check("autovacuum", Area.SERVER, "autovacuum runs, for all tables", _autovacuum),
    Check("tracking", Area.SERVER, "the server keeps the statistics that one looks at in trouble", _tracking),
    Check("pending_restart", Area.SERVER, "no changed setting waits for a restart", _pending_restart),
    Check("encoding", Area.SERVER, "the database is encoded in UTF8", _encoding),
    Check("collation", Area.SERVER, "the operating system sorts as it did when indexes were built", _collation),
    Check("memory", Area.SERVER, "shared_buffers and effective_cache_size fit the memory", _memory, for_shared=True),
)
