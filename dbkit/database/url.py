"""URLs and environments: which backend a call to `connect` means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote, urlsplit

from dbkit.database.parameters import OwnParameters, own_parameters
from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from dbkit.pool.profile import PoolProfile

__all__ = [
    "ENVIRONMENTS",
    "EmbeddedTarget",
    "MemoryTarget",
    "PostgresTarget",
    "Target",
    "pool_profile",
    "resolve",
    "service_name",
]

ENVIRONMENTS = ("local", "test", "preview", "dev", "staging", "prod")

_BY_ENVIRONMENT = {"local": "embedded://", "test": "memory://"}
_SCHEMES = "postgresql://user@host/database, embedded:///folder, embedded://, or memory://"


@dataclass(frozen=True, slots=True)
class MemoryTarget:
    """The in-memory twin, new and empty. From `seed` follows what is left to chance in it; None leaves it to chance."""

    seed: int | None = None

    @property
    def shown_as(self) -> str:
        """The URL."""
        return "memory://" if self.seed is None else f"memory://?seed={self.seed}"


@dataclass(frozen=True, slots=True)
class EmbeddedTarget:
    """A PostgreSQL that dbkit starts in a folder; without one, in the default folder of this user."""

    folder: Path | None
    shown_as: str
    application_name: str = "dbkit"


@dataclass(frozen=True, slots=True)
class PostgresTarget:
    """A PostgreSQL server, by a URL that libpq understands (several hosts too), and what it says to dbkit."""

    url: str = field(repr=False)
    application_name: str
    shown_as: str
    own: OwnParameters = field(default_factory=OwnParameters)


Target: TypeAlias = MemoryTarget | EmbeddedTarget | PostgresTarget


def resolve(url: str | None, env: str | None, service: str | None, environ: Mapping[str, str]) -> Target:
    """Return what to connect to, or raise `ConfigurationInvalid`.

    A URL wins over `DBKIT_URL`, that over the environment: `test` means memory, `local` an embedded
    server, all others need a URL. With nothing at all this refuses, so that no service writes into
    a throwaway database by accident.
    """
    for name, given in (("url", url), ("env", env), ("service", service)):
        if given is not None and not isinstance(given, str):
            raise ConfigurationInvalid(f"{name} must be text, not a {type(given).__name__}", advice=f"Use {_SCHEMES}.")
    env, service = _named(env, service, environ)
    if env is not None and env not in ENVIRONMENTS:
        raise ConfigurationInvalid(
            f"there is no environment {env!r}", advice=f"Set DBKIT_ENV (or env=) to one of: {', '.join(ENVIRONMENTS)}."
        )
    url = url if url is not None else environ.get("DBKIT_URL") or _BY_ENVIRONMENT.get(env or "")
    if not url:
        raise _no_url(env)
    return _target(url, "/".join(part for part in ("dbkit", env, _joined(service)) if part), environ)


def pool_profile(env: str | None, service: str | None, environ: Mapping[str, str]) -> PoolProfile | None:
    """Return the profile of the pool, or None where environment or service is not said, and in `test`.

    `DBKIT_ENV` and `DBKIT_SERVICE` stand for what is not given. Raises `ConfigurationInvalid` for a
    service that there is not, and for figures that do not fit one another.
    """
    env, service = _named(env, service, environ)
    if env is None or service is None:
        return None
    from dbkit.pool.profiles import profile_for

    return profile_for(env, service, environ)


def service_name(service: str | None, environ: Mapping[str, str]) -> str | None:
    """Return the service that a process is, as given or as `DBKIT_SERVICE` says it; several as one name, or None."""
    return _joined(_named(None, service, environ)[1])


def _named(env: str | None, service: str | None, environ: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return environment and service as given, else as the variables say."""
    return (
        env if env is not None else environ.get("DBKIT_ENV") or None,
        service if service is not None else environ.get("DBKIT_SERVICE") or None,
    )


def _joined(service: str | None) -> str | None:
    """Return the services of a process as one name."""
    return None if service is None else "+".join(part.strip() for part in service.split(",") if part.strip())


def _no_url(env: str | None) -> ConfigurationInvalid:
    if env is None:
        return ConfigurationInvalid(
            "no URL was given, and neither DBKIT_URL nor DBKIT_ENV is set",
            advice=f"Set DBKIT_URL to {_SCHEMES}; or set DBKIT_ENV=local (embedded server) or DBKIT_ENV=test (memory).",
        )
    return ConfigurationInvalid(
        f"the environment {env!r} needs a URL", advice="Set DBKIT_URL to postgresql://user@host/database, or pass url=."
    )


def _target(url: str, application_name: str, environ: Mapping[str, str]) -> Target:
    scheme, separator, rest = url.partition("://")
    if separator and scheme in ("postgresql", "postgres"):
        url, own = own_parameters(url, environ)
        return PostgresTarget(url, application_name, shown_as=_without_secrets(url), own=own)
    if separator and scheme == "embedded":
        return _embedded(rest, application_name)
    if separator and scheme == "memory":
        return _memory(rest)
    # The URL itself is not repeated: what cannot be read may still hold a password.
    raise ConfigurationInvalid("the URL has an unknown scheme", advice=f"Use {_SCHEMES}.")


def _memory(rest: str) -> MemoryTarget:
    name, _, query = rest.partition("?")
    if name.strip("/"):
        raise ConfigurationInvalid("memory:// takes no name", advice="Each connect to memory:// is a new database.")
    if not query:
        return MemoryTarget()
    parameter, _, seed = query.partition("=")
    if parameter != "seed" or not seed.isdecimal():
        raise ConfigurationInvalid("memory:// takes nothing but a seed", advice="Write memory:// or memory://?seed=7.")
    return MemoryTarget(int(seed))


def _embedded(rest: str, application_name: str) -> EmbeddedTarget:
    if rest and not rest.startswith("/"):
        raise ConfigurationInvalid(
            "embedded:// needs an absolute folder, or none", advice="Write embedded:///absolute/folder, three slashes."
        )
    folder = Path(unquote(rest)) if rest.strip("/") else None
    return EmbeddedTarget(folder, f"embedded://{rest if folder else ''}", application_name)


def _without_secrets(url: str) -> str:
    """Return host, port and database of a URL: no user, no password, no options."""
    try:
        split = urlsplit(url)
    except ValueError:
        split = None
    if split is None:
        raise ConfigurationInvalid("the host in the URL is malformed", advice=f"Use {_SCHEMES}.")
    return f"postgresql://{split.netloc.rpartition('@')[2]}{split.path}"
