"""Promotions: what is looked at before one is signed, and what `apply` asks of one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dbkit.migrate.deploys.errors import NotPromotable, PromotionRefused
from dbkit.migrate.deploys.keys import PRIVATE_KEY, PUBLIC_KEY, new_keys
from dbkit.migrate.deploys.promote import promote
from dbkit.migrate.errors import RevisionEndless
from dbkit.migrate.report import Options, Report
from dbkit.migrate.runner import apply
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid, DbkitError
from tests.fix_server import database_url
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, Ears

Sign = Callable[..., str]


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a pair of keys, which the environment names."""
    pair = new_keys(tmp_path)
    monkeypatch.setenv(PRIVATE_KEY, str(pair.private))
    monkeypatch.setenv(PUBLIC_KEY, pair.public.read_text())
    monkeypatch.delenv("DBKIT_ENV", raising=False)
    monkeypatch.delenv("DBKIT_PROMOTION", raising=False)
    return tmp_path


@pytest.fixture
def applied(run: Callable[..., Report], line: LineFolder) -> LineFolder:
    line.tables("a", "b")
    run()
    return line


@pytest.fixture
def sign(postgres_url: str, line: LineFolder, keys: Path) -> Sign:
    """Promote the line, compared on the tests' own server."""

    def sign(target: str = "staging", url: str = postgres_url, before: str | None = None) -> str:
        return promote(url, target, line=line.folder, before=before, dev_url=postgres_url)

    return sign


def test_a_chain_goes_from_dev_to_staging_to_prod(
    sign: Sign, applied: LineFolder, server: Databases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    to_staging = tmp_path / "promotion-staging.json"
    to_staging.write_text(sign())
    with database_url(server) as staging, database_url(server) as prod:
        monkeypatch.setenv("DBKIT_ENV", "staging")
        with pytest.raises(PromotionRefused, match="there is no record"):
            apply(staging, line=applied.folder)
        assert apply(staging, line=applied.folder, options=Options(promotion=str(to_staging))).pending == 0
        to_prod = sign("prod", url=staging, before=str(to_staging))
        monkeypatch.setenv("DBKIT_ENV", "prod")
        monkeypatch.setenv("DBKIT_PROMOTION", to_prod)
        assert apply(prod, line=applied.folder).pending == 0


def test_what_is_signed(sign: Sign, applied: LineFolder) -> None:
    found = json.loads(sign())["promotion"]
    assert found["chain"] == (applied.folder / "dbkit.sum").read_text().splitlines()[0]
    assert (found["head"], found["source"], found["target"]) == ("20240101000002", "dev", "staging")
    assert found["database"].startswith("dbkit_test_")
    assert "@" in found["by"]


def test_a_line_that_never_ends_elsewhere_is_not_promoted(
    line: LineFolder, run: Callable[..., Report], postgres_url: str, keys: Path
) -> None:
    here = postgres_url.partition("?")[0].rpartition("/")[2]
    line.add("slow", f"SELECT CASE WHEN current_database() <> '{here}' THEN pg_sleep(3600) END")
    run()
    with pytest.raises(RevisionEndless, match="slow"):
        promote(postgres_url, "staging", line=line.folder, dev_url=postgres_url, seconds_max=0.5)


def test_a_database_with_something_pending_is_not_promoted(sign: Sign, applied: LineFolder) -> None:
    applied.tables("c")
    with pytest.raises(NotPromotable, match="1 pending"):
        sign()


def test_other_files_than_those_that_were_applied_are_not_promoted(sign: Sign, applied: LineFolder) -> None:
    path = applied.path("20240101000001", "create_a")
    path.write_text(path.read_text() + "# edited\n")
    applied.hash()
    with pytest.raises(NotPromotable, match="has applied another chain: 20240101000001_create_a"):
        sign()


def test_a_history_that_does_not_say_so_is_not_taken_for_one(
    sign: Sign, applied: LineFolder, connection: Connection
) -> None:
    connection.execute("DELETE FROM dbkit_migration_history")
    with pytest.raises(NotPromotable, match="does not say from which file 20240101000002 create_b"):
        sign()


def test_a_catalogue_that_somebody_changed_is_not_promoted(
    sign: Sign, applied: LineFolder, connection: Connection
) -> None:
    connection.execute("ALTER TABLE a ADD COLUMN more text")
    with pytest.raises(NotPromotable, match=r"differs from the line's in 1 objects: column a\.more"):
        sign()


def test_nothing_is_skipped(sign: Sign, applied: LineFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotPromotable, match="needs the record of the promotion to staging"):
        sign("prod")
    with pytest.raises(NotPromotable, match="is the database that was promoted to staging, not that of staging"):
        sign("prod", before=sign())
    monkeypatch.setenv("DBKIT_ENV", "dev")
    with pytest.raises(ConfigurationInvalid, match="DBKIT_ENV says dev"):
        sign("prod")
    with pytest.raises(ConfigurationInvalid, match="nothing is promoted to dev"):
        sign("dev")


def test_a_record_of_another_chain_promotes_nothing_further(sign: Sign, applied: LineFolder) -> None:
    record = sign()
    applied.tables("c")
    with pytest.raises(NotPromotable, match="another chain"):
        sign("prod", before=record)


def _changed(record: str) -> str:
    return record.replace("20240101000002", "20240101000003")


def _signed_by_another(record: str) -> str:
    found = json.loads(record)
    found["signature"] = "A" * 86 + "=="
    return json.dumps(found)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (_changed, "changed, or signed with another key"),
        (_signed_by_another, "changed, or signed with another key"),
        (lambda _record: "{}", "is no promotion"),
        (lambda record: record[:-20], "is no promotion"),
        (lambda record: record.replace('"by"', '"whom"'), "is no promotion"),
        (lambda _record: "/nowhere/promotion.json", "/nowhere/promotion.json cannot be read"),
    ],
)
def test_a_record_that_is_none_lets_nothing_in(
    sign: Sign,
    applied: LineFolder,
    server: Databases,
    monkeypatch: pytest.MonkeyPatch,
    wrong: Callable[[str], str],
    words: str,
) -> None:
    record = wrong(sign())
    monkeypatch.setenv("DBKIT_ENV", "staging")
    with database_url(server) as staging, pytest.raises(PromotionRefused, match=words):
        apply(staging, line=applied.folder, options=Options(promotion=record))


def test_a_record_holds_for_its_chain_and_environment_alone(
    sign: Sign, applied: LineFolder, server: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(promotion=sign())
    with database_url(server) as url:
        monkeypatch.setenv("DBKIT_ENV", "prod")
        with pytest.raises(PromotionRefused, match="promotes to staging, and this is prod"):
            apply(url, line=applied.folder, options=options)
        monkeypatch.setenv("DBKIT_ENV", "staging")
        applied.tables("c")
        with pytest.raises(PromotionRefused, match="promotes another chain, to 20240101000002, and this one ends at"):
            apply(url, line=applied.folder, options=options)


def test_a_reason_breaks_the_glass(
    applied: LineFolder, keys: Path, server: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "prod")
    told: list[str] = []
    ears = Ears()
    ears.note = told.append  # type: ignore[method-assign]
    options = Options(break_glass="orders are lost until this is in")
    with database_url(server) as prod:
        assert apply(prod, line=applied.folder, options=options, watch=ears).pending == 0
    assert told == [
        "break-glass (orders are lost until this is in): there is no record that promotes this chain to prod"
    ]


def test_without_a_public_key_nothing_is_asked_for_and_prod_is_told(
    applied: LineFolder, server: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PUBLIC_KEY, raising=False)
    told: list[str] = []
    ears = Ears()
    ears.note = told.append  # type: ignore[method-assign]
    with database_url(server) as url:
        monkeypatch.setenv("DBKIT_ENV", "staging")
        apply(url, count=1, line=applied.folder, watch=ears)
        assert told == []
        monkeypatch.setenv("DBKIT_ENV", "prod")
        with pytest.raises(ConfigurationInvalid, match="is not set to check it with"):
            apply(url, line=applied.folder, options=Options(promotion="{}"))
        apply(url, line=applied.folder, watch=ears)
    assert told == [f"nothing checks what is applied in prod: {PUBLIC_KEY} is not set"]


def test_nothing_to_do_asks_for_nothing(
    run: Callable[..., Report], applied: LineFolder, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "prod")
    assert run().pending == 0


@pytest.mark.parametrize("environment", ["dev", "preview", "local"])
def test_other_environments_are_not_asked(
    run: Callable[..., Report], line: LineFolder, keys: Path, monkeypatch: pytest.MonkeyPatch, environment: str
) -> None:
    line.tables("a")
    monkeypatch.setenv("DBKIT_ENV", environment)
    assert run().pending == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (PRIVATE_KEY, ""),
        (PRIVATE_KEY, "-----BEGIN PRIVATE KEY-----\nxxxx\n-----END PRIVATE KEY-----\n"),
        (PRIVATE_KEY, "/nowhere/key.pem"),
    ],
)
def test_a_key_that_is_none_is_refused_without_a_word_of_it(
    sign: Sign, applied: LineFolder, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationInvalid, match=name) as caught:
        sign()
    assert "xxxx" not in str(caught.value)


def test_the_halves_of_a_pair_are_not_taken_for_each_other(
    sign: Sign, applied: LineFolder, keys: Path, server: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, public = keys / "promotion-key.pem", keys / "promotion-key.public.pem"
    monkeypatch.setenv(PRIVATE_KEY, str(public))
    with pytest.raises(ConfigurationInvalid, match="is no private Ed25519 key"):
        sign()
    monkeypatch.setenv(PUBLIC_KEY, str(private))
    monkeypatch.setenv("DBKIT_ENV", "staging")
    with database_url(server) as url, pytest.raises(ConfigurationInvalid, match="is no public Ed25519 key"):
        apply(url, line=applied.folder)


def test_keys_are_for_their_owner_and_never_written_over(keys: Path) -> None:
    assert (keys / "promotion-key.pem").stat().st_mode & 0o777 == 0o600
    with pytest.raises(DbkitError, match=r"has promotion-key\.pem and promotion-key\.public\.pem already"):
        new_keys(keys)


def test_a_database_that_was_not_migrated_is_not_promoted(
    line: LineFolder, keys: Path, connection: Connection, sign: Sign
) -> None:
    with pytest.raises(NotPromotable, match="no revision yet"):
        line.hash()
        sign()
    line.tables("a")
    with pytest.raises(NotPromotable, match="1 pending"):
        sign()
    assert not connection.execute("SELECT FROM pg_class WHERE relname = 'a'").fetchall()
