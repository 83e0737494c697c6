"""`dbkit migrate manifests`: what it writes and where, and what the page about deploys says of it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.architecture.sources import PROJECT
from tests.cli.run import Command

PAGE = (PROJECT / "docs" / "deploy.md").read_text()
SHOWN = re.findall(r"^dbkit (migrate manifests (?:.*\\\n)*.*)$", PAGE, re.MULTILINE)
SHOP = "migrate manifests --env prod --image registry.example/shop:1.4.2"


def test_without_a_folder_all_is_printed(dbkit: Command) -> None:
    run = dbkit(SHOP)
    assert (run.code, run.err) == (0, "")
    assert [each["metadata"]["name"] for each in yaml.safe_load_all(run.out)] == [
        "dbkit-migrate-before",
        "dbkit-migrate-after",
    ]
    assert json.loads(dbkit(f"{SHOP} --json").out)["files"]["dbkit-migrate-before.yaml"] in run.out


def test_a_folder_is_written_and_checked(dbkit: Command, tmp_path: Path) -> None:
    folder = tmp_path / "deploy"
    missing = dbkit(f"{SHOP} --check --output {folder}")
    assert (missing.code, len(missing.out.splitlines())) == (1, 2)
    assert not folder.exists()
    before, after = folder / "dbkit-migrate-before.yaml", folder / "dbkit-migrate-after.yaml"
    assert dbkit(f"{SHOP} --output {folder}").out == f"wrote {before}\nwrote {after}\n"
    assert dbkit(f"{SHOP} --output {folder}").out == "all is up to date\n"
    assert dbkit(f"{SHOP} --check --output {folder}").code == 0
    after.write_text(after.read_text().replace("backoffLimit: 1", "backoffLimit: 6"))
    edited = dbkit(f"{SHOP} --check --output {folder} --json")
    assert (edited.code, json.loads(edited.out)["differing"]) == (1, [after.name])
    assert json.loads(dbkit(f"{SHOP} --output {folder} --json").out)["written"] == [after.name]


def test_what_somebody_else_wrote_is_not_written_over(dbkit: Command, tmp_path: Path) -> None:
    (tmp_path / "Containerfile").write_text("FROM scratch\n")
    run = dbkit(f"migrate manifests --env prod --format container --output {tmp_path}")
    assert (run.code, run.out) == (2, "")
    assert "is in the way" in run.err
    assert (tmp_path / "Containerfile").read_text() == "FROM scratch\n"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--env prod", "no image is given"),
        ("--env local --image shop:1", "There are: preview, dev, staging, prod"),
        ("--env prod --image shop:latest", "may be another one tomorrow"),
        ("--env prod --image shop:1 --check", "needs a folder"),
        ("--env prod --image shop:1 --iam", "no proxy without an instance"),
        ("--env prod --image shop:1 --deadline 600", "more than 1620 s"),
        ("--env prod --image shop:1 --variable SHOP", "= between them"),
        ("--image shop:1", "--env"),
    ],
)
def test_what_is_refused(dbkit: Command, options: str, told: str) -> None:
    run = dbkit(f"migrate manifests {options}")
    assert (run.code, run.out) == (2, "")
    assert told in " ".join(run.err.replace("│", " ").split())


def test_variables(dbkit: Command) -> None:
    run = dbkit(f"{SHOP} --variable A=x=y --secret-variable DBKIT_MASTER_KEY")
    (container,) = next(yaml.safe_load_all(run.out))["spec"]["template"]["spec"]["containers"]
    assert {"name": "A", "value": "x=y"} in container["env"]
    assert container["env"][-1]["valueFrom"]["secretKeyRef"]["key"] == "DBKIT_MASTER_KEY"


def test_the_environment_is_that_of_the_variable(dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_ENV", "staging")
    assert "# Written by `dbkit migrate manifests` for staging: " in dbkit("migrate manifests --image shop:1").out


def test_the_page_shows_every_format() -> None:
    formats = {found for command in SHOWN for found in re.findall(r"--format ([\w-]+)", command)}
    assert formats == {"kubernetes", "helm", "argocd", "cloud-build", "github-actions", "container"}


@pytest.mark.parametrize("command", SHOWN)
def test_what_the_page_shows_runs(
    dbkit: Command, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = dbkit(re.sub(r"\\\n|#.*", " ", command))
    assert (run.code, run.err) == (0, "")
    assert "wrote deploy/" in run.out
