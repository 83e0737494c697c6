"""Passwords that are asked for anew for each connection: for those that change, and for tokens that expire."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, TypeAlias, cast

from psycopg.conninfo import make_conninfo

from dbkit.types.errors import AuthenticationFailed, ConfigurationInvalid, DbkitError, ServerReport

__all__ = ["PasswordSource", "async_with_password", "password_source", "with_password"]

PasswordSource: TypeAlias = Callable[[], str | Awaitable[str]]
"""Returns the password of now; it may be async."""

_ADVICE = "Write password_from=package.module:function, of a function that takes nothing and returns the password."


def password_source(name: str) -> PasswordSource:
    """Return the function that `package.module:function` names; raises `ConfigurationInvalid` where there is none."""
    module_name, colon, function_name = name.partition(":")
    if not (colon and module_name and function_name.isidentifier()):
        raise _invalid(f"{name!r} does not name a function")
    try:
        found = getattr(import_module(module_name), function_name, None)
    except ImportError as error:
        raise _invalid(f"the module of {name} cannot be imported ({error})") from error
    if not callable(found):
        raise _invalid(f"there is no function {name}")
    return cast("PasswordSource", found)


async def async_with_password(conninfo: str, source: PasswordSource | None) -> str:
    """Return a connection string with the password of now; the same one where nothing is to be asked.

    A plain function runs in a thread, so that asking a server of secrets does not hold up the loop.
    Raises `AuthenticationFailed` where the function fails, `ConfigurationInvalid` where it returns no text.
    """
    if source is None:
        return conninfo
    try:
        found = await source() if inspect.iscoroutinefunction(source) else await asyncio.to_thread(source)
    except Exception as error:  # noqa: BLE001 - whatever a function of the service raises
        failure = _failed(error)
    else:
        return _complete(conninfo, found)
    raise failure


def with_password(conninfo: str, source: PasswordSource | None) -> str:
    """Return a connection string with the password of now; the same one where nothing is to be asked.

    An async function runs in a loop of its own. Raises `AuthenticationFailed` where the function fails,
    `ConfigurationInvalid` where it returns no text.
    """
    if source is None:
        return conninfo
    try:
        found = _run(source) if inspect.iscoroutinefunction(source) else source()
    except Exception as error:  # noqa: BLE001 - whatever a function of the service raises
        failure = _failed(error)
    else:
        return _complete(conninfo, found)
    raise failure


def _run(source: Callable[[], Coroutine[Any, Any, object]]) -> object:
    """Run an async function on a thread, as a loop may run on this one."""
    with ThreadPoolExecutor(1, "dbkit-password") as thread:
        return thread.submit(lambda: asyncio.run(source())).result()


def _complete(conninfo: str, password: object) -> str:
    if not isinstance(password, str) or not password:
        raise _invalid(f"the password's function returned {'no text' if password else 'nothing'}")
    return make_conninfo(conninfo, password=password)


def _failed(error: Exception) -> DbkitError:
    """Return the error for a function's: its class alone is kept, as its message may hold a secret."""
    if isinstance(error, DbkitError):
        return error
    kind = type(error).__name__
    failed = AuthenticationFailed(
        f"the password's function failed ({kind})",
        advice="Look at what it asks; it is asked again for each connection.",
    )
    failed.__cause__ = ServerReport(None, kind=kind)
    return failed


def _invalid(what: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(what, fields=("password_from",), advice=_ADVICE)
