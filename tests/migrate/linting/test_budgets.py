"""What a header allows a revision, held against statistics: a time, and a number of rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dbkit.migrate.header import Header, Impossible, Phase
from dbkit.migrate.linting.checking import Lint, lint
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder


@pytest.fixture
def sizes(tmp_path: Path) -> Path:
    """Sizes of a database with 50 million orders."""
    path = tmp_path / "sizes.json"
    size = {"rows": 50_000_000, "bytes": 5_000_000_000, "index_bytes": 10**9}
    path.write_text(json.dumps({"database": "prod", "revision": "20240101000001", "tables": {"orders": size}}))
    return path


@pytest.fixture
def allowed(line: LineFolder, server: Databases) -> Any:
    """Lint a revision that validates a CHECK of all orders, with something in its header."""

    def look(header: str, sizes: Path | None, *, traced: bool = True) -> list[str]:
        check = "ALTER TABLE orders ADD CONSTRAINT ck CHECK (total >= 0) NOT VALID"
        line.add("orders", "CREATE TABLE orders (id bigint PRIMARY KEY, total int)", check)
        validate = "ALTER TABLE orders VALIDATE CONSTRAINT ck"
        downgrade, locks = f"Impossible('a test'), {header}", "{'orders': Lock.ACCESS_EXCLUSIVE}"
        line.add("check", validate, downgrade=downgrade, locks=locks, undo=("> refuse_downgrade('a test')",))
        if traced:
            trace_line(line.folder, dev_url=server.url_for("postgres"))
        wish = Lint(folder=line.folder, dev_url=server.url_for("postgres"), revisions=("check",), statistics=sizes)
        return [f"{each.rule.id}: {each.what}" for each in lint(wish).findings]

    return look


def test_a_time_that_is_too_long_is_found(allowed: Any, sizes: Path) -> None:
    (found,) = allowed("seconds_max=2", sizes)
    assert found.startswith("L75: it takes ")
    assert found.endswith(" on tables as large as those of prod, and its header allows 2 s")


def test_a_time_that_is_long_enough_is_not(allowed: Any, sizes: Path) -> None:
    assert allowed("seconds_max=3600", sizes) == []


def test_without_sizes_nobody_asks(allowed: Any) -> None:
    assert allowed("seconds_max=2", None) == []


def test_what_nobody_can_tell_is_no_pass(allowed: Any, sizes: Path) -> None:
    (found,) = allowed("seconds_max=2", sizes, traced=False)
    assert "nobody knows how long it takes" in found


def test_a_table_that_has_outgrown_a_waiver_is_found(allowed: Any, sizes: Path) -> None:
    locks = "online_waived=Waived(reason='small', rows_max=1000)"
    (found,) = allowed(locks, sizes)
    assert found == "L75: orders has 50,000,000 rows, and others may be stopped up to 1,000"


def test_a_header_allows_some_time_or_says_nothing() -> None:
    with pytest.raises(ConfigurationInvalid, match="seconds_max"):
        Header(phase=Phase.EXPAND, transactional=True, downgrade=Impossible("a test"), seconds_max=0)
