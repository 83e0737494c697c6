"""What a team says about the jobs of its deploys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "GRACE_SECONDS",
    "PORT",
    "PROXY_IMAGE",
    "RETRIES",
    "URL_VARIABLE",
    "USER",
    "Deployment",
    "Proxy",
]

URL_VARIABLE = "DBKIT_URL"
GRACE_SECONDS = 60
"""What a stopped job has to cancel its statement and to roll back; it needs no more than five."""
RETRIES = 1
"""How often a failed job is tried again: what a broken network stopped goes on where it was."""
USER = 65532
"""The user and the group that a container runs as, which is nobody's on the host."""
PORT = 5432
PROXY_IMAGE = "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.18.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """The Cloud SQL Auth Proxy beside a job: `instance` is `project:region:instance`.

    With `iam` it logs in as the job's own service account, and the URL needs no password.
    """

    instance: str
    image: str = PROXY_IMAGE
    private_ip: bool = False
    iam: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """The jobs of an environment.

    `secret` names what holds `DBKIT_URL` and the other `secret_variables`, each under the variable's own name;
    `plain_variables` are written down. `line` is the folder of another line of revisions in the image than dbkit's own.
    With `registry_login`, a workflow logs in to the image's registry; elsewhere, accounts have that right.
    `deadline_seconds` is what a job may take in all, its second try included.

    A review of pull requests has no environment and no image: `install` is the command that installs the project there,
    `line` a folder of the repository, and `sizes` a file in it that `dbkit migrate statistics` wrote.
    """

    environment: str
    image: str | None = None
    name: str = "dbkit-migrate"
    namespace: str | None = None
    service_account: str | None = None
    secret: str = "dbkit-migrate"  # noqa: S105 (the secret's name)
    secret_variables: tuple[str, ...] = ()
    plain_variables: Mapping[str, str] = field(default_factory=dict)
    registry_login: bool = False
    line: str | None = None
    patience_seconds: int = 600
    deadline_seconds: int = 3600
    proxy: Proxy | None = None
    install: str = "pip install '.[lint]'"
    sizes: str | None = None

    @property
    def variables(self) -> dict[str, str]:
        """The variables that are no secret."""
        return {"DBKIT_ENV": self.environment, "DBKIT_SERVICE": "migrations", **self.plain_variables}

    @property
    def secrets(self) -> tuple[str, ...]:
        """The variables that are read from the secret, each once."""
        return tuple(dict.fromkeys((URL_VARIABLE, *self.secret_variables)))
