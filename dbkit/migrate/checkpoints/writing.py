"""Writing a checkpoint: the line is walked, its schema taken as SQL, and the two proved to be the same."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from dbkit.embedded import EmbeddedServer, Launch, find_binaries
from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.checkpoints.applying import run_checkpoint
from dbkit.migrate.checkpoints.errors import CheckpointDiffers
from dbkit.migrate.checkpoints.file import Checkpoint, Words, checkpoint_at, checkpoints
from dbkit.migrate.checkpoints.script import PLACE, without_place
from dbkit.migrate.checkpoints.seeded import rows_text
from dbkit.migrate.fingerprint.reading import Aspects, read_made
from dbkit.migrate.fingerprint.tree import fingerprint
from dbkit.migrate.line import Line
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.linting.sources import elsewhere
from dbkit.migrate.programs import find_program
from dbkit.migrate.rows import Rows
from dbkit.migrate.scratch import scratch_database, scratch_server
from dbkit.migrate.scratch_runs import apply_within
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.sum import row_hashes, verify, write
from dbkit.migrate.syntax import tree_of
from dbkit.migrate.trace.walking import known_keys
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Made", "check_checkpoints", "write_checkpoint"]

_MAJORS: Final = range(15, 19)
_ALL: Final = Aspects(partitions=True, grants=True)
_SHOWN_MAX: Final = 5
# Who may use it is its owner's matter: no revision has made it.
_OF_THE_SCHEMA: Final = "grants on the schema"

_TITLE: Final = (
    "-- What the revisions up to and with {revision} lead to, for databases that have nothing yet.\n"
    "-- `dbkit migrate checkpoint` has written it, and dbkit.sum has its hash.\n"
)


@dataclass(frozen=True, slots=True)
class Made:
    """A checkpoint that was proved: by which fingerprint, with which rows, and on which versions of PostgreSQL.

    `walk_seconds` is what its revisions took one by one, `start_seconds` what it takes itself.
    """

    checkpoint: Checkpoint
    changed: bool
    fingerprint: str
    rows: Mapping[str, int]
    majors: tuple[int, ...]
    walk_seconds: float
    start_seconds: float

    def __str__(self) -> str:
        rows = ", ".join(f"{count} of {name}" for name, count in self.rows.items()) or "none"
        return (
            f"{self.checkpoint.name} stands for {self.checkpoint.count} revisions, up to {self.checkpoint.revision}\n"
            f"proved on PostgreSQL {', '.join(map(str, self.majors))}: {self.fingerprint}; rows: {rows}\n"
            f"revision by revision {self.walk_seconds:.1f} s, from the checkpoint {self.start_seconds:.1f} s"
        )

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "file": str(self.checkpoint.path),
            "revision": self.checkpoint.revision.id,
            "revisions": self.checkpoint.count,
            "changed": self.changed,
            "fingerprint": self.fingerprint,
            "rows": dict(self.rows),
            "proved_on": list(self.majors),
            "walk_seconds": round(self.walk_seconds, 3),
            "start_seconds": round(self.start_seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class _Walked:
    """What a walk has made, revision by revision; `unstable` are columns that another walk makes otherwise."""

    catalog: Catalog
    rows: Rows
    unstable: Mapping[str, frozenset[str]]
    fingerprint: str
    major: int
    seconds: float


def write_checkpoint(
    revision: str | None = None,
    *,
    line: Path | None = None,
    dev_url: str | None = None,
    tell: Callable[[str], None] = lambda _what: None,
    seconds_max: float = SECONDS_MAX,
) -> Made:
    """Write the checkpoint of a revision, the last one unless said otherwise, and take it into `dbkit.sum`.

    The line is walked on a scratch server, that of `dev_url` or one of our own, and `pg_dump` says what came
    of it. The script is then run on an empty database there, and on each other version of PostgreSQL from 15 to
    18 that is installed: catalogue and rows are those of the walk, or `CheckpointDiffers` names what is not,
    and nothing is written. So is a revision that does something else where the environment or the network is another
    one. A statement may take `seconds_max`, a revision twice as long. Raises `RevisionEndless`, `ExtensionMissing`,
    `LineChanged`, `RevisionUnknown`, and `ConfigurationInvalid` where there is no `pg_dump`.
    """
    read = _read(line)
    count = read.position[read.find(revision).id] + 1 if revision is not None else len(read.revisions)
    checkpoint = checkpoint_at(read, count)
    with _server(dev_url) as server, tempfile.TemporaryDirectory() as folder:
        tell(f"walking to {checkpoint.revision}")
        with _walked(_Way(server, read, count, seconds_max)) as (walked, script):
            words = Words(
                checkpoint.revision.id, row_hashes(read)[checkpoint.revision.name], walked.fingerprint, _shown(walked)
            )
            text = f"{_TITLE.format(revision=checkpoint.revision)}{words}\n{script}"
        draft = replace(checkpoint, path=Path(folder) / checkpoint.path.name)
        draft.path.write_text(text, encoding="utf-8")
        made = _proved(server, read, draft, walked, tell)
    changed = not checkpoint.path.is_file() or checkpoint.sql != text
    checkpoint.path.parent.mkdir(exist_ok=True)
    checkpoint.path.write_text(text, encoding="utf-8")
    write(read)
    return replace(made, checkpoint=checkpoint, changed=changed)


def check_checkpoints(
    *,
    line: Path | None = None,
    dev_url: str | None = None,
    tell: Callable[[str], None] = lambda _what: None,
    seconds_max: float = SECONDS_MAX,
) -> list[Made]:
    """Prove the checkpoints that a line has, again and by another walk; errors as `write_checkpoint`."""
    read = _read(line)
    found: list[Made] = []
    with _server(dev_url) as server:
        for each in checkpoints(read):
            tell(f"walking to {each.revision}")
            with _walked(_Way(server, read, each.count, seconds_max)) as (walked, _):
                found.append(_proved(server, read, each, walked, tell))
    return found


def _read(folder: Path | None) -> Line:
    line = Line.read(folder)
    verify(line)
    if not line.revisions:
        raise ConfigurationInvalid(f"{line.folder} has no revision that a checkpoint could stand for")
    if not line.must_be_hashed:
        raise ConfigurationInvalid(
            f"{line.folder} has no dbkit.sum, which says what a checkpoint stands for", advice="`dbkit migrate hash`."
        )
    return line


@contextmanager
def _server(dev_url: str | None) -> Iterator[Target]:
    # What revisions seal nobody can open who has not this key, and no row that was sealed gets into a checkpoint.
    with known_keys(), scratch_server(dev_url) as server:
        yield server


@dataclass(frozen=True, slots=True)
class _Way:
    """The first `count` revisions of a line, to be walked on a server; a statement may take `seconds_max`."""

    server: Target
    line: Line
    count: int
    seconds_max: float


def _require_here_as_elsewhere(way: _Way) -> None:
    for revision in way.line.revisions[: way.count]:
        for what, line in elsewhere(tree_of(revision.path)):
            raise CheckpointDiffers(f"{revision} (line {line}): {what}, and does something else where that is another")


@contextmanager
def _walked(way: _Way) -> Iterator[tuple[_Walked, str]]:
    """Walk, and give what came of it, with its script."""
    _require_here_as_elsewhere(way)
    line = way.line
    with ExitStack() as stack:
        place, seconds = _walk(stack, way)
        catalog, major = read_made(place, line, _ALL)
        rows = _rows(place, catalog)
        unstable: Mapping[str, frozenset[str]] = {}
        if rows.counts:
            again, _ = _walk(stack, way)
            unstable = rows.unstable(_rows(again, read_made(again, line, _ALL)[0]))
        plain = fingerprint(read_made(place, line, Aspects())[0])
        walked = _Walked(catalog, rows, unstable, str(plain), major, seconds)
        yield walked, _script(place, line, walked)


def _walk(stack: ExitStack, way: _Way) -> tuple[Target, float]:
    scratch = stack.enter_context(scratch_database(way.server))
    with Session(scratch, "dbkit migrate checkpoint") as session:
        session.connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(PLACE)))
    place = Target(make_conninfo(scratch.conninfo, options=f"-csearch_path={PLACE}"), scratch.shown_as)
    started = time.monotonic()
    apply_within(way.seconds_max, place, way.line, count=way.count)
    return place, time.monotonic() - started


def _rows(target: Target, catalog: Catalog) -> Rows:
    try:
        with Session(target, "dbkit migrate checkpoint") as session:
            return Rows.read(session.connection, catalog)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _script(place: Target, line: Line, walked: _Walked) -> str:
    """Return the schema and its rows as SQL: rows before the keys, indexes and triggers that are about them."""
    before, after = (without_place(_dumped(place, line, section)) for section in ("pre-data", "post-data"))
    with Session(place, "dbkit migrate checkpoint") as session:
        rows = rows_text(session.connection, walked.catalog, walked.rows, walked.unstable)
    return "\n".join(each for each in (before, rows.rstrip() + "\n" if rows else "", after) if each.strip())


def _dumped(place: Target, line: Line, section: str) -> str:
    program = find_program("pg_dump", place)
    left_out = [f"--exclude-table={PLACE}.{name}" for name in (*TABLES, line.version_table.name)]
    options = ["--schema-only", "--no-owner", "--no-privileges", "--no-tablespaces", f"--section={section}", *left_out]
    done = subprocess.run(
        [program.path, *options], env=dict(program.environment), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = next(iter(done.stderr.strip().splitlines()), "it said nothing")
        raise ConfigurationInvalid(
            f"pg_dump failed: {said}", advice="Its version must be the server's, or a later one."
        )
    return done.stdout


def _shown(walked: _Walked) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(walked.rows.counts.items())) or "none"


def _proved(server: Target, line: Line, checkpoint: Checkpoint, walked: _Walked, tell: Callable[[str], None]) -> Made:
    """Run the script on the server and on each other version; raise `CheckpointDiffers` for what is not the walk's."""
    tell("proving it")
    seconds = _prove(server, line, checkpoint, walked)
    majors = [walked.major]
    for major in _MAJORS:
        if major != walked.major and (other := _other(major)) is not None:
            tell(f"proving it on PostgreSQL {major}")
            with other as target:
                _prove(target, line, checkpoint, walked)
            majors.append(major)
    words = checkpoint.words()
    if words.fingerprint != walked.fingerprint:
        raise CheckpointDiffers(f"{checkpoint.name} says {words.fingerprint}, and the line makes {walked.fingerprint}")
    return Made(
        checkpoint=checkpoint,
        changed=False,
        fingerprint=walked.fingerprint,
        rows=walked.rows.counts,
        majors=tuple(sorted(majors)),
        walk_seconds=walked.seconds,
        start_seconds=seconds,
    )


def _prove(server: Target, line: Line, checkpoint: Checkpoint, walked: _Walked) -> float:
    with scratch_database(server) as scratch:
        started = time.monotonic()
        run_checkpoint(scratch, checkpoint, lambda _connection: None)
        seconds = time.monotonic() - started
        catalog, major = read_made(scratch, line, _ALL)
        found = [each.name for each in walked.catalog.compare(catalog) if each.name != _OF_THE_SCHEMA]
        found += walked.rows.compare(_rows(scratch, catalog), walked.unstable)
    if found:
        more = f" and {len(found) - _SHOWN_MAX} more" if len(found) > _SHOWN_MAX else ""
        raise CheckpointDiffers(f"on PostgreSQL {major} it differs in {', '.join(found[:_SHOWN_MAX])}{more}")
    return seconds


def _other(major: int) -> Any:
    """Return a server of a version, as a context, where it is installed."""
    try:
        binaries = find_binaries(major)
    except ConfigurationInvalid:
        return None
    return _started(Launch(binaries=binaries))


@contextmanager
def _started(launch: Launch) -> Iterator[Target]:
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-scratch-") as folder,
        EmbeddedServer.start(Path(folder), launch) as server,
    ):
        yield Target(server.conninfo, "the scratch server")
