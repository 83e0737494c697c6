"""A pool's profile as PostgreSQL and its driver take it, together with what the URL says itself."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dbkit.pool.figures import PoolFigures
from dbkit.pool.profile import PoolProfile
from dbkit.pool.stated import Layer, Scalar, Stated
from dbkit.sqldb.config import PoolConfig
from dbkit.sqldb.options import session_options
from dbkit.sqldb.wire import Way
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["pool_config", "session_settings"]

_SOURCE = "the URL"
_MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(us|ms|s|min|h|d)?\s*")

# Figures that a URL may state, by the option of libpq, and by the server's setting (`options=-c ...`).
_PARAMETERS = {
    "connect_timeout": "connect_timeout_seconds",
    "tcp_user_timeout": "tcp_user_timeout_seconds",
    "keepalives_idle": "keepalives_idle_seconds",
    "keepalives_interval": "keepalives_interval_seconds",
    "keepalives_count": "keepalives_count",
    "target_session_attrs": "target_session_attrs",
}
_SETTINGS = {
    "lock_timeout": "lock_timeout_seconds",
    "statement_timeout": "statement_timeout_seconds",
    "idle_in_transaction_session_timeout": "idle_in_transaction_seconds",
    "client_connection_check_interval": "client_check_seconds",
    "default_transaction_read_only": "read_only",
}


def pool_config(
    profile: PoolProfile | None, conninfo: str, spread: Callable[[], float] = random.random
) -> PoolConfig | None:
    """Return how a pool connects by a profile; None, which stands for the backend's own way, without one.

    What the connection string states itself wins, where it fits the rest of the profile. `spread`
    returns how much of the spread of lifetimes this process takes, from 0 to 1. Raises
    `ConfigurationInvalid` where the string fights the profile.
    """
    if profile is None:
        return None
    given = _given(conninfo)
    if given is None:
        # What cannot be read is refused where it is used.
        return PoolConfig()
    _require_no_fight(given, profile)
    whole = profile.overlaid(_layer(given))
    figures = whole.figures
    return PoolConfig(
        size_min=figures.size_min,
        size_max=figures.size_max,
        waiting_max=figures.waiting_max,
        timeout_seconds=figures.timeout_seconds,
        connect_timeout_seconds=figures.connect_timeout_seconds,
        idle_seconds=figures.idle_seconds,
        lifetime_seconds=figures.lifetime_seconds * (1 - spread() * figures.lifetime_spread_percent / 100),
        deadline_seconds=figures.deadline_seconds,
        way=Way.PREPARED if figures.prepared_statements else Way.UNNAMED,
        parameters=_parameters(figures),
        settings=session_settings(figures),
    )


def session_settings(figures: PoolFigures) -> dict[str, str]:
    """Return what sessions are set to, as `SHOW` tells it in milliseconds."""
    limits = {name: getattr(figures, figure) for name, figure in _SETTINGS.items() if figure != "read_only"}
    return {
        **{name: f"{round(seconds * 1000)}ms" for name, seconds in limits.items()},
        # Never switched off: so a server is fenced off that is the primary no more.
        **({"default_transaction_read_only": "on"} if figures.read_only else {}),
        # The pool decides how long a connection may be idle, else it lends closed ones.
        "idle_session_timeout": "0",
    }


def _parameters(figures: PoolFigures) -> dict[str, str]:
    return {
        "tcp_user_timeout": str(round(figures.tcp_user_timeout_seconds * 1000)),
        "keepalives": "1",
        "keepalives_idle": str(figures.keepalives_idle_seconds),
        "keepalives_interval": str(figures.keepalives_interval_seconds),
        "keepalives_count": str(figures.keepalives_count),
        "target_session_attrs": figures.target_session_attrs,
    }


def _given(conninfo: str) -> dict[str, str] | None:
    with suppress(psycopg.Error):
        return {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    return None


def _options(given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Return the settings that a connection string gives the server."""
    return session_options(given.get("options", ""))


def _layer(given: Mapping[str, str]) -> Layer:
    """Return what a connection string says of a profile."""
    layer: dict[str, Stated] = {}
    for name, figure in _PARAMETERS.items():
        if name in given:
            layer[figure] = Stated(_parameter(name, given[name]), _SOURCE, f"it says {name}={given[name]}")
    for name, value in _options(given):
        if name in _SETTINGS:
            layer[_SETTINGS[name]] = Stated(_setting(name, value), _SOURCE, f"it says options=-c {name}={value}")
    return layer


def _parameter(name: str, text: str) -> Scalar:
    if name == "target_session_attrs":
        return text
    if not text.isdecimal():
        raise _unreadable(name, "a whole number")
    # As libpq has it: milliseconds here, seconds elsewhere.
    return int(text) / 1000 if name == "tcp_user_timeout" else int(text)


def _setting(name: str, text: str) -> Scalar:
    if name == "default_transaction_read_only":
        if text.lower() not in ("on", "true", "yes", "1", "off", "false", "no", "0"):
            raise _unreadable(name, "on or off")
        return text.lower() in ("on", "true", "yes", "1")
    found = _DURATION.fullmatch(text)
    if found is None:
        raise _unreadable(name, "a time such as 5s or 500ms")
    number, unit = found.groups()
    return float(number) * _MILLISECONDS[unit or "ms"] / 1000


def _unreadable(name: str, wanted: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(
        f"{name} in the URL is not {wanted}", fields=("url",), advice=f"Write {wanted}, or leave {name} to the profile."
    )


def _require_no_fight(given: Mapping[str, str], profile: PoolProfile) -> None:
    """Raise `ConfigurationInvalid` for what takes away what the profile is there for."""
    for name, value in (*given.items(), *_options(given)):
        if _fights(name, value, profile):
            raise ConfigurationInvalid(
                f"{name}={value} in the URL fights the profile of {profile.name}",
                fields=("url",),
                advice=f"Take {name} out of the URL.",
            )


def _fights(name: str, value: str, profile: PoolProfile) -> bool:
    if name == "keepalives":
        # Without them, a dead network is noticed by nobody.
        return value == "0"
    if name == "idle_session_timeout":
        # The pool would lend connections that the server has closed.
        return _setting(name, value) != 0
    if name == "default_transaction_read_only":
        return profile.figures.read_only and not _setting(name, value)
    return False
