from __future__ import annotations

import hashlib
import json
from pathlib import Path
from uuid import UUID

import pytest

import dbkit as library
from dbkit.migrate.line import Line
from dbkit.seeds import small_world
from dbkit.testing import Setup
from dbkit.types import EVERY_TENANT, ConnectionFilter, NewProvider, ProjectId, ProviderSlug
from tests.cli.run import Command


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


def test_seeds_are_stored_once(dbkit: Command, postgres_url: str) -> None:
    first = dbkit(f"db seed --json {postgres_url}")
    assert first.code == 0
    assert json.loads(first.out)["stored"] == {
        name: len(list(small_world().rows(name))) for name in small_world().tables
    }
    second = dbkit(f"db seed {postgres_url}")
    assert second.code == 0
    assert second.out.startswith("stored 0 rows")


def test_a_generated_world_is_stored(dbkit: Command, postgres_url: str) -> None:
    run = dbkit(f"db seed --organizations 1 --seed 5 --json {postgres_url}")
    assert run.code == 0
    with library.connect(postgres_url) as database:
        stored = database.connections.count(ConnectionFilter(project_id=EVERY_TENANT))
    assert stored == json.loads(run.out)["stored"]["connections"] > 100


def test_seeds_of_a_folder_of_ones_own(dbkit: Command, postgres_url: str, tmp_path: Path) -> None:
    (tmp_path / "providers.json").write_text('[{"slug": "a", "display_name": "A", "base_url": "https://a.example"}]')
    assert dbkit(f"db seed {postgres_url} --folder {tmp_path}").code == 0
    with library.connect(postgres_url) as database:
        assert database.providers.get(ProviderSlug("a")).display_name == "A"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[{"slug": "a", "display_name": "A", "base_url": "x", "colour": 1}]', "providers.json, row 1: colour"),
        ("[", "providers.json is no JSON"),
    ],
)
def test_a_bad_file_is_told_by_its_place(
    dbkit: Command, postgres_url: str, tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "providers.json").write_text(text)
    run = dbkit(f"db seed {postgres_url} --folder {tmp_path}")
    assert (run.code, run.out) == (2, "")
    assert says in run.err


def test_a_broken_reference_is_told_by_its_constraint(dbkit: Command, postgres_url: str, tmp_path: Path) -> None:
    project = "0194f000-0007-7000-8000-000000000001"
    (tmp_path / "topics.json").write_text(json.dumps([{"project_id": project, "name": "orphan"}]))
    run = dbkit(f"db seed {postgres_url} --folder {tmp_path}")
    assert (run.code, run.out) == (2, "")
    assert "fk_topics_project_id" in run.err


@pytest.mark.dbkit(schema="empty")
def test_seeds_need_the_tables(dbkit: Command, postgres_url: str) -> None:
    run = dbkit(f"db seed {postgres_url}")
    assert (run.code, run.out) == (2, "")
    assert "dbkit migrate apply" in run.err


def test_memory_cannot_be_seeded_by_a_command(dbkit: Command) -> None:
    run = dbkit("db seed memory://")
    assert (run.code, run.out) == (2, "")
    assert "memory://" in run.err


@pytest.mark.parametrize("environment", [None, "dev", "staging", "prod"])
def test_refresh_refuses_where_data_is_kept(
    dbkit: Command, postgres_url: str, monkeypatch: pytest.MonkeyPatch, environment: str | None
) -> None:
    with library.connect(postgres_url) as database:
        database.providers.create(NewProvider(slug=ProviderSlug("kept"), display_name="", base_url=""))
        if environment is not None:
            monkeypatch.setenv("DBKIT_ENV", environment)
        run = dbkit(f"db refresh {postgres_url}")
        assert (run.code, run.out) == (2, "")
        assert "refresh drops the database" in run.err
        assert database.providers.exists(ProviderSlug("kept"))


@pytest.mark.dbkit(isolation="clone")
def test_refresh_leaves_a_fresh_database_and_says_what_services_need(
    dbkit: Command, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "preview")
    with library.connect(postgres_url) as database:
        database.providers.create(NewProvider(slug=ProviderSlug("gone"), display_name="", base_url=""))
    run = dbkit(f"db refresh --json {postgres_url}")
    assert run.code == 0
    told = json.loads(run.out)
    head = Line.read().head
    assert head is not None
    assert (told["url"], told["revision"]) == (postgres_url, head.id)
    with library.connect(told["url"]) as database:
        assert not database.providers.exists(ProviderSlug("gone"))
        key = database.api_keys.find_by_hash(hashlib.sha256(told["api_key"].encode()).digest())
        assert key is not None
        assert key.project_id == UUID(told["project_id"])
        # With everything that belongs to it, in one statement, on the schema that the line made.
        database.projects.purge(ProjectId(key.project_id))
    lines = dbkit(f"db refresh --env {postgres_url}").out.splitlines()
    assert [line.split("=")[0] for line in lines] == [
        "export DBKIT_URL",
        "export DBKIT_PROJECT_ID",
        "export DBKIT_API_KEY",
    ]
