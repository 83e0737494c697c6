"""`dbkit.sum` notices every change of a file, and names it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dbkit.migrate.errors import LineChanged
from dbkit.migrate.line import Line, own_folder
from dbkit.migrate.sum import SUM_FILE, findings, sum_text, verify, write
from tests.migrate.lines import LineFolder

FIRST, SECOND, THIRD = "20240101000001_create_a.py", "20240101000002_create_b.py", "20240101000003_create_c.py"


@pytest.fixture
def folder(tmp_path: Path) -> LineFolder:
    line = LineFolder(tmp_path / "line")
    line.tables("a", "b", "c")
    return line


def found(folder: LineFolder) -> list[str]:
    return findings(Line.read(folder.folder))


def versions(folder: LineFolder) -> Path:
    return folder.folder / "versions"


def test_a_line_that_was_hashed_is_whole(folder: LineFolder) -> None:
    assert found(folder) == []
    verify(Line.read(folder.folder))
    lines = (folder.folder / SUM_FILE).read_text().splitlines()
    assert [each.split(" ")[0] for each in lines[1:]] == [FIRST, SECOND, THIRD]
    assert all(each.split(" ")[-1].startswith("h1:") for each in lines)
    assert not write(Line.read(folder.folder))


def test_dbkits_own_line_is_hashed() -> None:
    assert findings(Line.read(own_folder())) == []


def edit(versions: Path) -> None:
    path = versions / SECOND
    path.write_text(path.read_text() + "\n# one more line\n")


def remove(versions: Path) -> None:
    (versions / SECOND).unlink()


def rename(versions: Path) -> None:
    (versions / SECOND).rename(versions / "20240101000002_another_name.py")


def insert(versions: Path) -> None:
    (versions / "20240101000002_before_b.py").write_text("# a file between others\n")


def append(versions: Path) -> None:
    (versions / "20250101000000_d.py").write_text("# a new file\n")


def swap(versions: Path) -> None:
    second, third = (versions / SECOND).read_bytes(), (versions / THIRD).read_bytes()
    (versions / SECOND).write_bytes(third)
    (versions / THIRD).write_bytes(second)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (edit, [f"{SECOND} was edited"]),
        (remove, [f"{SECOND} is missing"]),
        (rename, [f"{SECOND} was renamed to 20240101000002_another_name.py"]),
        (insert, [f"20240101000002_before_b.py was inserted before {THIRD}"]),
        (append, ["20250101000000_d.py is not hashed yet"]),
        (swap, [f"{SECOND} was edited", f"{THIRD} was edited"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_changed_file_is_named(folder: LineFolder, change: Callable[[Path], None], says: list[str]) -> None:
    change(versions(folder))
    assert found(folder) == says
    with pytest.raises(LineChanged, match=says[0]):
        verify(Line.read(folder.folder))


def test_a_missing_sum(folder: LineFolder) -> None:
    (folder.folder / SUM_FILE).unlink()
    assert found(folder) == [f"{folder.folder / SUM_FILE} is missing"]


@pytest.mark.parametrize("place", [1, 2, 3])
def test_an_edited_sum_is_found(folder: LineFolder, place: int) -> None:
    path = folder.folder / SUM_FILE
    lines = path.read_text().splitlines(keepends=True)
    lines[place] = lines[place][:-5] + "0000\n"
    path.write_text("".join(lines))
    assert found(folder)


def test_an_edit_with_its_own_line_made_anew_is_found(folder: LineFolder) -> None:
    before = (folder.folder / SUM_FILE).read_text().splitlines()
    edit(versions(folder))
    after = sum_text(Line.read(folder.folder)).splitlines()
    (folder.folder / SUM_FILE).write_text("\n".join([*before[:2], after[2], *before[3:]]) + "\n")
    assert found(folder) == [f"{THIRD} was edited"]


def test_an_edited_first_line_is_found(folder: LineFolder) -> None:
    path = folder.folder / SUM_FILE
    path.write_text("h1:0000\n" + path.read_text().partition("\n")[2])
    assert found(folder) == [f"{SUM_FILE} was edited by hand, or merged"]


def test_line_ends_do_not_count(folder: LineFolder) -> None:
    for path in [*versions(folder).glob("*.py"), folder.folder / SUM_FILE]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(folder) == []


def git(repository: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *arguments], cwd=repository, check=check, capture_output=True, text=True)


def test_two_branches_that_add_a_revision_conflict_in_git(tmp_path: Path) -> None:
    git(tmp_path, "init", "--initial-branch=main")
    folder = LineFolder(tmp_path / "migrations")
    folder.tables("a", "b")

    def commit(what: str) -> None:
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "--message", what)

    commit("two")
    git(tmp_path, "switch", "--create", "mine")
    folder.add("mine", "SELECT 1", id="20250101000000")
    commit("mine")
    git(tmp_path, "switch", "main")
    folder.add("theirs", "SELECT 1", id="20250201000000")
    commit("theirs")
    merged = git(tmp_path, "merge", "mine", check=False)
    assert merged.returncode == 1
    conflicts = git(tmp_path, "diff", "--name-only", "--diff-filter=U").stdout.split()
    assert conflicts == ["migrations/dbkit.line", "migrations/dbkit.sum"]
    assert found(folder) == [f"{SUM_FILE} is damaged, perhaps by a merge"]
