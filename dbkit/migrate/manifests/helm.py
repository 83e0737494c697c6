"""A chart whose jobs are hooks of a release; it goes into the `charts` folder of the service's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dbkit.migrate.manifests.commands import Moment
from dbkit.migrate.manifests.deployment import Deployment
from dbkit.migrate.manifests.job import job

__all__ = ["helm_chart", "helm_job", "helm_values"]

_HOOKS = {Moment.BEFORE: "pre-install,pre-upgrade", Moment.AFTER: "post-install,post-upgrade"}


def helm_chart(deployment: Deployment) -> dict[str, Any]:
    """Return what a chart says of itself."""
    return {
        "apiVersion": "v2",
        "name": deployment.name,
        "description": "Migrations of the database, before and after a rollout",
        "type": "application",
        "version": "0.1.0",
        "kubeVersion": ">=1.29.0-0",
    }


def helm_values(deployment: Deployment) -> dict[str, Any]:
    """Return the values that a release may set anew: each is text, and stands in quotes where it is used."""
    values: dict[str, Any] = {"environment": deployment.environment, "image": deployment.image}
    values["secret"] = deployment.secret
    if deployment.service_account is not None:
        values["serviceAccount"] = deployment.service_account
    if deployment.proxy is not None:
        values["proxy"] = {"image": deployment.proxy.image, "instance": deployment.proxy.instance}
    return values


def helm_job(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    """Return the job as a template, which is YAML before its values are filled in as well as after it."""
    annotations = {"helm.sh/hook": _HOOKS[moment], "helm.sh/hook-delete-policy": "before-hook-creation"}
    return job(_template(deployment), moment, annotations)


def _template(deployment: Deployment) -> Deployment:
    proxy = deployment.proxy
    return replace(
        deployment,
        environment="{{ .Values.environment }}",
        image="{{ .Values.image }}",
        secret="{{ .Values.secret }}",  # noqa: S106 (the secret's name)
        # A release has a namespace of its own.
        namespace=None,
        service_account=None if deployment.service_account is None else "{{ .Values.serviceAccount }}",
        proxy=proxy and replace(proxy, image="{{ .Values.proxy.image }}", instance="{{ .Values.proxy.instance }}"),
    )
