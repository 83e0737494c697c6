"""What puts a review on a pull request: workflows of GitHub Actions, and a build of Cloud Build."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from dbkit.migrate.manifests import comment
from dbkit.migrate.manifests.commands import PROGRAM
from dbkit.migrate.manifests.deployment import Deployment

__all__ = ["cloud_build_review", "github_comment", "github_review"]

_RUNNER = "ubuntu-24.04"
_SERVER = "postgres:15"
_PYTHON = "3.13"
_MINUTES = 30
_MARKDOWN, _PAGE, _CODE = "review.md", "review.html", "review.code"
_CHECKOUT, _SETUP = "actions/checkout@v5", "actions/setup-python@v6"
_UPLOAD, _DOWNLOAD = "actions/upload-artifact@v4", "actions/download-artifact@v5"
_DOCKER, _GIT = "gcr.io/cloud-builders/docker", "gcr.io/cloud-builders/git"
_HOST = "review-server"
_BASE = "refs/remotes/origin/review-base"


def github_review(deployment: Deployment) -> dict[str, Any]:
    """Return the workflow that reviews: it runs the code of the pull request, and may do nothing but read it."""
    paths = {} if deployment.line is None else {"paths": [f"{deployment.line.strip('/')}/**"]}
    return {
        "name": _name(deployment),
        "on": {"pull_request": paths or None},
        "permissions": {"contents": "read"},
        "concurrency": {"group": f"{_name(deployment)}-${{{{ github.ref }}}}", "cancel-in-progress": True},
        "jobs": {
            "review": {
                "runs-on": _RUNNER,
                "timeout-minutes": _MINUTES,
                "services": {"server": _service()},
                "steps": _steps(deployment),
            }
        },
    }


def github_comment(deployment: Deployment) -> dict[str, Any]:
    """Return the workflow that comments: it may, and runs nothing of the pull request, be that of a fork or not."""
    run = "github.event.workflow_run"
    return {
        "name": f"{_name(deployment)}-comment",
        "on": {"workflow_run": {"workflows": [_name(deployment)], "types": ["completed"]}},
        "permissions": {"actions": "read", "pull-requests": "write"},
        "jobs": {
            "comment": {
                "if": f"{run}.event == 'pull_request' && {run}.conclusion != 'cancelled'",
                "runs-on": _RUNNER,
                "timeout-minutes": 5,
                "steps": [
                    {
                        "name": "Take the review",
                        "uses": _DOWNLOAD,
                        "continue-on-error": True,
                        "with": {
                            "name": _name(deployment),
                            "run-id": f"${{{{ {run}.id }}}}",
                            "github-token": "${{ github.token }}",
                        },
                    },
                    {
                        "name": "Comment",
                        "shell": "python",
                        "env": {
                            "TOKEN": "${{ github.token }}",
                            "API_URL": "${{ github.api_url }}",
                            "AUTHOR": "github-actions[bot]",
                            "REPOSITORY": "${{ github.repository }}",
                            "HEAD_OWNER": f"${{{{ {run}.head_repository.owner.login }}}}",
                            "HEAD_BRANCH": f"${{{{ {run}.head_branch }}}}",
                            "HEAD_SHA": f"${{{{ {run}.head_sha }}}}",
                            "BODY_FILE": _MARKDOWN,
                        },
                        "run": _program(),
                    },
                ],
            }
        },
    }


def cloud_build_review(deployment: Deployment) -> dict[str, Any]:
    """Return the build of a pull request; the token by which it comments is in Secret Manager.

    Steps of a build share the machine's Docker: code of the pull request could reach that token.
    """
    token = f"projects/$PROJECT_ID/secrets/{deployment.secret}-GITHUB_TOKEN/versions/latest"
    build: dict[str, Any] = {
        "steps": _build_steps(deployment),
        "timeout": f"{_MINUTES * 60}s",
        "availableSecrets": {"secretManager": [{"versionName": token, "env": "TOKEN"}]},
        "options": {"logging": "CLOUD_LOGGING_ONLY"},
    }
    if deployment.service_account is not None:
        build["serviceAccount"] = f"projects/$PROJECT_ID/serviceAccounts/{deployment.service_account}"
    return build


def _name(deployment: Deployment) -> str:
    return f"{deployment.name}-review"


def _service() -> dict[str, Any]:
    return {
        "image": _SERVER,
        "env": {"POSTGRES_HOST_AUTH_METHOD": "trust"},
        "ports": ["127.0.0.1:5432:5432"],
        "options": "--health-cmd=pg_isready --health-interval=2s --health-retries=30",
    }


def _steps(deployment: Deployment) -> list[dict[str, Any]]:
    # The base's name stands in a variable: in the text of a program it would be a part of that.
    review = f'{_review(deployment, "127.0.0.1")} --new-since "origin/$BASE"'
    upload = {"name": _name(deployment), "path": f"{_MARKDOWN}\n{_PAGE}\n", "if-no-files-found": "ignore"}
    return [
        {"uses": _CHECKOUT, "with": {"fetch-depth": 0, "persist-credentials": False}},
        {"uses": _SETUP, "with": {"python-version": _PYTHON}},
        {"name": "Install", "run": deployment.install},
        {"name": "Review", "env": {"BASE": "${{ github.base_ref }}"}, "run": review},
        {"name": "Keep the review", "if": "${{ !cancelled() }}", "uses": _UPLOAD, "with": upload},
    ]


def _build_steps(deployment: Deployment) -> list[dict[str, Any]]:
    run = ["run", "--detach", "--network=cloudbuild", f"--name={_HOST}", "--env=POSTGRES_HOST_AUTH_METHOD=trust"]
    base = f"+refs/heads/$_BASE_BRANCH:{_BASE}"
    safe = "git config --global --add safe.directory /workspace"
    review = f"{_review(deployment, _HOST)} --new-since {_BASE} || echo $$? > {_CODE}"
    about = ["NUMBER=$_PR_NUMBER", "REPOSITORY=$REPO_FULL_NAME", f"BODY_FILE={_MARKDOWN}"]
    slim = f"python:{_PYTHON}-slim"
    return [
        {"id": "server", "name": _DOCKER, "args": [*run, _SERVER]},
        {"id": "base", "name": _GIT, "args": ["fetch", "--unshallow", "origin", base]},
        {
            "id": "server-is-ready",
            "name": _SERVER,
            "entrypoint": "bash",
            "args": ["-c", f"until pg_isready --host={_HOST}; do sleep 1; done"],
            "timeout": "60s",
        },
        {
            "id": "review",
            "name": f"python:{_PYTHON}",
            "entrypoint": "bash",
            "args": ["-c", f"{safe} && {deployment.install} && {{ {review}; }}"],
        },
        {
            "id": "comment",
            "name": slim,
            "entrypoint": "python",
            # Cloud Build puts its own values where a dollar stands.
            "args": ["-c", _program().replace("$", "$$")],
            "env": about,
            "secretEnv": ["TOKEN"],
        },
        {"id": "verdict", "name": slim, "entrypoint": "bash", "args": ["-c", f"exit $$(cat {_CODE} || echo 0)"]},
    ]


def _review(deployment: Deployment, host: str) -> str:
    line = () if deployment.line is None else ("--line", deployment.line)
    sizes = () if deployment.sizes is None else ("--stats", deployment.sizes)
    server = f"postgresql://postgres@{host}:5432/postgres"
    files = ("--markdown", _MARKDOWN, "--html", _PAGE)
    return shlex.join([PROGRAM, "migrate", "review", *line, *sizes, "--dev-url", server, *files])


def _program() -> str:
    return Path(comment.__file__).read_text(encoding="utf-8")
