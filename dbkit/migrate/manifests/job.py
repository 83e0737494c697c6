"""Jobs as Kubernetes runs them, on version 1.29 or newer: alone, and as hooks of Argo CD."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dbkit.migrate.manifests.commands import PROGRAM, Moment, arguments
from dbkit.migrate.manifests.deployment import GRACE_SECONDS, RETRIES, USER, Deployment, Proxy
from dbkit.migrate.manifests.proxy import HEALTH_PORT, proxy_arguments

__all__ = ["argocd_job", "job"]

_CONTAINER = "migrate"
_KEPT_SECONDS = 86_400
_ARGOCD_HOOKS = {Moment.BEFORE: "PreSync", Moment.AFTER: "PostSync"}


def job(deployment: Deployment, moment: Moment, annotations: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the job of a moment. Annotations make it a hook; without them, it goes a day after its end.

    A pod that is evicted, or whose node goes, does not count as a try, and its successor starts when it has ended. What
    the command has found or refused (exit code 1) is not tried again, for it would be the same.
    """
    labels = {"app.kubernetes.io/name": deployment.name, "app.kubernetes.io/component": "migration"}
    metadata: dict[str, Any] = {"name": f"{deployment.name}-{moment}"}
    if deployment.namespace is not None:
        metadata["namespace"] = deployment.namespace
    metadata["labels"] = labels
    if annotations:
        metadata["annotations"] = dict(annotations)
    spec = {
        "backoffLimit": RETRIES,
        "activeDeadlineSeconds": deployment.deadline_seconds,
        "podReplacementPolicy": "Failed",
        "podFailurePolicy": {"rules": _failures()},
        "template": {"metadata": {"labels": labels}, "spec": _pod(deployment, moment)},
    }
    if not annotations:
        spec = {"ttlSecondsAfterFinished": _KEPT_SECONDS, **spec}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": metadata, "spec": spec}


def argocd_job(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    """Return the job as a hook of a sync; the one of the sync before goes when this one is made."""
    annotations = {
        "argocd.argoproj.io/hook": _ARGOCD_HOOKS[moment],
        "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
    }
    return job(deployment, moment, annotations)


def _failures() -> list[dict[str, Any]]:
    return [
        {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
        {"action": "FailJob", "onExitCodes": {"containerName": _CONTAINER, "operator": "In", "values": [1]}},
    ]


def _pod(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    pod: dict[str, Any] = {"restartPolicy": "Never", "terminationGracePeriodSeconds": GRACE_SECONDS}
    if deployment.service_account is not None:
        pod["serviceAccountName"] = deployment.service_account
    # Neither the command nor the proxy speaks to the cluster.
    pod["automountServiceAccountToken"] = False
    pod["securityContext"] = {
        "runAsNonRoot": True,
        "runAsUser": USER,
        "runAsGroup": USER,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    if deployment.proxy is not None:
        pod["initContainers"] = [_sidecar(deployment.proxy)]
    pod["containers"] = [_container(deployment, moment)]
    pod["volumes"] = [{"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}}]
    return pod


def _container(deployment: Deployment, moment: Moment) -> dict[str, Any]:
    return {
        "name": _CONTAINER,
        "image": deployment.image,
        "command": [PROGRAM],
        "args": arguments(deployment, moment),
        "env": [*_plain(deployment), *_secret(deployment)],
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "512Mi"}},
        "securityContext": _confined(),
        # Why it failed is shown with the pod, after its log has gone.
        "terminationMessagePolicy": "FallbackToLogsOnError",
        "volumeMounts": [{"name": "tmp", "mountPath": "/tmp"}],  # noqa: S108 (a volume of the pod's own)
    }


def _plain(deployment: Deployment) -> list[dict[str, Any]]:
    return [{"name": name, "value": value} for name, value in deployment.variables.items()]


def _secret(deployment: Deployment) -> list[dict[str, Any]]:
    return [
        {"name": name, "valueFrom": {"secretKeyRef": {"name": deployment.secret, "key": name}}}
        for name in deployment.secrets
    ]


def _sidecar(proxy: Proxy) -> dict[str, Any]:
    """Return the proxy as a container that is ready before the job's own, and ends after it."""
    return {
        "name": "cloud-sql-proxy",
        "image": proxy.image,
        "restartPolicy": "Always",
        "args": proxy_arguments(proxy, "--http-address=0.0.0.0"),
        "startupProbe": {
            "httpGet": {"path": "/startup", "port": HEALTH_PORT},
            "periodSeconds": 1,
            "timeoutSeconds": 5,
            "failureThreshold": 60,
        },
        "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "256Mi"}},
        "securityContext": _confined(),
    }


def _confined() -> dict[str, Any]:
    return {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]}}
