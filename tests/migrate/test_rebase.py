"""One's own revisions go behind those of the other branch, with real git."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from dbkit.migrate.errors import AlreadyApplied
from dbkit.migrate.line import Line
from dbkit.migrate.rebase import Move, Rebased, next_id
from dbkit.migrate.rebase import rebase as rebase_on
from dbkit.migrate.runner import apply
from dbkit.migrate.sum import findings
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder
from tests.migrate.test_sum import git

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
MINE, THEIRS = "20250101000000", "20250201000000"


Rebase = Callable[..., Rebased]


@pytest.fixture
def rebase(postgres_url: str) -> Rebase:
    """Rebase, with the tests' own server to prove it on."""
    return partial(rebase_on, now=NOW, dev_url=postgres_url)


class Repository:
    """A repository with a line of two revisions on main."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        git(folder, "init", "--initial-branch=main")
        self.line = LineFolder(folder / "migrations")
        self.line.tables("a", "b")
        self.commit("two")

    def commit(self, what: str) -> None:
        git(self.folder, "add", ".")
        git(self.folder, "commit", "--message", what)

    def branch_off(self) -> None:
        """Let both branches add a revision, and try to merge main into mine."""
        git(self.folder, "switch", "--create", "mine")
        self.line.add("mine", "CREATE TABLE mine (id int)", id=MINE)
        self.commit("mine")
        git(self.folder, "switch", "main")
        self.line.add("theirs", "CREATE TABLE theirs (id int)", id=THEIRS)
        self.commit("theirs")
        git(self.folder, "switch", "mine")

    def slugs(self) -> list[str]:
        return [revision.slug for revision in Line.read(self.line.folder).revisions]

    def is_whole(self) -> bool:
        line = Line.read(self.line.folder)
        return not [*findings(line), *line.findings()]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_behind_the_others_in_a_merge(repository: Repository, rebase: Rebase) -> None:
    repository.branch_off()
    assert git(repository.folder, "merge", "main", check=False).returncode == 1
    moves = rebase(repository.line.folder).moves
    assert moves == (Move(f"{MINE}_mine.py", "20260301120000_mine.py"),)
    assert repository.slugs() == ["create_a", "create_b", "theirs", "mine"]
    assert repository.is_whole()
    assert "CREATE TABLE mine" in (repository.line.path("20260301120000", "mine")).read_text()
    repository.commit("merged")
    assert rebase(repository.line.folder) == Rebased()


def test_behind_the_others_in_a_rebase(repository: Repository, rebase: Rebase) -> None:
    repository.branch_off()
    assert git(repository.folder, "rebase", "main", check=False).returncode == 1
    assert len(rebase(repository.line.folder).moves) == 1
    git(repository.folder, "add", ".")
    git(repository.folder, "-c", "core.editor=true", "rebase", "--continue")
    assert repository.slugs() == ["create_a", "create_b", "theirs", "mine"]
    assert repository.is_whole()


def test_several_keep_their_order(repository: Repository, rebase: Rebase) -> None:
    repository.branch_off()
    repository.line.add("mine_too", "CREATE TABLE more (id int)", id="20250102000000")
    repository.commit("more")
    git(repository.folder, "merge", "main", check=False)
    moves = rebase(repository.line.folder).moves
    assert [move.after for move in moves] == ["20260301120000_mine.py", "20260301120001_mine_too.py"]
    assert repository.is_whole()


def test_those_that_are_named(repository: Repository, rebase: Rebase) -> None:
    repository.line.add("theirs", "SELECT 1", id=THEIRS)
    repository.line.path(MINE, "mine").write_text(
        repository.line.path(THEIRS, "theirs").read_text().replace(THEIRS, MINE)
    )
    moves = rebase(repository.line.folder, own=["mine"]).moves
    assert [move.before for move in moves] == [f"{MINE}_mine.py"]
    assert repository.is_whole()


def test_what_is_at_the_end_stays(repository: Repository, rebase: Rebase) -> None:
    git(repository.folder, "switch", "--create", "mine")
    repository.line.add("mine", "SELECT 1", id=MINE)
    assert rebase(repository.line.folder) == Rebased()
    assert repository.slugs()[-1] == "mine"


def test_before_the_merge_it_says_what_is_missing(repository: Repository, rebase: Rebase) -> None:
    repository.branch_off()
    with pytest.raises(ConfigurationInvalid, match=f"{THEIRS}_theirs.py") as caught:
        rebase(repository.line.folder)
    assert "Merge main" in str(caught.value)
    assert repository.slugs() == ["create_a", "create_b", "mine"]


def test_what_another_branch_has_keeps_its_name(repository: Repository, rebase: Rebase) -> None:
    repository.branch_off()
    git(repository.folder, "branch", "colleague")
    git(repository.folder, "merge", "main", check=False)
    with pytest.raises(AlreadyApplied, match=f"refs/heads/colleague has {MINE}_mine.py"):
        rebase(repository.line.folder)
    assert "mine" in repository.slugs()


def test_a_copy_of_ones_own_branch_is_no_other(
    repository: Repository, tmp_path_factory: pytest.TempPathFactory, rebase: Rebase
) -> None:
    remote = tmp_path_factory.mktemp("remote")
    git(remote, "init", "--bare")
    repository.branch_off()
    git(repository.folder, "remote", "add", "origin", str(remote))
    git(repository.folder, "push", "origin", "main", "mine")
    git(repository.folder, "merge", "main", check=False)
    assert len(rebase(repository.line.folder).moves) == 1


def test_what_a_database_has_keeps_its_name(repository: Repository, postgres_url: str, rebase: Rebase) -> None:
    repository.branch_off()
    apply(postgres_url, line=repository.line.folder)
    git(repository.folder, "merge", "main", check=False)
    with pytest.raises(AlreadyApplied, match=f"has applied {MINE} mine"):
        rebase(repository.line.folder, url=postgres_url)
    assert repository.line.path(MINE, "mine").is_file()


def test_a_database_before_them_is_no_hindrance(repository: Repository, postgres_url: str, rebase: Rebase) -> None:
    apply(postgres_url, line=repository.line.folder)
    repository.branch_off()
    git(repository.folder, "merge", "main", check=False)
    assert len(rebase(repository.line.folder, url=postgres_url).moves) == 1
    assert [step.revision.slug for step in apply(postgres_url, line=repository.line.folder).steps] == [
        "theirs",
        "mine",
    ]


def test_outside_of_git(tmp_path: Path, rebase: Rebase) -> None:
    LineFolder(tmp_path).tables("a")
    with pytest.raises(ConfigurationInvalid, match="git failed"):
        rebase(tmp_path)


@pytest.mark.parametrize(
    ("before", "expected"),
    [(None, "20260301120000"), ("20250101000000", "20260301120000"), ("20260301125959", "20260301130000")],
)
def test_ids_are_times_that_grow(before: str | None, expected: str) -> None:
    assert next_id(before, NOW) == expected
