"""Errors as responses: the status, and what a caller may know."""

from __future__ import annotations

import json
import logging
import re
from types import ModuleType

import httpx
import pytest
from fastapi import FastAPI

from dbkit.fastapi import Problem, add_error_handlers, problem_of, problem_responses, status_of
from dbkit.migrate.errors import RevisionFailed
from dbkit.types import errors
from dbkit.types.errors import DbkitError
from tests.docs.pages import Document
from tests.fastapi.client import client_of

CORNER = {"slug": "corner", "name": "At the corner"}
TREE = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, DbkitError)]
SECRET = "hunter2"


async def answer_to(error: DbkitError) -> httpx.Response:
    app = FastAPI()
    add_error_handlers(app, retry_after_seconds=7)

    @app.get("/")
    async def fail() -> None:
        raise error

    async with client_of(app) as client:
        return await client.get("/")


@pytest.mark.parametrize(
    ("request_of", "status", "code"),
    [
        (("GET", "/stores/nowhere", None), 404, "not_found"),
        (("POST", "/stores", CORNER), 409, "already_exists"),
        (("POST", "/stores", {"slug": "b", "name": "ends in a space "}), 422, "check_failed"),
        (("POST", "/stores", {"slug": "a\x00b", "name": "NUL"}), 422, "value_invalid"),
        (("GET", "/stores?after=AAAA", None), 422, "cursor_invalid"),
    ],
)
async def test_what_a_backend_refuses(
    served: ModuleType, request_of: tuple[str, str, object], status: int, code: str
) -> None:
    method, path, body = request_of
    async with client_of(served.app) as client:
        await client.post("/stores", json=CORNER)
        answer = await client.request(method, path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["entity"] == "stores"
    assert "corner" not in answer.text


async def test_a_value_that_does_not_fit_names_its_fields(served: ModuleType) -> None:
    async with client_of(served.app) as client:
        answer = await client.post("/stores", json={"slug": "b", "name": "ends in a space "})
    assert (answer.json()["constraint"], answer.json()["fields"]) == ("ck_stores_name", ["name"])


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_every_error_has_a_status(kind: type[DbkitError]) -> None:
    status = status_of(kind)
    assert status in (404, 409, 422, 500, 503, 504)
    if issubclass(kind, errors.EntityError) and kind is not errors.EntityError:
        assert status < 500
    if issubclass(kind, errors.ResourceError | errors.SetupError):
        assert status >= 500


def test_an_error_of_another_package_goes_by_the_one_that_it_refines() -> None:
    class LeaseLost(errors.StaleVersion):
        pass

    assert status_of(LeaseLost) == 409
    assert status_of(RevisionFailed) == 500


@pytest.mark.parametrize("kind", [errors.Unavailable, errors.ConfigurationInvalid, errors.PermissionDenied])
async def test_what_a_server_said_stays_inside(kind: type[DbkitError]) -> None:
    answer = await answer_to(kind(f"{SECRET} at db.internal:5432", constraint=SECRET, fields=(SECRET,), entity=SECRET))
    assert answer.status_code >= 500
    assert SECRET not in answer.text
    assert "internal:" not in answer.text
    assert answer.json()["detail"] == kind.what


async def test_a_key_stays_inside() -> None:
    answer = await answer_to(errors.NotFound(entity="stores", key={"slug": SECRET}))
    assert answer.status_code == 404
    assert SECRET not in answer.text


@pytest.mark.parametrize("kind", [errors.Unavailable, errors.PoolExhausted, errors.LockNotAvailable])
async def test_what_may_pass_by_itself_says_when_to_come_back(kind: type[DbkitError]) -> None:
    answer = await answer_to(kind())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert answer.json()["retryable"] is True


async def test_other_errors_do_not_say_when_to_come_back() -> None:
    assert "retry-after" not in (await answer_to(errors.NotFound())).headers


async def test_what_is_the_service_s_fault_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="dbkit.fastapi"):
        await answer_to(errors.NotFound())
        await answer_to(errors.SchemaMismatch("the column is missing"))
    assert [(each.levelname, each.getMessage()) for each in caplog.records] == [
        ("ERROR", f"GET /: the column is missing. {errors.SchemaMismatch.advice}")
    ]


def test_a_stale_version_tells_both() -> None:
    problem = problem_of(errors.StaleVersion(expected=1, actual=2, entity="widgets", key={}))
    assert (problem.status, problem.detail, problem.fields) == (409, "the row is at version 2, not 1", ("version",))


def test_the_openapi_document_names_what_may_happen() -> None:
    app = FastAPI()

    @app.get("/", responses=problem_responses(errors.NotFound, errors.StaleVersion, errors.AlreadyExists))
    async def get() -> None:
        pass

    responses = app.openapi()["paths"]["/"]["get"]["responses"]
    assert responses["404"]["description"] == "No such row"
    assert "changed since it was read; or another row" in responses["409"]["description"]
    assert responses["404"]["content"]["application/problem+json"]["schema"]["title"] == Problem.__name__
    assert json.dumps(responses)


def test_the_page_lists_the_statuses() -> None:
    rows = re.findall(r"^\| (\d+) \| (.*) \|$", Document("docs/fastapi.md").text, re.MULTILINE)
    listed = {name: int(status) for status, names in rows for name in re.findall(r"`(\w+)`", names)}
    branches = {each for each in TREE if each.__bases__ == (DbkitError,)}
    leaves = [kind for kind in TREE if kind not in branches]
    assert {name: status for name, status in listed.items() if name in errors.__all__} == {
        kind.__name__: status_of(kind) for kind in leaves if status_of(kind) != 500
    }
