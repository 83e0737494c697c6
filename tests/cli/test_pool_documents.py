"""What docs/pools.md and docs/fleet.md show is what `dbkit pool` says of what is shipped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT
from tests.cli.run import Command

PAGE = (PROJECT / "docs" / "pools.md").read_text()
SHOWN = re.findall(r"^```\n\$ dbkit ([^\n#]+?) *(?:#[^\n]*)?\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that the page speaks of, in the present folder: previews, and production with one more replica."""
    monkeypatch.chdir(tmp_path)
    (previews,) = re.findall(r"^```toml\n(# previews\.toml\n.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    Path("previews.toml").write_text(previews)
    production = (PROJECT / "dbkit" / "pool" / "fleet.toml").read_text()
    assert production.count("replicas_max = 12") == 1
    Path("more-api.toml").write_text(production.replace("replicas_max = 12", "replicas_max = 13"))


def test_the_page_shows_what_is_meant_to_be_shown() -> None:
    commands = [command for command, _ in SHOWN]
    assert commands == [
        "pool profile --env prod",
        "pool fleet",
        "pool fleet --file more-api.toml",
        "pool fleet --file previews.toml",
        "pool fleet --baseline",
    ]


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
@pytest.mark.usefixtures("files")
def test_what_the_page_shows_is_what_the_command_says(dbkit: Command, command: str, shown: str) -> None:
    said = dbkit(command).out
    if shown.startswith("...\n"):
        # A part of it, in its order.
        wanted = shown.splitlines()[1:]
        assert [line for line in said.splitlines() if line in wanted] == wanted
    else:
        assert said == shown


def test_the_page_for_auditors_is_what_the_command_writes(dbkit: Command) -> None:
    assert (PROJECT / "docs" / "fleet.md").read_text() == dbkit("pool fleet --emit docs").out
