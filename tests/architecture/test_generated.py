"""What is generated is what its sources give: no hand edit, nothing missing, nothing left over."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

Tool = Callable[..., subprocess.CompletedProcess[str]]
Plant = Callable[[str, str], Path]

UNASYNC = ("tools/unasync.py", "--check")
UNASYNC_DATABASE = (*UNASYNC, "dbkit/database")
INTERFACES = ("tools/interfaces.py", "--check")

MOCK = "dbkit/mock/_async/group.py"

EDITED = [
    (UNASYNC_DATABASE, ["dbkit/database/_sync/transaction.py"]),
    (INTERFACES, ["dbkit/types/_async/group.py", MOCK]),
]
MISSING = [
    (UNASYNC_DATABASE, ["dbkit/database/_sync/transaction.py"]),
    (INTERFACES, ["dbkit/types/_async/group.py", "dbkit/types/calls/group.py", MOCK, "dbkit/mock/calls/group.py"]),
]
ORPHANS = [
    (UNASYNC_DATABASE, ["dbkit/database/_sync/orphan.py"]),
    (
        INTERFACES,
        [f"dbkit/{package}/{folder}/orphan.py" for package in ("types", "mock") for folder in ("_async", "calls")],
    ),
]


@pytest.mark.parametrize("command", [UNASYNC, INTERFACES], ids=["twins", "interfaces"])
def test_up_to_date(command: tuple[str, ...]) -> None:
    result = subprocess.run([sys.executable, *command], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("command", "names"), EDITED, ids=["twins", "interfaces"])
def test_a_hand_edit_is_found(copy: Path, tool: Tool, plant: Plant, command: tuple[str, ...], names: list[str]) -> None:
    for name in names:
        plant(name, f"{(copy / name).read_text()}\n\nedited = True\n")
    result = tool(*command)
    assert result.returncode == 1
    assert result.stdout.count("-edited = True") == len(names)


@pytest.mark.parametrize(("command", "names"), MISSING, ids=["twins", "interfaces"])
def test_a_missing_file_is_found(
    copy: Path, tool: Tool, plant: Plant, command: tuple[str, ...], names: list[str]
) -> None:
    for name in names:
        plant(name, (copy / name).read_text()).unlink()
    result = tool(*command)
    assert result.returncode == 1
    assert set(result.stdout.splitlines()) == {f"--- {name}: missing" for name in names}


@pytest.mark.parametrize(("command", "names"), ORPHANS, ids=["twins", "interfaces"])
def test_an_orphan_is_found(tool: Tool, plant: Plant, command: tuple[str, ...], names: list[str]) -> None:
    for name in names:
        plant(name, "")
    result = tool(*command)
    assert result.returncode == 1
    assert set(result.stdout.splitlines()) == {f"{name}: nothing generates this file" for name in names}


def test_what_is_written_by_hand_is_not_written_over(copy: Path, tool: Tool, plant: Plant) -> None:
    text = (copy / MOCK).read_text().partition("\n")[2]
    plant(MOCK, text)
    result = tool("tools/interfaces.py")
    assert result.returncode == 1
    assert f"{MOCK}: in the way, and not generated" in result.stdout
    assert (copy / MOCK).read_text() == text


def test_a_whole_orphan_folder_is_found(tool: Tool, plant: Plant) -> None:
    plant("dbkit/pool/_sync/__init__.py", "")
    assert tool(*UNASYNC, "dbkit/pool").returncode == 1


def test_an_unused_replacement_is_found(copy: Path, tool: Tool, plant: Plant) -> None:
    text = (copy / "dbkit/generate/colours.py").read_text()
    plant(
        "dbkit/generate/colours.py",
        text.replace("REPLACEMENTS = {", 'REPLACEMENTS = {\n    "nobody_says_this": "this",', 1),
    )
    result = tool(*UNASYNC)
    assert result.returncode == 1
    assert "nobody_says_this" in result.stderr
