"""Errors as responses: problem details (RFC 9457) with the error's code, and nothing of a row, a key or a server."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from dbkit.types import errors
from dbkit.types.errors import DbkitError, EntityError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Problem", "add_error_handlers", "problem_of", "problem_responses", "status_of"]

_MEDIA_TYPE = "application/problem+json"
_STATUSES: Final[Mapping[type[DbkitError], HTTPStatus]] = {
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.AlreadyExists: HTTPStatus.CONFLICT,
    errors.ExclusionViolated: HTTPStatus.CONFLICT,
    errors.IllegalTransition: HTTPStatus.CONFLICT,
    errors.LeaseLost: HTTPStatus.CONFLICT,
    errors.StaleVersion: HTTPStatus.CONFLICT,
    errors.StillReferenced: HTTPStatus.CONFLICT,
    errors.TransactionConflict: HTTPStatus.CONFLICT,
    errors.CheckFailed: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.CursorInvalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ReferenceMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ValueInvalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.ValueMissing: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.DatabaseClosed: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.KeyServiceUnavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.LeaseNotAvailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.LockNotAvailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.PoolExhausted: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.Timeout: HTTPStatus.GATEWAY_TIMEOUT,
    DbkitError: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_logger = logging.getLogger("dbkit.fastapi")


class Problem(BaseModel):
    """What a response says of an error. `code` does not change; `fields` are the fields at fault."""

    title: str
    status: int
    detail: str
    code: str
    retryable: bool
    entity: str | None = None
    constraint: str | None = None
    fields: tuple[str, ...] = ()


def status_of(error: type[DbkitError]) -> HTTPStatus:
    """Return the status of a response to an error of this class, or of the nearest class above that has one."""
    return next(_STATUSES[each] for each in error.__mro__ if each in _STATUSES)


def problem_of(error: DbkitError) -> Problem:
    """Return what a caller may know of an error.

    Of a row's error: what happened, with entity, constraint and fields. Of all others what such errors
    are about in general, for their own words may name hosts, databases and roles.
    """
    status = status_of(type(error))
    of_row = isinstance(error, EntityError)
    return Problem(
        title=status.phrase,
        status=status,
        detail=error.happened if of_row else type(error).what,
        code=error.code,
        retryable=error.retryable,
        entity=error.entity if of_row else None,
        constraint=error.constraint if of_row else None,
        fields=error.fields if of_row else (),
    )


def add_error_handlers(app: FastAPI, *, retry_after_seconds: int = 1) -> None:
    """Have an application answer dbkit's errors with problem details, those of 503 with `Retry-After`.

    Errors that are the service's own fault or its server's (5xx) are logged as `dbkit.fastapi`, with all
    that they say.
    """

    async def answer(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DbkitError)
        problem = problem_of(error)
        if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _logger.error("%s %s: %s", request.method, request.url.path, error, exc_info=error)
        wait = problem.status == HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(
            problem.model_dump(mode="json"),
            problem.status,
            headers={"Retry-After": str(retry_after_seconds)} if wait else None,
            media_type=_MEDIA_TYPE,
        )

    app.add_exception_handler(DbkitError, answer)


def problem_responses(*possible: type[DbkitError]) -> dict[int | str, dict[str, Any]]:
    """Return these errors for an endpoint's `responses=`, so that the OpenAPI document names them."""
    schema = Problem.model_json_schema()
    found: dict[int | str, dict[str, Any]] = {}
    for error in possible:
        status = int(status_of(error))
        others = found.get(status, {}).get("description")
        description = f"{others}; or {error.what}" if others else error.what.capitalize()
        found[status] = {"description": description, "content": {_MEDIA_TYPE: {"schema": schema}}}
    return found
