"""Which server and database a connection string names, without secrets."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.conninfo import conninfo_to_dict

__all__ = ["Location", "location_of"]

_DEFAULT_PORT = 5432


@dataclass(frozen=True, slots=True)
class Location:
    """Where a backend connects to; `host` and `port` are None where libpq decides, or where there are several."""

    host: str | None = None
    port: int | None = None
    database: str | None = None
    application_name: str | None = None


def location_of(conninfo: str) -> Location:
    """Return what a connection string that libpq can read says."""
    given = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    host, port = given.get("host") or given.get("hostaddr"), given.get("port") or str(_DEFAULT_PORT)
    is_one = host is not None and "," not in host
    return Location(
        host=host if is_one else None,
        port=int(port) if is_one and port.isdecimal() else None,
        database=given.get("dbname"),
        application_name=given.get("application_name"),
    )
