"""The commands of the README do what it says."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import httpx
import pytest

SERVICE = Path(__file__).parents[1]
BLOCKS = re.findall(r"^```\n(.*?)^```", (SERVICE / "README.md").read_text(), re.MULTILINE | re.DOTALL)
LINES = [shlex.split(line, comments=True) for block in BLOCKS for line in block.splitlines()]
KNOWN = ("pip", "make", "curl", "dbkit")

curl = ArgumentParser()
curl.add_argument("url")
curl.add_argument("-X", default="GET")
curl.add_argument("-H")
curl.add_argument("-d")


def lines_of(program: str) -> list[list[str]]:
    """Return the arguments of each line that runs a program."""
    found = [line[1:] for line in LINES if line[0] == program]
    assert found
    return found


def test_no_line_is_left_out() -> None:
    assert {line[0] for line in LINES} == set(KNOWN)


@pytest.mark.parametrize("target", [target for (target,) in lines_of("make")])
def test_make_knows_the_target(target: str) -> None:
    command = ["make", "--dry-run", target]
    subprocess.run(command, cwd=SERVICE, check=True, capture_output=True)  # noqa: S603 (the service's own Makefile)


async def test_curl(client: httpx.AsyncClient) -> None:
    for line in lines_of("curl"):
        given = curl.parse_args(line)
        path = given.url.removeprefix("localhost:8000")
        answer = await client.request(given.X, path, json=None if given.d is None else json.loads(given.d))
        assert answer.is_success, answer.text
    assert [widget["sku"] for widget in answer.json()["items"]] == ["W-1"]


@pytest.mark.dbkit(schema="empty")
def test_dbkit(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_URL", postgres_url)
    said = ""
    for line in lines_of("dbkit"):
        done = subprocess.run(  # noqa: S603 (the README's own lines)
            [sys.executable, "-c", "from dbkit.cli.main import main; main()", *line],
            cwd=SERVICE,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        said = done.stdout
    assert "done: " in said
