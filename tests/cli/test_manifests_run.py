"""The jobs run: their own commands and variables, in an empty folder, with dbkit from its wheel as an image has it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.manifests import Format
from dbkit.migrate.report import Options
from dbkit.migrate.runner import down
from tests.migrate.manifests import PLAIN, jobs
from tests.wheel import python_with_wheel


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has dbkit from its wheel, and what dbkit needs from this one."""
    scratch = tmp_path_factory.mktemp("image")
    return python_with_wheel(scratch).parent


def run(job: dict[str, Any], programs: Path, folder: Path, secret: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a job's container, its variables read from the secret as Kubernetes reads them."""
    (container,) = job["spec"]["template"]["spec"]["containers"]
    environment = {"PATH": str(programs)}
    for variable in container["env"]:
        reference = variable.get("valueFrom")
        environment[variable["name"]] = secret[reference["secretKeyRef"]["key"]] if reference else variable["value"]
    (program,) = container["command"]
    command = [str(programs / program), *container["args"]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_jobs_of_a_deploy_run_in_an_empty_folder(programs: Path, postgres_url: str, tmp_path: Path) -> None:
    """The first deploy brings everything; those behind it bring their own release, one part before the rollout."""
    before, after = jobs(PLAIN, Format.KUBERNETES)
    secret = {"DBKIT_URL": postgres_url}
    head = Line.read(None).revisions[-1]
    told = "nothing checks what is applied in prod: DBKIT_PROMOTION_PUBLIC_KEY is not set\n"

    first = run(before, programs, tmp_path, secret)
    assert (first.returncode, first.stderr) == (0, told)
    assert version(postgres_url) == head.id
    down(postgres_url, options=Options(lossy=True))
    assert version(postgres_url) != head.id
    early = run(after, programs, tmp_path, secret)
    assert (early.returncode, early.stdout) == (1, "")
    assert f"{head} (expand) comes before the contracts" in early.stderr
    second = run(before, programs, tmp_path, secret)
    assert (second.returncode, second.stderr) == (0, told)
    assert version(postgres_url) == head.id
    assert run(after, programs, tmp_path, secret).stdout.startswith("nothing to do")
    assert list(tmp_path.iterdir()) == []


def test_a_job_that_cannot_reach_its_database_says_so_and_shows_no_password(programs: Path, tmp_path: Path) -> None:
    (before, _) = jobs(PLAIN, Format.KUBERNETES)
    done = run(before, programs, tmp_path, {"DBKIT_URL": "postgresql://migrator:hunter2@127.0.0.1:1/shop"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("dbkit: ")
    assert "hunter2" not in done.stderr


def version(url: str) -> str:
    with psycopg.connect(url) as connection:
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    return str(found)
