"""Which jobs no environment can have: refused before a manifest says them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dbkit.migrate.manifests.commands import SERVICES_SECONDS
from dbkit.migrate.manifests.deployment import GRACE_SECONDS, RETRIES, Deployment
from dbkit.pool.profiles import Profiles
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["check_deployment", "check_image", "check_review"]

# Their databases are made where they are used: an embedded server, or a test's own.
_WITHOUT_JOBS = ("local", "test")
_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_ACCOUNT = re.compile(r"[a-z0-9]([-a-z0-9.@]*[a-z0-9])?")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
# What holds a secret, and what the jobs set themselves, is not for the command line.
_PLAIN = re.compile(r"(?!(DBKIT_(URL|ENV|SERVICE|MASTER_KEY)|PGPASSWORD)$)[A-Z][A-Z0-9_]*")
# Without the at sign, so that no URL with a password is one; without what shells and templates fill in.
_VALUE = re.compile(r"[\w./:,=+-]*")
_INSTANCE = re.compile(r"[a-z][a-z0-9.:-]*:[a-z0-9-]+:[a-z0-9-]+")
_FOLDER = re.compile(r"[\w./-]+")
# One line, without what shells and templates fill in.
_COMMAND = re.compile(r"[\w ./:=+'\"\[\],<>~&-]+")
_IMAGE = re.compile(
    r"[a-z0-9][a-z0-9._-]*(:\d+(?=/))?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(?P<tag>:[\w][\w.-]*)?(?P<digest>@sha256:[0-9a-f]{64})?"
)
# Jobs and labels end at 63 characters, and "-before" goes behind the name.
_NAME_LENGTH_MAX = 56


def check_deployment(deployment: Deployment, profiles: Profiles) -> None:
    """Raise `ConfigurationInvalid` for names that nobody takes, and for times that do not fit."""
    _check_environment(deployment.environment, profiles)
    _check_names(deployment)
    _check_values(deployment)
    if deployment.proxy is not None:
        check_image(deployment.proxy.image, "proxy_image")
    _check_times(deployment, profiles)


def check_review(deployment: Deployment) -> None:
    """Raise `ConfigurationInvalid` for names and a command that nobody takes, in what reviews pull requests."""
    _check_names(deployment)
    if not _COMMAND.fullmatch(deployment.install):
        raise ConfigurationInvalid(
            "the command that installs is none that every format takes as it is",
            fields=("install",),
            advice="Write one line without dollars and braces, or put it into a file of the repository.",
        )


def check_image(image: str | None, field: str = "image") -> None:
    """Raise `ConfigurationInvalid` where an image is not given, or is not the same one tomorrow."""
    found = None if image is None else _IMAGE.fullmatch(image)
    if found is None:
        told = "no image is given" if image is None else f"{image!r} is no image"
        raise ConfigurationInvalid(told, fields=(field,), advice="Name one: registry.example/shop:1.4.2.")
    if found["digest"] is None and found["tag"] in (None, ":latest"):
        raise ConfigurationInvalid(
            f"the image {image} may be another one tomorrow",
            fields=(field,),
            advice="Name the release's own, by its tag or digest: its revisions belong to its code.",
        )


def _check_environment(environment: str, profiles: Profiles) -> None:
    known = [name for name in profiles.environments if name not in _WITHOUT_JOBS]
    if environment not in known:
        raise ConfigurationInvalid(
            f"there are no deploys to an environment {environment!r}",
            fields=("env",),
            advice=f"There are: {', '.join(known)}. DBKIT_POOL_PROFILES may name a file that describes others.",
        )


def _check_names(deployment: Deployment) -> None:
    for field, value, pattern, what in _names(deployment):
        if value is not None and not pattern.fullmatch(value):
            name, equals, _ = value.partition("=")
            # What is behind it is not shown: whoever gives a name and a value here may have given a secret.
            shown = f"{name}=..." if equals else name
            raise ConfigurationInvalid(f"{shown!r} is no {what}", fields=(field,), advice=f"Give a valid {what}.")
    if len(deployment.name) > _NAME_LENGTH_MAX:
        raise ConfigurationInvalid(
            "the name is too long", fields=("name",), advice=f"Give one of up to {_NAME_LENGTH_MAX} characters."
        )


def _names(deployment: Deployment) -> Iterator[tuple[str, str | None, re.Pattern[str], str]]:
    yield "name", deployment.name, _LABEL, "name of a job"
    yield "namespace", deployment.namespace, _LABEL, "namespace"
    yield "service_account", deployment.service_account, _ACCOUNT, "service account"
    yield "secret", deployment.secret, _LABEL, "name of a secret"
    yield "line", deployment.line, _FOLDER, "folder in an image"
    yield "sizes", deployment.sizes, _FOLDER, "file of a repository"
    for variable in deployment.secret_variables:
        yield "secret_variable", variable, _VARIABLE, "variable's name"
    for variable in deployment.plain_variables:
        yield "variable", variable, _PLAIN, "variable that may be written down"
    instance = None if deployment.proxy is None else deployment.proxy.instance
    yield "proxy", instance, _INSTANCE, "instance of Cloud SQL (project:region:name)"


def _check_values(deployment: Deployment) -> None:
    for variable, value in deployment.plain_variables.items():
        # Nor is this one.
        if not _VALUE.fullmatch(value):
            raise ConfigurationInvalid(
                f"the value of {variable} is none that every format takes as it is",
                fields=("variable",),
                advice="Use letters, digits and ./:,=+-, or put it into the secret (--secret-variable).",
            )


def _check_times(deployment: Deployment, profiles: Profiles) -> None:
    service, seconds = _longest_statement(deployment.environment, profiles)
    if deployment.patience_seconds < seconds:
        raise ConfigurationInvalid(
            f"a statement of {service} may use a table for {seconds:g} s, and a revision would not wait so long for it",
            fields=("patience",),
            advice=f"Give a patience of {seconds:g} s or more.",
        )
    tries = (RETRIES + 1) * (deployment.patience_seconds + SERVICES_SECONDS + GRACE_SECONDS)
    if deployment.deadline_seconds <= tries:
        raise ConfigurationInvalid(
            f"a job of {deployment.deadline_seconds} s would be ended while it waits",
            fields=("deadline",),
            advice=f"Give a deadline of more than {tries} s: {RETRIES + 1} tries, each of patience,"
            f" {SERVICES_SECONDS} s for services, and a minute to end.",
        )


def _longest_statement(environment: str, profiles: Profiles) -> tuple[str, float]:
    """Return the service whose statements may take longest, by its profile, and for how many seconds."""
    found = [
        (profiles.profile(environment, [service]).figures.statement_timeout_seconds, service)
        for service in profiles.services
    ]
    seconds, service = max(found)
    return service, seconds
