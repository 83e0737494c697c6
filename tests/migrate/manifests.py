"""Deployments, and their manifests read back by a YAML parser as whoever runs them reads them."""

from __future__ import annotations

import re
from typing import Any

import yaml

from dbkit.migrate.manifests import Deployment, Format, Proxy, manifest_files

__all__ = ["DEPLOYMENTS", "FULL", "PLAIN", "documents", "jobs", "rendered"]

PLAIN = Deployment(environment="prod", image="registry.example/shop:1.4.2")
FULL = Deployment(
    environment="staging",
    image=f"europe-docker.pkg.dev/shop-1/apps/shop@sha256:{'0' * 64}",
    name="shop-migrations",
    namespace="shop",
    service_account="migrator",
    secret="shop-database",
    secret_variables=("DBKIT_MASTER_KEY", "DBKIT_URL"),
    plain_variables={"DBKIT_KEY_SERVICE": "shop.keys:service"},
    registry_login=True,
    line="/opt/shop/migrations",
    patience_seconds=300,
    deadline_seconds=7200,
    proxy=Proxy(instance="example.com:shop-1:europe-west1:main", private_ip=True, iam=True),
)
DEPLOYMENTS = {"plain": PLAIN, "full": FULL}

_VALUE = re.compile(r"\{\{ \.Values\.([\w.]+) \}\}")


def documents(deployment: Deployment, format_: Format) -> dict[str, Any]:
    """Return the documents of a format by the names of their files; those of a chart with its values filled in."""
    files = manifest_files(deployment, format_)
    if format_ is Format.HELM:
        files = rendered(files)
    return {name: yaml.safe_load(text) for name, text in files.items()}


def rendered(files: dict[str, str]) -> dict[str, str]:
    """Return the files of a chart with its values where they are named: as much of Helm as the chart needs."""
    values = yaml.safe_load(files["values.yaml"])

    def value(found: re.Match[str]) -> str:
        at = values
        for part in found[1].split("."):
            at = at[part]
        assert isinstance(at, str)
        return at

    return {name: _VALUE.sub(value, text) for name, text in files.items()}


def jobs(deployment: Deployment, format_: Format) -> list[Any]:
    """Return the jobs of a format of Kubernetes: the one before the rollout, then the one after it."""
    return [each for each in documents(deployment, format_).values() if each.get("kind") == "Job"]
