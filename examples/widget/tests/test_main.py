"""`python -m widget_service` brings an empty database up to date, and serves on it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import uvicorn

from widget_service.__main__ import main
from widget_service.api import app


@pytest.mark.dbkit(schema="empty")
async def test_it_migrates_and_serves(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    served: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda name, **options: served.update(name=name, **options))
    monkeypatch.setenv("DBKIT_URL", postgres_url)
    monkeypatch.setenv("PORT", "8001")
    main()
    assert served == {"name": "widget_service.api:app", "host": "127.0.0.1", "port": 8001}
    assert "create_outbox_events" in capsys.readouterr().out
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://service") as client,
    ):
        assert (await client.get("/stores")).json() == {"items": [], "next": None}
