"""What puts reviews on pull requests: it fits its schemas, may do no more than it needs, and comments once."""

from __future__ import annotations

import json
import re
import runpy
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from dbkit.migrate.manifests import Deployment, Format, comment, manifest_files, write
from dbkit.migrate.review.markdown import LENGTH_MAX, MARKER
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.conftest import dbkit
from tests.cli.run import Command

__all__ = ["dbkit"]

PLAIN = Deployment(environment="")
FULL = replace(
    PLAIN,
    name="shop",
    line="db/migrations",
    sizes="db/sizes.json",
    install="pip install -e '.[dev]'",
    secret="shop",
    service_account="reviewer@shop.iam.gserviceaccount.com",
)


@pytest.mark.parametrize(
    ("format_", "schema", "count"),
    [(Format.CLOUD_BUILD_REVIEW, "vendor.cloudbuild", 2), (Format.GITHUB_REVIEW, "vendor.github-workflows", 4)],
)
def test_they_fit_their_schemas(tmp_path: Path, format_: Format, schema: str, count: int) -> None:
    for name, deployment in {"plain": PLAIN, "full": FULL}.items():
        write(tmp_path / name, manifest_files(deployment, format_))
    files = sorted(map(str, tmp_path.rglob("*.yaml")))
    assert len(files) == count
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    run = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_who_runs_the_code_of_a_pull_request_may_only_read() -> None:
    review, _ = documents(Format.GITHUB_REVIEW)
    assert review["on"] == {"pull_request": {"paths": ["db/migrations/**"]}}
    assert review["permissions"] == {"contents": "read"}
    assert "secrets." not in yaml.safe_dump(review)
    checkout, _, install, run, keep = review["jobs"]["review"]["steps"]
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert install["run"] == "pip install -e '.[dev]'"
    words = shlex.split(run["run"])
    assert words[:5] == ["dbkit", "migrate", "review", "--line", "db/migrations"]
    assert words[-2:] == ["--new-since", "origin/$BASE"]
    # Findings end the step, and are told all the same.
    assert keep["if"] == "${{ !cancelled() }}"


def test_who_may_comment_runs_nothing_of_a_pull_request() -> None:
    review, told = documents(Format.GITHUB_REVIEW)
    assert told["on"]["workflow_run"]["workflows"] == [review["name"]]
    assert told["permissions"] == {"actions": "read", "pull-requests": "write"}
    take, say = told["jobs"]["comment"]["steps"]
    assert "actions/checkout" not in yaml.safe_dump(told)
    assert take["with"]["name"] == review["jobs"]["review"]["steps"][-1]["with"]["name"]
    # What others call their branches stands in variables, and in no text that is run.
    assert "${{" not in say["run"]
    assert say["run"] == Path(comment.__file__).read_text()


def test_a_build_says_what_it_found_after_it_has_commented() -> None:
    (build,) = documents(Format.CLOUD_BUILD_REVIEW)
    steps = {each["id"]: each for each in build["steps"]}
    assert list(steps) == ["server", "base", "server-is-ready", "review", "comment", "verdict"]
    assert [name for name, each in steps.items() if "secretEnv" in each] == ["comment"]
    assert build["availableSecrets"]["secretManager"][0]["versionName"].endswith("/shop-GITHUB_TOKEN/versions/latest")
    assert "|| echo $$? > review.code" in steps["review"]["args"][1]
    # Cloud Build takes two dollars for one.
    assert steps["comment"]["args"][1].replace("$$", "$") == Path(comment.__file__).read_text()


def test_a_command_that_a_template_would_change_is_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="installs") as refused:
        manifest_files(replace(PLAIN, install="pip install $PACKAGE"), Format.GITHUB_REVIEW)
    assert refused.value.fields == ("install",)


def test_the_command(dbkit: Command, tmp_path: Path) -> None:
    run = dbkit(f"migrate manifests --format github-review --line migrations --output {tmp_path}")
    assert (run.code, run.err) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "dbkit-migrate-review-comment.yaml",
        "dbkit-migrate-review.yaml",
    ]
    assert "jobs are of an environment" in dbkit("migrate manifests --format helm --image a/b:1").err


def test_both_know_one_marker() -> None:
    assert (comment.MARKER, comment.LENGTH_MAX) == (MARKER, LENGTH_MAX)


@dataclass
class GitHub:
    """As much of GitHub as a comment needs: one open pull request, and its comments."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        self.asked.append(f"{method} {path.partition('?')[0]}")
        is_first = path.endswith("page=1")
        if "/pulls?" in path:
            assert "head=stranger%3Aa%22%24b" in path
            pulls = [{"number": 6, "head": {"sha": "old"}}, {"number": 7, "head": {"sha": "abc"}}]
            return pulls if is_first else []
        if method == "GET":
            return self.comments if is_first else []
        if method == "POST":
            assert body is not None
            self.comments.append({"id": 90, "user": {"login": "github-actions[bot]"}, **body})
        else:
            self.comments[[each["id"] for each in self.comments].index(int(path.rpartition("/")[2]))] |= body or {}
        return {}


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[GitHub]:
    """GitHub, and the variables of a job that comments there."""
    found = GitHub()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            assert self.headers["Authorization"] == "Bearer secret"
            text = json.dumps(found.answer(self.command, self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def do_POST(self) -> None:
            self.do_GET()

        def do_PATCH(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        variables = {
            "API_URL": f"http://127.0.0.1:{server.server_port}",
            "TOKEN": "secret",
            "AUTHOR": "github-actions[bot]",
            "REPOSITORY": "shop/shop",
            "HEAD_OWNER": "stranger",
            "HEAD_BRANCH": 'a"$b',
            "HEAD_SHA": "abc",
            "BODY_FILE": str(tmp_path / "review.md"),
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        yield found
        server.shutdown()
        thread.join()


def run_program() -> None:
    runpy.run_path(comment.__file__, run_name="__main__")


def test_a_review_is_written_over_the_one_before(github: GitHub, tmp_path: Path) -> None:
    (tmp_path / "review.md").write_text(f"{MARKER}\nfirst")
    github.comments.append({"id": 1, "user": {"login": "stranger"}, "body": f"{MARKER}\nmine"})
    run_program()
    (tmp_path / "review.md").write_text(f"{MARKER}\nsecond")
    run_program()
    assert [each["body"] for each in github.comments] == [f"{MARKER}\nmine", f"{MARKER}\nsecond"]
    assert "POST /repos/shop/shop/issues/7/comments" in github.asked
    assert github.asked[-1] == "PATCH /repos/shop/shop/issues/comments/90"


def test_what_strangers_write_is_cut_and_marked(github: GitHub, tmp_path: Path) -> None:
    (tmp_path / "review.md").write_text("x" * 70_000)
    run_program()
    (body,) = [each["body"] for each in github.comments]
    assert body.startswith(f"{MARKER}\nxxx")
    assert len(body) == LENGTH_MAX


@pytest.mark.parametrize("case", ["none", "link", "closed"])
def test_nothing_is_written_without_a_review_or_a_pull_request(
    github: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    if case == "link":
        (tmp_path / "secret").write_text("what nobody else must see")
        (tmp_path / "review.md").symlink_to(tmp_path / "secret")
    elif case == "closed":
        (tmp_path / "review.md").write_text(MARKER)
        monkeypatch.setenv("HEAD_SHA", "another")
    run_program()
    assert github.comments == []
    assert re.match("there is nothing to say", capsys.readouterr().out)


def documents(format_: Format) -> list[dict[str, Any]]:
    return [yaml.safe_load(text) for text in manifest_files(FULL, format_).values()]
