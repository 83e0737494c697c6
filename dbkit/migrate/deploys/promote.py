"""Promoting a chain: the database of the environment before is looked at, and what was found is signed."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import LiteralString

import psycopg

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.databases import located
from dbkit.migrate.deploys.errors import NotPromotable
from dbkit.migrate.deploys.keys import PUBLIC_KEY, private_key, public_key
from dbkit.migrate.deploys.record import ORDER, Promotion, chain_of, read_promotion, write_promotion
from dbkit.migrate.line import Line
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.place import Place
from dbkit.migrate.running.history import edited, entries, hashes
from dbkit.migrate.scratch import scratch_databases
from dbkit.migrate.scratch_runs import apply_within
from dbkit.migrate.session import Connection, Session, Target, failure
from dbkit.migrate.sum import verify
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["promote"]

_SHOWN_MAX = 5

_IDENTITY: LiteralString = """
    SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
    FROM pg_control_system()
"""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a database is, and what is in it."""

    name: str
    identity: str
    catalog: Catalog


def promote(
    url: str | None,
    target: str,
    *,
    line: Path | None = None,
    before: str | None = None,
    dev_url: str | None = None,
    environ: Mapping[str, str] | None = None,
    seconds_max: float = SECONDS_MAX,
) -> str:
    """Look whether a line was applied and holds in the environment before `target`, and return the signed record.

    `url` leads to that environment's database, which is only read: it has to be at the head of this very line,
    by the hashes of its history, with the catalogue that the line makes on a scratch server (or on that of
    `dev_url`). To promote to prod takes the record of the promotion to staging, `before`. Raises
    `NotPromotable` or `PromotionRefused` where something is not so, `ConfigurationInvalid` for keys and
    environments, `LineChanged`, `RevisionEndless` for a revision that takes more than twice `seconds_max` there, or
    has a statement that takes longer, and what `dbkit.connect` raises.
    """
    environ = os.environ if environ is None else environ
    source, key, read = _source(target, environ), private_key(environ), Line.read(line)
    verify(read)
    if read.head is None:
        raise NotPromotable("the line has no revision yet")
    previous = _previous(source, before, chain_of(read), environ)
    with located(url) as place:
        found = _found(place, read)
        if previous is not None and found.identity == previous[0].identity:
            raise NotPromotable(f"{place.shown_as} is the database that was promoted to {source}, not that of {source}")
        _require_catalog(found.catalog, read, dev_url, seconds_max)
    promotion = Promotion(
        chain=chain_of(read),
        head=read.head.id,
        source=source,
        target=target,
        database=found.name,
        identity=found.identity,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        by=_who(),
        behind=previous[1] if previous else "",
    )
    return write_promotion(promotion, key)


def _source(target: str, environ: Mapping[str, str]) -> str:
    if target not in ORDER[1:]:
        raise ConfigurationInvalid(f"nothing is promoted to {target}", advice=f"Name one of {', '.join(ORDER[1:])}.")
    source = ORDER[ORDER.index(target) - 1]
    named = environ.get("DBKIT_ENV") or source
    if named != source:
        raise ConfigurationInvalid(
            f"DBKIT_ENV says {named}, and what is promoted to {target} was applied in {source}",
            advice=f"Give the URL of the database of {source}, with DBKIT_ENV={source} or without it.",
        )
    return source


def _previous(source: str, given: str | None, chain: str, environ: Mapping[str, str]) -> tuple[Promotion, str] | None:
    """Return the promotion to the environment that is promoted from, which nobody skips."""
    if source == ORDER[0]:
        return None
    key = public_key(environ)
    if key is None:
        raise ConfigurationInvalid(f"{PUBLIC_KEY} is not set, and a record is checked with it", advice="Set it.")
    if given is None:
        raise NotPromotable(
            f"a promotion from {source} needs the record of the promotion to {source}",
            advice="Give it: --promotion FILE, or DBKIT_PROMOTION.",
        )
    promotion, signature = read_promotion(given, key)
    if (promotion.target, promotion.chain) != (source, chain):
        raise NotPromotable(f"the record promotes another chain, or to {promotion.target}: not this one to {source}")
    return promotion, signature


def _found(place: Target, line: Line) -> _Found:
    try:
        with Session(place, "dbkit migrate promote") as session:
            return _looked_at(session, place.shown_as, line)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _looked_at(session: Session, shown_as: str, line: Line) -> _Found:
    at = Place.read(session.connection, line)
    if at.pending:
        raise NotPromotable(f"{shown_as} is at {at}, {len(at.pending)} pending")
    _require_history(session.connection, shown_as, at)
    catalog = Catalog.read(session.connection).without_partitions()
    return _Found(str(session.database), f"{_identity(session.connection)}/{session.schema}", catalog)


def _require_history(connection: Connection, shown_as: str, at: Place) -> None:
    """Refuse a database whose revisions were applied from other files, as far as its history tells.

    The hash of the last one covers all files before it.
    """
    found, wanted = entries(connection), hashes(at.line)
    wrong = edited(at, found, wanted)
    if wrong:
        raise NotPromotable(f"{shown_as} has applied another chain: {wrong}")
    last = at.line.revisions[-1]
    if last.id not in found or found[last.id].hash != wanted[last.name]:
        raise NotPromotable(
            f"the history of {shown_as} does not say from which file {last} was applied",
            advice="It was applied before dbkit kept a history, or by another tool: the next revision can be promoted.",
        )


def _identity(connection: Connection) -> str:
    try:
        found = connection.execute(_IDENTITY).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        # Where nobody may ask for the cluster, the server's address has to do.
        found = connection.execute("SELECT coalesce(host(inet_server_addr()), 'local')").fetchone()
        return f"{found[0] if found else ''}/{connection.info.port}/{connection.info.dbname}"
    return str(found[0]) if found else ""


def _require_catalog(catalog: Catalog, line: Line, dev_url: str | None, seconds_max: float) -> None:
    with scratch_databases(1, dev_url) as (scratch,):
        apply_within(seconds_max, scratch, line.folder, one_by_one=False)
        try:
            with Session(scratch, "dbkit migrate promote") as session:
                wanted = Catalog.read(session.connection).without_partitions()
        except psycopg.Error as error:
            failed = error
        else:
            found = [difference.name for difference in wanted.compare(catalog)]
            if found:
                raise NotPromotable(
                    f"its catalogue differs from the line's in {len(found)} objects: {', '.join(found[:_SHOWN_MAX])}",
                    advice="`dbkit schema diff` shows how it differs from the models: bring it back to the line's.",
                )
            return
    raise failure(failed)


def _who() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        # A container may run as a user that has no name.
        name = str(os.getuid())
    return f"{name}@{socket.gethostname()}"
