"""URLs: that of a preview for its services, and those for whoever makes it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.migrate.session import Target

__all__ = ["acting_url", "of_database", "preview_url"]

# What a service needs to know of the server; whatever else there is belongs to whoever makes previews.
_KEPT = ("sslmode", "sslrootcert", "channel_binding")


def preview_url(
    target: Target, host: str, port: int, name: str, *, password: str | None = None, password_from: str | None = None
) -> str:
    """Return the URL under which a service finds the preview, on the host that a connection to the target led to.

    It has the password, or else the name of the function that is asked for it, or neither.
    """
    given = conninfo_to_dict(target.conninfo)
    parameters = {key: str(given[key]) for key in _KEPT if given.get(key)}
    if host.startswith("/"):
        parameters |= {"host": host, "port": str(port)}
        place = ""
    else:
        place = f"[{quote(host, safe=':')}]:{port}" if ":" in host else f"{quote(host, safe='')}:{port}"
    if password_from is not None:
        parameters["password_from"] = password_from
    secret = "" if password is None or password_from is not None else f":{quote(password, safe='')}"
    query = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
    return f"postgresql://{name}{secret}@{place}/{name}{query}"


def acting_url(target: Target, name: str) -> str:
    """Return the URL with which whoever makes a preview connects to it and acts as its role, so that it owns all."""
    given = {key: str(value) for key, value in conninfo_to_dict(target.conninfo).items() if value is not None}
    # Names of previews have nothing in them that would have to be escaped.
    given["options"] = f"{given.get('options', '')} -crole={name}".strip()
    given.pop("dbname", None)
    return f"postgresql:///{name}?{urlencode(given, quote_via=quote)}"


def of_database(target: Target, name: str) -> Target:
    """Return another database of the same server, looked at through its catalog, whatever schemas it has."""
    options = f"{conninfo_to_dict(target.conninfo).get('options') or ''} -csearch_path=pg_catalog".strip()
    return Target(make_conninfo(target.conninfo, dbname=name, options=options), f"{target.shown_as} ({name})")
