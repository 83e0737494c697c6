"""What is new in a line is planned, linted and proved, and told in one comment."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dbkit.migrate.proving.subject import Bounds
from dbkit.migrate.review.markdown import MARKER, review_markdown
from dbkit.migrate.review.page import review_html
from dbkit.migrate.review.reviewing import Review, Wish, review
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.conftest import dbkit
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.test_sum import git

__all__ = ["dbkit"]

Look = Callable[..., Review]
SAFE = ("ALTER TABLE t ADD v int",)
LOSES = "Lossy(lost='v', columns=('t.v',))"
NO_WAY = "Impossible('it is an example')"
LOCKS = '{"t": Lock.ACCESS_EXCLUSIVE}'


@pytest.fixture
def released(line: LineFolder) -> LineFolder:
    """A line in a repository, of which one revision is released."""
    rows = "Lossy(lost='the rows', rows=('t',))"
    line.add("table", "CREATE TABLE t (id bigint PRIMARY KEY)", undo=("DROP TABLE t",), downgrade=rows)
    git(line.folder, "init", "--initial-branch=main")
    git(line.folder, "add", ".")
    git(line.folder, "commit", "--message", "Begin")
    git(line.folder, "switch", "--create", "mine")
    return line


@pytest.fixture
def look(released: LineFolder, server: Databases) -> Look:
    """Trace the line and review what is new in it."""

    def look(*, is_traced: bool = True, **wish: Any) -> Review:
        url = server.url_for("postgres")
        if is_traced:
            trace_line(released.folder, dev_url=url)
        chosen = Wish(folder=released.folder, dev_url=url, bounds=Bounds(rows=100), checks=("reversible",), **wish)
        return review(chosen)

    return look


def test_a_safe_revision_is_told_in_a_few_lines(released: LineFolder, look: Look) -> None:
    released.add("column", *SAFE, undo=("ALTER TABLE t DROP v",), downgrade=LOSES, locks=LOCKS)
    found = look()
    text = review_markdown(found)
    assert (found.exit_code, found.failures, found.since) == (0, (), "main")
    assert text.startswith(f"{MARKER}\n### Migrations: 1 new revision, no findings, no check failed\n")
    (row,) = re.findall(r"^\| `20240101000002 column` .*$", text, re.MULTILINE)
    assert "`readers and writers of t wait up to 20 ms (ACCESS EXCLUSIVE)`" in row
    assert row.endswith("| nothing found | passed |")
    assert re.findall(r"<summary>(\w+)", text) == ["Prove", "Plan"]
    assert "ALTER TABLE t ADD v int" in text


def test_what_is_not_safe_and_what_fails_is_at_the_top(released: LineFolder, look: Look) -> None:
    released.add("index", "CREATE INDEX ix ON t (id)", undo=("DROP INDEX ix",))
    released.add("column", *SAFE, undo=("SELECT 1",), locks=LOCKS)
    found = look()
    text = review_markdown(found)
    assert found.exit_code == 1
    assert "2 new revisions" in text.splitlines()[1]
    assert "1 check failed" in text.splitlines()[1]
    assert "**reversible failed**" in text
    assert text.count("<details open>") == 2
    page = review_html(found)
    assert 'reversible: <span class="warn">failed</span>' in page
    assert re.findall(r"(?:src|href)=\"(?!#)|url\(|@import|<script", page) == []


def test_sizes_of_production_make_times(released: LineFolder, look: Look, tmp_path: Path) -> None:
    released.add("key", "ALTER TABLE t ALTER id TYPE numeric", downgrade=NO_WAY, locks=LOCKS)
    sizes = tmp_path / "sizes.json"
    tables = {"t": {"rows": 10_000_000, "bytes": 400_000_000, "index_bytes": 220_000_000}}
    sizes.write_text(json.dumps({"database": "prod", "revision": "20240101000001", "tables": tables}))
    (forecast,) = look(statistics=sizes).forecast.revisions
    assert forecast.seconds is not None
    assert forecast.seconds.low > 1
    sizes.write_text(json.dumps({"database": "prod", "revision": "20200101000001", "tables": tables}))
    with pytest.raises(ConfigurationInvalid, match="which this line does not have"):
        look(statistics=sizes)


def test_nothing_new(look: Look) -> None:
    found = look()
    assert found.exit_code == 0
    assert review_markdown(found) == f"{MARKER}\n### Migrations: no revision is new since main\n\n"


def test_a_released_revision_that_is_edited_is_found_without_new_ones(released: LineFolder, look: Look) -> None:
    path = released.path("20240101000001", "table")
    path.write_text(path.read_text().replace("bigint", "int"))
    released.hash()
    found = look()
    assert found.exit_code == 1
    assert "edited-after-release" in review_markdown(found)


def test_a_revision_that_was_not_traced_is_a_finding(released: LineFolder, look: Look) -> None:
    released.add("column", *SAFE, undo=("ALTER TABLE t DROP v",), downgrade=LOSES, locks=LOCKS)
    found = look(is_traced=False)
    assert found.exit_code == 1
    assert "**Not traced**: `20240101000002 column`" in review_markdown(found)


def test_a_long_review_is_cut_to_what_a_comment_holds(released: LineFolder, look: Look) -> None:
    columns = [f"ALTER TABLE t ADD c{number} int" for number in range(60)]
    drops = ", ".join(f"DROP c{number}" for number in range(60))
    released.add("wide", *columns, undo=(f"ALTER TABLE t {drops}",), downgrade=NO_WAY, locks=LOCKS)
    found = look()
    short = review_markdown(found, 1_500)
    assert len(short) <= 1_500
    assert "more lines, which are too long for a comment" in short
    assert short.count("```") == 2 * short.count("<details")
    assert len(review_markdown(found)) > len(short)


def test_text_of_a_revision_is_no_markup(released: LineFolder, look: Look) -> None:
    comment = "COMMENT ON TABLE t IS 'a ``` fence, @somebody, </details> and | a bar'"
    released.add("comment", comment, undo=("COMMENT ON TABLE t IS NULL",))
    text = review_markdown(look())
    section = text[text.index("<summary>Plan") :]
    assert "\n````text\n" in section
    assert section.rstrip().endswith("````\n\n</details>")
    assert section.index("@somebody") > section.index("````text")


def test_without_the_parser_it_says_so(released: LineFolder, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    released.add("column", *SAFE, undo=("ALTER TABLE t DROP v",), downgrade=LOSES, locks=LOCKS)
    monkeypatch.setattr("dbkit.migrate.review.reviewing.find_spec", lambda _name: None)
    found = look()
    assert found.exit_code == 2
    assert "**Not looked at**: `the revisions were not linted" in review_markdown(found)
    assert "| not run | passed |" in review_markdown(found)


def test_the_command(dbkit: Command, released: LineFolder, server: Databases, tmp_path: Path) -> None:
    url = server.url_for("postgres")
    released.add("column", *SAFE, undo=("ALTER TABLE t DROP v",), downgrade=LOSES, locks=LOCKS)
    trace_line(released.folder, dev_url=url)
    comment, page = tmp_path / "review.md", tmp_path / "review.html"
    options = f"--line {released.folder} --dev-url {url} --new-since main --only reversible --rows 100"
    run = dbkit(f"migrate review {options} --markdown {comment} --html {page}")
    assert (run.code, run.err) == (0, "")
    assert run.out == "Migrations: 1 new revision, no findings, no check failed\n"
    assert comment.read_text().startswith(MARKER)
    assert page.read_text().startswith("<!doctype html>")
    document = json.loads(dbkit(f"migrate review {options} --json").out)
    assert (document["revisions"], document["exit_code"]) == (["20240101000002"], 0)
    assert document["lint"]["findings"] == []
    refused = dbkit(f"migrate review {options.replace('main', 'nowhere')}")
    assert (refused.code, "git failed" in refused.err) == (2, True)
