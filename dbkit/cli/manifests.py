"""`dbkit migrate manifests`: the jobs of a deploy, for those who run them."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dbkit.cli.output import AsJson, write_json

if TYPE_CHECKING:
    from dbkit.migrate.manifests import Deployment

__all__ = ["manifests"]


class Written(StrEnum):
    """Who runs the jobs; `container` is the file of the image that they run."""

    KUBERNETES = "kubernetes"
    HELM = "helm"
    ARGOCD = "argocd"
    CLOUD_BUILD = "cloud-build"
    GITHUB_ACTIONS = "github-actions"
    CONTAINER = "container"
    GITHUB_REVIEW = "github-review"
    CLOUD_BUILD_REVIEW = "cloud-build-review"


Environment: TypeAlias = Annotated[
    str | None, typer.Option(help="The environment; a review has none.", envvar="DBKIT_ENV", metavar="NAME")
]
SecretVariables: TypeAlias = Annotated[
    list[str] | None, typer.Option(help="Another variable from the secret: DBKIT_MASTER_KEY.", metavar="NAME")
]
PlainVariables: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(help="A variable that is no secret: DBKIT_KEY_SERVICE=shop.keys:service.", metavar="NAME=VALUE"),
]
RegistryLogin: TypeAlias = Annotated[
    bool, typer.Option("--registry-login", help="A workflow of GitHub logs in to the image's registry.")
]
LineFolder: TypeAlias = Annotated[
    str | None, typer.Option(help="The folder of the line, in the image or, of a review, in git.", metavar="FOLDER")
]
Install: TypeAlias = Annotated[
    str | None, typer.Option(help="What installs the project, for a review.", metavar="COMMAND")
]
Sizes: TypeAlias = Annotated[
    str | None, typer.Option(help="A file in git with the sizes of tables, for a review.", metavar="FILE")
]


def manifests(  # noqa: PLR0913 (options of a command line)
    *,
    env: Environment = None,
    format_: Annotated[Written, typer.Option("--format", help="Who runs the jobs, or their image.")] = (
        Written.KUBERNETES
    ),
    image: Annotated[str | None, typer.Option(help="The release's image, with its tag or digest.")] = None,
    name: Annotated[str, typer.Option(help="What the jobs are called.")] = "dbkit-migrate",
    namespace: Annotated[str | None, typer.Option(help="Their namespace, in Kubernetes.")] = None,
    service_account: Annotated[str | None, typer.Option(help="The account that they run as.")] = None,
    secret: Annotated[str, typer.Option(help="The secret that holds DBKIT_URL, under that name.")] = "dbkit-migrate",  # noqa: S107 (the secret's name)
    secret_variable: SecretVariables = None,
    variable: PlainVariables = None,
    registry_login: RegistryLogin = False,
    line: LineFolder = None,
    install: Install = None,
    stats: Sizes = None,
    patience: Annotated[int, typer.Option(help="The seconds that `apply` waits at the most.", min=1)] = 600,
    deadline: Annotated[int, typer.Option(help="The seconds that a job may take, in all its tries.", min=1)] = 3600,
    proxy: Annotated[
        str | None, typer.Option(help="The Cloud SQL instance to reach by its proxy.", metavar="PROJECT:REGION:NAME")
    ] = None,
    proxy_image: Annotated[str | None, typer.Option(help="Another image of the proxy.")] = None,
    private_ip: Annotated[bool, typer.Option("--private-ip", help="The proxy takes the private address.")] = False,
    iam: Annotated[bool, typer.Option("--iam", help="The proxy logs in as the service account.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder; without it, all is printed.", metavar="FOLDER")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit with 1 where a file of the folder differs.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the jobs that migrate before a rollout and after it, from the profiles of an environment, or a review.

    Passwords stay in the secret, which the jobs refer to. A file that this has not written is never written over.
    """
    from dbkit.migrate.manifests import Deployment, Format, manifest_files

    if check and output is None:
        raise typer.BadParameter("it needs a folder to compare with", param_hint="--check")
    if env is None and format_ not in (Written.GITHUB_REVIEW, Written.CLOUD_BUILD_REVIEW):
        raise typer.BadParameter("jobs are of an environment", param_hint="--env")
    deployment = Deployment(
        environment=env or "",
        image=image,
        name=name,
        namespace=namespace,
        service_account=service_account,
        secret=secret,
        secret_variables=tuple(secret_variable or ()),
        plain_variables=dict(map(_named, variable or ())),
        registry_login=registry_login,
        line=line,
        patience_seconds=patience,
        deadline_seconds=deadline,
        sizes=stats,
    )
    if install is not None:
        deployment = replace(deployment, install=install)
    if proxy is not None:
        deployment = _with_proxy(deployment, proxy, proxy_image, private_ip=private_ip, iam=iam)
    elif proxy_image is not None or private_ip or iam:
        raise typer.BadParameter("there is no proxy without an instance", param_hint="--proxy")
    files = manifest_files(deployment, Format(format_.value))
    if output is None:
        _print(files, as_json=as_json)
    else:
        _give(files, output, check=check, as_json=as_json)


def _named(variable: str) -> tuple[str, str]:
    name, equals, value = variable.partition("=")
    if not equals:
        raise typer.BadParameter("name and value have = between them", param_hint="--variable")
    return name, value


def _with_proxy(deployment: Deployment, instance: str, image: str | None, *, private_ip: bool, iam: bool) -> Deployment:
    from dbkit.migrate.manifests import Proxy

    proxy = Proxy(instance=instance, private_ip=private_ip, iam=iam)
    return replace(deployment, proxy=proxy if image is None else replace(proxy, image=image))


def _print(files: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        write_json({"files": files})
    else:
        typer.echo("---\n".join(files.values()), nl=False)


def _give(files: dict[str, str], folder: Path, *, check: bool, as_json: bool) -> None:
    from dbkit.migrate.manifests import differing, write

    changed = differing(folder, files) if check else write(folder, files)
    if as_json:
        write_json({"folder": str(folder), "files": list(files), "differing" if check else "written": changed})
    else:
        told = "differs" if check else "wrote"
        lines = [f"{folder / each} {told}" if check else f"{told} {folder / each}" for each in changed]
        typer.echo("\n".join(lines) or "all is up to date")
    if check and changed:
        raise typer.Exit(1)
