"""Pages through an application: followed to their end, and asked for wrongly."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.fastapi.client import client_of


async def test_pages_follow_one_another(served: ModuleType) -> None:
    async with client_of(served.app) as client:
        for slug in "abcde":
            await client.post("/stores", json={"slug": slug, "name": slug})
        found: list[list[str]] = []
        after: str | None = None
        while True:
            answer = await client.get("/stores", params={"limit": 2} | ({"after": after} if after else {}))
            found.append([store["slug"] for store in answer.json()["items"]])
            after = answer.json()["next"]
            if after is None:
                break
    assert found == [["a", "b"], ["c", "d"], ["e"]]


@pytest.mark.parametrize("limit", ["0", "1001", "many"])
async def test_a_limit_that_no_page_has_is_refused(served: ModuleType, limit: str) -> None:
    async with client_of(served.app) as client:
        answer = await client.get("/stores", params={"limit": limit})
    assert answer.status_code == 422


def test_the_openapi_document_says_how_to_page(served: ModuleType) -> None:
    parameters = served.app.openapi()["paths"]["/stores"]["get"]["parameters"]
    assert {each["name"]: each["schema"].get("maximum") for each in parameters} == {"limit": 1000, "after": None}
