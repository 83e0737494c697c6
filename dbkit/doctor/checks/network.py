"""The way to the server: TLS, its certificate, who may come in how, poolers, clocks."""

from __future__ import annotations

import math
from collections.abc import Iterator

from dbkit.doctor.check import Check
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Facts, HostRule
from dbkit.doctor.findings import Area, Finding, danger, note, warning
from dbkit.doctor.unseen import NotChecked, seen
from dbkit.doctor.words import duration
from dbkit.sqldb.config import Pooler
from dbkit.sqldb.pooler import pooler_found

__all__ = ["CHECKS"]

_OLD_TLS = ("TLSv1", "TLSv1.1", "SSLv3")
_WEEK_SECONDS = 7 * 86_400
_LOOPBACK = ("127.", "::1", "localhost", "samehost")
_OF_THE_NETWORK = ("host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc")
_IDLE, _INTERVAL, _COUNT = 60, 10, 3
_KEEPALIVES = (
    f"ALTER SYSTEM SET tcp_keepalives_idle = {_IDLE};",
    f"ALTER SYSTEM SET tcp_keepalives_interval = {_INTERVAL};",
    f"ALTER SYSTEM SET tcp_keepalives_count = {_COUNT};",
    "SELECT pg_reload_conf();",
)


def _tls(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    link = facts.link
    if link.tls_version in _OLD_TLS:
        yield danger(
            f"the connection is secured by {link.tls_version}, which is broken",
            "Let the server refuse it",
            "ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.2';",
            "SELECT pg_reload_conf();",
        )
    if link.is_local:
        return
    if link.tls_version is None:
        yield danger(
            f"the connection to {link.host} is not encrypted: whoever is in between reads all of it",
            "Give the server a certificate (ssl = on), and demand TLS in the URL: ?sslmode=verify-full",
        )
    elif link.sslmode not in ("require", "verify-ca", "verify-full"):
        yield warning(
            f"sslmode is {link.sslmode}: whoever is in between can have TLS left out",
            "Demand TLS, and the right server, in the URL: ?sslmode=verify-full&sslrootcert=FILE",
        )
    elif link.sslmode != "verify-full":
        yield note(
            f"sslmode is {link.sslmode}: another server that has a certificate could take this one's place",
            "Have name and certificate checked, in the URL: ?sslmode=verify-full&sslrootcert=FILE",
        )


def _certificate(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if facts.link.certificate_seconds_left is None:
        # Whether there should be one is the question of another check.
        return
    left = seen(facts.link.certificate_seconds_left)
    if left < expected.limits.certificate_seconds:
        tell = warning if left > _WEEK_SECONDS else danger
        when = f"ends in {duration(left)}" if left > 0 else f"ended {duration(-left)} ago"
        yield tell(
            f"the server's certificate {when}",
            "Put a new one into the place of ssl_cert_file and ssl_key_file, and have the server read it",
            "SELECT pg_reload_conf();",
        )


def _host_rules(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    for rule in seen(facts.host_rules):
        where = f"line {rule.line} of {rule.file}"
        if rule.is_broken:
            yield danger(
                f"{where} cannot be read: the server keeps the rules that it had, and will not start with these",
                "Correct it, and see with pg_hba_file_rules that it has no error",
                "SELECT line_number, error FROM pg_hba_file_rules WHERE error IS NOT NULL;",
            )
        elif _is_of_the_network(rule):
            yield from _of_the_network(rule, where)


def _is_of_the_network(rule: HostRule) -> bool:
    return rule.type in _OF_THE_NETWORK and not (rule.address or "").startswith(_LOOPBACK)


def _of_the_network(rule: HostRule, where: str) -> Iterator[Finding]:
    better = f"hostssl ... {rule.address} scram-sha-256"
    if rule.method == "trust":
        yield danger(f"{where} lets {rule.address} in without a password", "Ask for one, over TLS", better)
    elif rule.method == "password" and rule.type != "hostssl":
        yield danger(f"{where} has {rule.address} send passwords as they are", "Write scram-sha-256, over TLS", better)
    elif rule.method in ("md5", "password"):
        yield warning(
            f"{where} asks {rule.address} for passwords by {rule.method}",
            "Write scram-sha-256, when all roles have passwords of that kind",
            better,
        )


def _pooler(facts: Facts, _expected: Expected) -> Iterator[Finding]:
    is_there = pooler_found(facts.link.told_pid, facts.identity.pid) is Pooler.PGBOUNCER
    if is_there and not facts.link.says_pooler:
        yield warning(
            "a pooler is in between, and the URL does not say so: each pool has to find it out, and settings in the URL"
            " are refused",
            "Say so in the URL, ?pooler=pgbouncer, and give the server's own host and port to migrations",
        )
    elif facts.link.says_pooler and not is_there:
        yield warning(
            "the URL says that a pooler is in between, and there is none: statements go unprepared without need",
            "Take pooler=pgbouncer out of the URL, or give the pooler's host and port",
        )


def _clock(facts: Facts, expected: Expected) -> Iterator[Finding]:
    offset, error = facts.link.clock_offset_seconds, facts.link.clock_error_seconds
    if abs(offset) - error > expected.limits.clock_seconds:
        yield warning(
            f"the server's clock is {abs(offset):.1f} s {'ahead of' if offset > 0 else 'behind'} this machine's (give"
            f" or take {error:.3f} s): leases, tokens and the order of new identifiers go wrong",
            "Let both follow the same time servers, and see who is wrong",
            "chronyc tracking",
        )
    elif error > expected.limits.clock_seconds:
        raise NotChecked(f"the server answers too slowly to compare clocks (within {error:.1f} s)")


def _dead_clients(facts: Facts, expected: Expected) -> Iterator[Finding]:
    per_session = expected.profile is not None and expected.profile.figures.client_check_seconds > 0
    if not facts.settings.number("client_connection_check_interval") and not per_session:
        yield note(
            "client_connection_check_interval is 0: a statement whose client has gone runs on to its end",
            "Have the server look; a profile of dbkit sets it for its own sessions",
            "ALTER SYSTEM SET client_connection_check_interval = '10s';",
            "SELECT pg_reload_conf();",
        )
    lasting = _dead_client_seconds(facts)
    if lasting > expected.limits.dead_client_seconds:
        shown = duration(lasting) if math.isfinite(lasting) else "for ever"
        yield warning(
            f"the session of a client that vanished lasts {shown}, with its connection and its locks",
            f"Have the server ask for clients that are silent: within {_IDLE + _INTERVAL * _COUNT} s it knows",
            *_KEEPALIVES,
        )


def _dead_client_seconds(facts: Facts) -> float:
    """Return after how long of silence the server knows that a client is dead."""
    names = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count")
    if facts.link.is_socket:
        # Over a socket of the machine they are shown as 0; what they are set to for others is in the other column.
        values = [facts.settings.reset_number(name) for name in names]
        if not all(values):
            raise NotChecked("how the machine keeps TCP connections alive is shown to a connection over TCP only")
    else:
        values = [facts.settings.number(name) for name in names]
    idle, interval, count = values
    return idle + interval * count if idle else math.inf


CHECKS = (
    Check("tls", Area.NETWORK, "connections from elsewhere are encrypted, and lead to the right server", _tls),
    Check("certificate", Area.NETWORK, "the server's certificate is valid for another month", _certificate),
    Check(
        "host_rules",
        Area.NETWORK,
        "pg_hba.conf can be read, and asks the network for passwords by scram-sha-256",
        _host_rules,
        for_shared=True,
    ),
    Check("pooler", Area.NETWORK, "a pooler in between is named in the URL", _pooler),
    Check("clock", Area.NETWORK, "the server's clock and this machine's agree", _clock),
    Check(
        "dead_clients",
        Area.NETWORK,
        "keep-alives end the sessions of clients that vanished",
        _dead_clients,
        for_shared=True,
    ),
)
