"""What a server's URL says to dbkit, and not to libpq: the pooler before it, replicas, where the password is from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["OwnParameters", "own_parameters"]

_POOLERS = ("pgbouncer", "none")
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class OwnParameters:
    """The pooler (None: to be found out), whether it carries prepared statements, and the replicas' `host:port`.

    `password_from` is the `package.module:function` that is asked for the password.
    """

    pooler: str | None = None
    carries_prepared: bool = False
    replicas: tuple[str, ...] = ()
    password_from: str | None = None


def own_parameters(url: str, environ: Mapping[str, str]) -> tuple[str, OwnParameters]:
    """Return the URL without dbkit's own parameters, and these.

    `DBKIT_REPLICAS` stands for `replicas=`, and `DBKIT_PASSWORD_FROM` for `password_from=`. Raises
    `ConfigurationInvalid` for a pooler that there is not, and for what cannot be a list of hosts.
    """
    base, mark, query = url.partition("?")
    given: dict[str, str] = {}
    others = []
    for part in query.split("&") if mark else ():
        name, _, value = part.partition("=")
        if name in ("pooler", "prepared", "replicas", "password_from"):
            given[name] = unquote(value)
        else:
            others.append(part)
    rest = f"{base}?{'&'.join(others)}" if others else base
    return rest, OwnParameters(
        pooler=_choice("pooler", given, _POOLERS),
        carries_prepared=_choice("prepared", given, ("yes", "no")) == "yes",
        replicas=_hosts(given["replicas"], "replicas in the URL")
        if "replicas" in given
        else _hosts(environ.get("DBKIT_REPLICAS", ""), "DBKIT_REPLICAS"),
        password_from=given.get("password_from") or environ.get("DBKIT_PASSWORD_FROM") or None,
    )


def _choice(name: str, given: Mapping[str, str], choices: tuple[str, ...]) -> str | None:
    if name not in given or given[name] in choices:
        return given.get(name)
    raise ConfigurationInvalid(
        f"{name} in the URL is none of {', '.join(choices)}",
        fields=("url",),
        advice=f"Write {' or '.join(f'{name}={choice}' for choice in choices)}, or leave it out.",
    )


def _hosts(text: str, source: str) -> tuple[str, ...]:
    hosts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not all(_HOST.fullmatch(host) for host in hosts):
        # Not repeated: who writes whole URLs here may write passwords.
        raise ConfigurationInvalid(
            f"{source} is no list of hosts",
            fields=("replicas",),
            advice="Write host:port,host:port; user, password, database and options are those of the URL.",
        )
    return hosts
