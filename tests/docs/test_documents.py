"""The code in the documents runs, on memory and on PostgreSQL, and prints what they say."""

from __future__ import annotations

import gc
from itertools import islice

import pytest

import dbkit
from dbkit.cli.story.cast import Cast
from dbkit.cli.story.steps import CHAPTERS
from dbkit.migrate.schema import create_schema
from tests.docs.pages import Document, with_code

TOUR_LINES_MAX = 40

README = Document("README.md")
GUIDES = [document for document in with_code() if document != README]
BACKENDS = ["memory", "postgresql"]


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "memory":
        return "memory://"
    url: str = request.getfixturevalue("postgres_url")
    return url


def test_the_tour_is_short() -> None:
    assert 0 < len([line for line in README.code.splitlines() if line]) <= TOUR_LINES_MAX


def test_the_tour(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("DBKIT_URL", url)
    create_schema()
    README.run()
    assert capsys.readouterr().out.splitlines() == [*README.shown[:2], "connected", *README.shown[2:]]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_guide(guide: Document, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Guides start with a database `db` that holds a tenant, and with the ids of what they use."""
    monkeypatch.delenv("DBKIT_URL", raising=False)
    monkeypatch.delenv("DBKIT_ENV", raising=False)
    cast = Cast()
    ids = {"integration_id": cast.integration.id, "connection_id": cast.connections[0].id}
    create_schema(url)
    with dbkit.connect(url) as db:
        for chapter in islice(CHAPTERS.values(), 2):
            list(chapter(db, cast))
        guide.run(db=db, url=url, project_id=cast.project.id, **ids)
    # What a guide has made is gone before the next one shows its own under the same name.
    gc.collect()
    printed = iter(capsys.readouterr().out.splitlines())
    assert [line for line in guide.shown if line not in printed] == []
