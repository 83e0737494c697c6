"""Examining a server: its facts are read once, and every check judges them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from dbkit.database.parameters import OwnParameters
from dbkit.database.url import PostgresTarget, resolve
from dbkit.doctor.catalogue import CHECKS
from dbkit.doctor.expected import Expected, expected
from dbkit.doctor.facts import Facts, Replica
from dbkit.doctor.findings import CheckReport, Examination, Examined
from dbkit.doctor.limits import Limits
from dbkit.doctor.opening import link_of, opened
from dbkit.doctor.reading import read_facts, read_replica
from dbkit.doctor.service_state import service_state
from dbkit.doctor.unseen import Unseen
from dbkit.migrate.line import Line
from dbkit.migrate.session import Target, locate
from dbkit.sqldb.replicas import replica_conninfo
from dbkit.types.errors import ConfigurationInvalid, DbkitError

__all__ = ["Options", "examine", "judged"]


@dataclass(frozen=True, slots=True)
class Options:
    """What to compare a server with, and what to leave out.

    `fleet` is a fleet's file, `line` the folder of another line of revisions than dbkit's own; checks
    named in `ignored` are not made. `clock` is this machine's time in seconds since 1970.
    """

    environment: str | None = None
    service: str | None = None
    fleet: Path | None = None
    line: Path | None = None
    ignored: Collection[str] = ()
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.time


def examine(url: str | None = None, options: Options | None = None) -> Examination:
    """Look at a server, without changing anything on it, and return what is wrong and what to do.

    The URL, `DBKIT_URL` and `DBKIT_ENV` say where, as for `dbkit.connect`. Of memory there is nothing
    to look at. One session reads catalogues and statistics, each question for 20 s and all of them for
    60 s at the most; where there is a profile, the service's own pool is opened once more, with one
    connection. What the role may not see is reported as not checked. Raises what `dbkit.connect` raises
    where the server cannot be reached, `Unavailable` where it stops answering, and
    `ConfigurationInvalid` for options that cannot be.
    """
    options = options or Options()
    _require_known(options.ignored)
    environment = options.environment or os.environ.get("DBKIT_ENV") or None
    service = options.service or os.environ.get("DBKIT_SERVICE") or None
    with locate(url, environment) as target:
        if target is None:
            return Examination.of(None)
        is_embedded = target.shown_as.startswith("embedded://")
        wanted = expected(environment, service, options.fleet, os.environ, of_one_developer=is_embedded)
        wanted = replace(wanted, limits=options.limits, now_seconds=options.clock())
        facts = _facts(target, wanted, options, _own_parameters(url, environment))
        return Examination.of(_examined(target, facts, wanted), judged(facts, wanted, ignored=options.ignored))


def judged(facts: Facts, expected: Expected, *, ignored: Collection[str] = ()) -> tuple[CheckReport, ...]:
    """Return what every check makes of the facts."""
    return tuple(check.report(facts, expected) for check in CHECKS if check.id not in ignored)


def _own_parameters(url: str | None, environment: str | None) -> OwnParameters:
    """Return what the URL says to dbkit alone."""
    found = resolve(url, environment, None, os.environ)
    return found.own if isinstance(found, PostgresTarget) else OwnParameters()


def _facts(target: Target, wanted: Expected, options: Options, own: OwnParameters) -> Facts:
    line = Line.read(options.line)
    with opened(target) as connection:
        link = link_of(connection, options.clock, says_pooler=own.pooler == "pgbouncer")
        facts = read_facts(connection, link, line)
    # Afterwards: where connections are few, this examination takes one at a time.
    replicas = tuple(_replica(target, host) for host in own.replicas)
    return replace(facts, service=service_state(target, own, wanted.profile), replicas=replicas)


def _replica(target: Target, host: str) -> Replica:
    """Return what a replica of a server is."""
    try:
        with opened(Target(replica_conninfo(target.conninfo, host), host)) as connection:
            return read_replica(connection, host)
    except DbkitError as error:
        return Replica(host, refusal=error)


def _examined(target: Target, facts: Facts, wanted: Expected) -> Examined:
    build = None if isinstance(facts.build, Unseen) else facts.build
    return Examined(
        database=target.shown_as,
        version=facts.link.version_text,
        role=facts.identity.role,
        in_recovery=facts.identity.in_recovery,
        system_identifier=build.system_identifier if build else None,
        timeline=build.timeline if build else None,
        environment=wanted.environment,
        services=wanted.services,
    )


def _require_known(ids: Collection[str]) -> None:
    known = [check.id for check in CHECKS]
    unknown = tuple(id for id in ids if id not in known)
    if unknown:
        raise ConfigurationInvalid(f"there is no check {', '.join(unknown)}", advice=f"There are: {', '.join(known)}.")
