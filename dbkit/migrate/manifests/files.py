"""The manifests as files, each with a few lines on what has to hold where it is used."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from dbkit.migrate.manifests.checking import check_deployment, check_image, check_review
from dbkit.migrate.manifests.cloud_build import cloud_build
from dbkit.migrate.manifests.commands import Moment
from dbkit.migrate.manifests.container import containerfile
from dbkit.migrate.manifests.deployment import Deployment
from dbkit.migrate.manifests.folder import WRITTEN
from dbkit.migrate.manifests.github_actions import github_workflow
from dbkit.migrate.manifests.helm import helm_chart, helm_job, helm_values
from dbkit.migrate.manifests.job import argocd_job, job
from dbkit.migrate.manifests.reviewing import cloud_build_review, github_comment, github_review
from dbkit.pool.profiles import Profiles, read_profiles
from dbkit.telemetry.yaml_text import yaml_lines

__all__ = ["Format", "manifest_files"]


class Format(StrEnum):
    """Who runs the jobs; `container` is the image that they run. A review is of pull requests, and no such job."""

    KUBERNETES = "kubernetes"
    HELM = "helm"
    ARGOCD = "argocd"
    CLOUD_BUILD = "cloud-build"
    GITHUB_ACTIONS = "github-actions"
    CONTAINER = "container"
    GITHUB_REVIEW = "github-review"
    CLOUD_BUILD_REVIEW = "cloud-build-review"


_AFTER = "Run it when the rollout is complete: it takes away what only the code before needed."
_NOTES = {
    (Format.KUBERNETES, Moment.BEFORE): "Run it before the rollout: it leaves what the code before needs.",
    (Format.KUBERNETES, Moment.AFTER): _AFTER,
    (Format.HELM, Moment.BEFORE): "It runs before the rollout; the secret has to be there before the release.",
    (Format.HELM, Moment.AFTER): "The rollout is complete when it runs only if the release is upgraded with --wait.",
    (Format.ARGOCD, Moment.BEFORE): "It runs before the sync; the secret has to be there before it.",
    (Format.ARGOCD, Moment.AFTER): "It runs when all that was synced is healthy, so when the rollout is complete.",
    (Format.CLOUD_BUILD, Moment.BEFORE): "Run it before the rollout: it leaves what the code before needs.",
    (Format.CLOUD_BUILD, Moment.AFTER): _AFTER,
    (Format.GITHUB_ACTIONS, Moment.BEFORE): "Call it before the rollout, with `secrets: inherit`.",
    (Format.GITHUB_ACTIONS, Moment.AFTER): "Call it when the rollout is complete, with `secrets: inherit`.",
}
_JOBS: dict[Format, tuple[str, Callable[[Deployment, Moment], dict[str, Any]]]] = {
    Format.KUBERNETES: ("", job),
    Format.HELM: ("templates/", helm_job),
    Format.ARGOCD: ("", argocd_job),
    Format.CLOUD_BUILD: ("cloudbuild-", cloud_build),
    Format.GITHUB_ACTIONS: ("", github_workflow),
}


_REVIEWS: dict[Format, tuple[tuple[str, Callable[[Deployment], dict[str, Any]], str], ...]] = {
    Format.GITHUB_REVIEW: (
        ("{}-review.yaml", github_review, "It runs the code of a pull request, and holds no secret."),
        (
            "{}-review-comment.yaml",
            github_comment,
            "GitHub runs it as the main branch has it; it holds the right to comment, and runs nothing of others.",
        ),
    ),
    Format.CLOUD_BUILD_REVIEW: (
        (
            "cloudbuild-{}-review.yaml",
            cloud_build_review,
            "For a trigger of pull requests that asks an owner before it builds those of strangers.",
        ),
    ),
}


def manifest_files(deployment: Deployment, format_: Format, profiles: Profiles | None = None) -> dict[str, str]:
    """Return the files of a format by their names.

    Raises `ConfigurationInvalid` for an environment that the profiles do not describe, for an image that may be
    another one tomorrow, for names that nobody takes, and for times that do not fit the environment's profiles.
    """
    if format_ in _REVIEWS:
        return _review_files(deployment, format_)
    profiles = read_profiles() if profiles is None else profiles
    check_deployment(deployment, profiles)
    if format_ is Format.CONTAINER:
        return {"Containerfile": f"{WRITTEN}.\n{containerfile()}"}
    check_image(deployment.image)
    told = f"{WRITTEN} for {deployment.environment}: {profiles.environments[deployment.environment].what}."
    files = {}
    if format_ is Format.HELM:
        files["Chart.yaml"] = _text([told], helm_chart(deployment))
        files["values.yaml"] = _text([told], helm_values(deployment))
    prefix, document = _JOBS[format_]
    for moment in Moment:
        note = f"# {_NOTES[format_, moment]}"
        files[f"{prefix}{deployment.name}-{moment}.yaml"] = _text([told, note], document(deployment, moment))
    return files


def _review_files(deployment: Deployment, format_: Format) -> dict[str, str]:
    check_review(deployment)
    return {
        name.format(deployment.name): _text([f"{WRITTEN}.", f"# {note}"], document(deployment))
        for name, document, note in _REVIEWS[format_]
    }


def _text(comments: list[str], document: dict[str, Any]) -> str:
    return "\n".join([*comments, *(line.rstrip() for line in yaml_lines(document))]) + "\n"
