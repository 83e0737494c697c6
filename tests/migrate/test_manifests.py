"""The manifests are what those who read them take, by their own schemas, and say what they should."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from dbkit.cli.manifests import Written
from dbkit.migrate.manifests import Deployment, Format, Moment, Proxy, arguments, differing, manifest_files, write
from dbkit.migrate.report import Options
from dbkit.pool.profiles import read_profiles
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.manifests import DEPLOYMENTS, FULL, PLAIN, documents, jobs, rendered

ON_KUBERNETES = [Format.KUBERNETES, Format.HELM, Format.ARGOCD]
REVIEWS = [Format.GITHUB_REVIEW, Format.CLOUD_BUILD_REVIEW]
WITH_JOBS = [each for each in Format if each not in (Format.CONTAINER, *REVIEWS)]
EACH_DEPLOYMENT = pytest.mark.parametrize("deployment", DEPLOYMENTS.values(), ids=DEPLOYMENTS)


@EACH_DEPLOYMENT
@pytest.mark.parametrize("format_", ON_KUBERNETES)
@pytest.mark.parametrize("version", ["1.29", kubernetes_validate.latest_version()])
def test_kubernetes_takes_the_jobs(deployment: Deployment, format_: Format, version: str) -> None:
    found = jobs(deployment, format_)
    assert len(found) == 2
    for job in found:
        kubernetes_validate.validate(job, version, strict=True)


def test_the_schema_would_find_what_is_wrong() -> None:
    job, _ = jobs(PLAIN, Format.KUBERNETES)
    job["spec"]["template"]["spec"]["restartPolicies"] = "Never"
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(job, "1.29", strict=True)


@pytest.mark.parametrize(
    ("format_", "schema"),
    [(Format.CLOUD_BUILD, "vendor.cloudbuild"), (Format.GITHUB_ACTIONS, "vendor.github-workflows")],
)
def test_builds_and_workflows_fit_their_schemas(tmp_path: Path, format_: Format, schema: str) -> None:
    for name, deployment in DEPLOYMENTS.items():
        write(tmp_path / name, manifest_files(deployment, format_))
    good = sorted(map(str, tmp_path.rglob("*.yaml")))
    assert len(good) == 4
    bad = tmp_path / "bad.yaml"
    bad.write_text('steps:\n  - names: "shop"\n"on": nothing\njobs: {}\n')
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "--output-format", "json"]
    run = subprocess.run([*command, *good, str(bad)], capture_output=True, text=True, check=False)
    told = json.loads(run.stdout)
    assert (run.returncode, {each["filename"] for each in told["errors"]}) == (1, {str(bad)}), run.stdout + run.stderr


@EACH_DEPLOYMENT
@pytest.mark.parametrize("format_", WITH_JOBS)
def test_both_moments_have_their_command(deployment: Deployment, format_: Format) -> None:
    before, after = (documents(deployment, format_)[name] for name in _names(deployment, format_))
    assert _command(before) == ["dbkit", *arguments(deployment, Moment.BEFORE)]
    assert _command(after) == ["dbkit", *arguments(deployment, Moment.AFTER)]


def test_arguments() -> None:
    assert arguments(PLAIN, Moment.BEFORE) == [
        "migrate",
        "apply",
        "--phase",
        "expand",
        "--all-if-empty",
        "--patience",
        "600",
    ]
    line = ["--line", "/opt/shop/migrations"]
    assert arguments(FULL, Moment.AFTER) == [
        "migrate",
        "apply",
        "--phase",
        "contract",
        "--services-patience",
        "150",
        "--patience",
        "300",
        *line,
    ]
    assert PLAIN.patience_seconds == Options().patience_seconds


@pytest.mark.parametrize("format_", ON_KUBERNETES)
def test_a_job_is_ended_gently_and_tried_again_only_where_that_helps(format_: Format) -> None:
    for job in jobs(PLAIN, format_):
        spec = job["spec"]
        pod = spec["template"]["spec"]
        assert (pod["restartPolicy"], pod["terminationGracePeriodSeconds"]) == ("Never", 60)
        assert spec["backoffLimit"] == 1
        assert spec["activeDeadlineSeconds"] > 2 * PLAIN.patience_seconds
        assert spec["podReplacementPolicy"] == "Failed"
        evicted, refused = spec["podFailurePolicy"]["rules"]
        assert (evicted["action"], evicted["onPodConditions"][0]["type"]) == ("Ignore", "DisruptionTarget")
        assert (refused["action"], refused["onExitCodes"]["values"]) == ("FailJob", [1])
        assert refused["onExitCodes"]["containerName"] == pod["containers"][0]["name"]


@EACH_DEPLOYMENT
@pytest.mark.parametrize("format_", ON_KUBERNETES)
def test_containers_may_do_no_more_than_they_need(deployment: Deployment, format_: Format) -> None:
    for job in jobs(deployment, format_):
        pod = job["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for container in [*pod["containers"], *pod.get("initContainers", ())]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["requests"]["memory"]
            assert container["resources"]["limits"]["memory"]


@pytest.mark.parametrize("format_", ON_KUBERNETES)
def test_the_url_comes_from_the_secret(format_: Format) -> None:
    for job in jobs(FULL, format_):
        (container,) = job["spec"]["template"]["spec"]["containers"]
        assert container["env"] == [
            {"name": "DBKIT_ENV", "value": "staging"},
            {"name": "DBKIT_SERVICE", "value": "migrations"},
            {"name": "DBKIT_KEY_SERVICE", "value": "shop.keys:service"},
            *(
                {"name": name, "valueFrom": {"secretKeyRef": {"name": "shop-database", "key": name}}}
                for name in ("DBKIT_URL", "DBKIT_MASTER_KEY")
            ),
        ]


def test_the_url_comes_from_the_secret_elsewhere() -> None:
    build = documents(FULL, Format.CLOUD_BUILD)["cloudbuild-shop-migrations-before.yaml"]
    assert build["availableSecrets"]["secretManager"][0] == {
        "versionName": "projects/$PROJECT_ID/secrets/shop-database-DBKIT_URL/versions/latest",
        "env": "DBKIT_URL",
    }
    assert build["steps"][-1]["secretEnv"] == ["DBKIT_URL", "DBKIT_MASTER_KEY"]
    workflow = documents(FULL, Format.GITHUB_ACTIONS)["shop-migrations-before.yaml"]
    step = workflow["jobs"]["migrate"]["steps"][-1]
    assert step["env"]["DBKIT_URL"] == "${{ secrets.DBKIT_URL }}"
    # A command line is seen by everybody on the machine.
    assert "secrets" not in step["run"]


@pytest.mark.parametrize("format_", ON_KUBERNETES)
def test_the_proxy_is_there_before_the_command_and_after_it(format_: Format) -> None:
    for job in jobs(FULL, format_):
        (sidecar,) = job["spec"]["template"]["spec"]["initContainers"]
        # What makes a container of this list a sidecar.
        assert sidecar["restartPolicy"] == "Always"
        assert sidecar["startupProbe"]["httpGet"] == {"path": "/startup", "port": 9090}
        assert {"--health-check", "--http-port=9090", "--http-address=0.0.0.0"} <= set(sidecar["args"])
        assert sidecar["args"][-3:] == ["--private-ip", "--auto-iam-authn", "example.com:shop-1:europe-west1:main"]
    for job in jobs(PLAIN, format_):
        assert "initContainers" not in job["spec"]["template"]["spec"]


def test_the_proxy_is_waited_for_elsewhere() -> None:
    build = documents(FULL, Format.CLOUD_BUILD)["cloudbuild-shop-migrations-after.yaml"]
    start, wait, migrate = build["steps"]
    assert {"--detach", "--name=cloud-sql-proxy", "--network=cloudbuild"} <= set(start["args"])
    assert wait["args"] == ["wait", "--http-address=cloud-sql-proxy", "--http-port=9090", "--max=60s"]
    assert migrate["id"] == "migrate-after"
    workflow = documents(FULL, Format.GITHUB_ACTIONS)["shop-migrations-after.yaml"]
    registry, login, start, wait, _ = workflow["jobs"]["migrate"]["steps"]
    assert registry["with"]["registry"] == "europe-docker.pkg.dev"
    assert login["uses"].startswith("google-github-actions/auth@")
    assert "--credentials-file=/credentials.json" in shlex.split(start["run"])
    assert shlex.split(wait["run"])[-4:] == ["wait", "--http-address=127.0.0.1", "--http-port=9090", "--max=60s"]
    assert workflow["permissions"] == {"id-token": "write"}


def test_hooks() -> None:
    assert [job["metadata"]["annotations"] for job in jobs(PLAIN, Format.HELM)] == [
        {"helm.sh/hook": "pre-install,pre-upgrade", "helm.sh/hook-delete-policy": "before-hook-creation"},
        {"helm.sh/hook": "post-install,post-upgrade", "helm.sh/hook-delete-policy": "before-hook-creation"},
    ]
    hooks = [job["metadata"]["annotations"]["argocd.argoproj.io/hook"] for job in jobs(PLAIN, Format.ARGOCD)]
    assert hooks == ["PreSync", "PostSync"]
    assert all("ttlSecondsAfterFinished" not in job["spec"] for job in jobs(PLAIN, Format.HELM))
    assert all("ttlSecondsAfterFinished" in job["spec"] for job in jobs(PLAIN, Format.KUBERNETES))


@EACH_DEPLOYMENT
def test_a_chart_is_yaml_before_its_values_are_filled_in_and_says_the_same_after(deployment: Deployment) -> None:
    files = manifest_files(deployment, Format.HELM)
    templates = [yaml.safe_load(text) for name, text in files.items() if name.startswith("templates/")]
    assert [each["kind"] for each in templates] == ["Job", "Job"]
    assert not any(re.search(r"\{\{|\}\}", text) for text in rendered(files).values())
    plain, chart = jobs(replace(deployment, namespace=None), Format.KUBERNETES), jobs(deployment, Format.HELM)
    assert [each["spec"]["template"] for each in plain] == [each["spec"]["template"] for each in chart]


def test_no_run_on_github_is_dropped_for_a_newer_one() -> None:
    for workflow in documents(PLAIN, Format.GITHUB_ACTIONS).values():
        assert workflow["on"] == {"workflow_call": {}}
        assert not {"concurrency"} & {*workflow, *workflow["jobs"]["migrate"]}
        step = workflow["jobs"]["migrate"]["steps"][-1]
        assert step["timeout-minutes"] * 60 >= PLAIN.deadline_seconds


@pytest.mark.parametrize(
    ("image", "registry", "user", "permissions"),
    [
        ("ghcr.io/shop/shop:1", "ghcr.io", "${{ github.actor }}", {"packages": "read"}),
        ("localhost:5000/shop:1", "localhost:5000", "${{ secrets.REGISTRY_USERNAME }}", {}),
        ("shop/shop:1", "docker.io", "${{ secrets.REGISTRY_USERNAME }}", {}),
    ],
)
def test_a_workflow_logs_in_to_a_private_registry(
    image: str, registry: str, user: str, permissions: dict[str, str]
) -> None:
    private = replace(PLAIN, image=image, registry_login=True)
    for workflow in documents(private, Format.GITHUB_ACTIONS).values():
        login, migrate = workflow["jobs"]["migrate"]["steps"]
        assert (login["with"]["registry"], login["with"]["username"]) == (registry, user)
        assert workflow["permissions"] == permissions
        assert image in shlex.split(migrate["run"])


def test_the_containerfile_runs_the_command_as_nobody() -> None:
    (text,) = manifest_files(replace(PLAIN, image=None), Format.CONTAINER).values()
    final = text[text.rindex("\nFROM") :].splitlines()
    assert "USER 65532:65532" in final
    assert 'ENTRYPOINT ["dbkit"]' in final
    assert jobs(PLAIN, Format.KUBERNETES)[0]["spec"]["template"]["spec"]["securityContext"]["runAsUser"] == 65532


def test_every_environment_with_deploys_has_jobs() -> None:
    profiles = read_profiles()
    for environment in set(profiles.environments) - {"local"}:
        (before, _) = manifest_files(replace(PLAIN, environment=environment), Format.KUBERNETES, profiles).values()
        assert profiles.environments[environment].what in before.splitlines()[0]


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"environment": "production"}, "env", "no deploys to an environment 'production'"),
        ({"environment": "local"}, "env", "There are: preview, dev, staging, prod"),
        ({"image": None}, "image", "no image is given"),
        ({"image": "shop"}, "image", "may be another one tomorrow"),
        ({"image": "shop:latest"}, "image", "may be another one tomorrow"),
        ({"image": "shop; rm:1"}, "image", "is no image"),
        ({"name": "Shop"}, "name", "is no name of a job"),
        ({"name": "s" * 57}, "name", "too long"),
        ({"namespace": "shop_1"}, "namespace", "is no namespace"),
        ({"secret": "{{ x }}"}, "secret", "is no name of a secret"),
        ({"secret_variables": ("PASSWORD=1",)}, "secret_variable", "is no variable's name"),
        ({"plain_variables": {"DBKIT_URL": "postgresql:///shop"}}, "variable", "may be written down"),
        ({"plain_variables": {"SHOP_URL": "postgresql://a:b@c/shop"}}, "variable", "every format takes"),
        ({"service_account": "a b"}, "service_account", "is no service account"),
        ({"line": "$HOME/line"}, "line", "is no folder"),
        ({"proxy": Proxy(instance="main")}, "proxy", "project:region:name"),
        ({"proxy": Proxy(instance="a:b:c", image="proxy")}, "proxy_image", "may be another one tomorrow"),
        ({"patience_seconds": 60}, "patience", "a statement of bi may use a table for 120 s"),
        ({"deadline_seconds": 1620}, "deadline", "more than 1620 s"),
    ],
)
def test_what_is_refused(change: dict[str, Any], field: str, told: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=re.escape(told)) as error:
        manifest_files(replace(PLAIN, **change), Format.KUBERNETES)
    assert error.value.fields == (field,)


@pytest.mark.parametrize(
    "change",
    [{"secret_variables": ("SHOP_KEY=hunter2",)}, {"plain_variables": {"SHOP_URL": "postgresql://a:hunter2@c/shop"}}],
)
def test_what_may_be_a_secret_is_not_shown_when_it_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationInvalid, match="SHOP_") as error:
        manifest_files(replace(PLAIN, **change), Format.KUBERNETES)
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("image", ["shop:1", "host:5000/a/b_c:1.4.2", f"r.example/shop@sha256:{'a' * 64}"])
def test_images(image: str) -> None:
    for job in jobs(replace(PLAIN, image=image), Format.ARGOCD):
        assert job["spec"]["template"]["spec"]["containers"][0]["image"] == image


def test_a_folder_is_written_once_and_compared(tmp_path: Path) -> None:
    files = manifest_files(PLAIN, Format.HELM)
    assert differing(tmp_path, files) == write(tmp_path, files) == list(files)
    assert differing(tmp_path, files) == write(tmp_path, files) == []
    later = manifest_files(replace(PLAIN, image="registry.example/shop:1.4.3"), Format.HELM)
    assert differing(tmp_path, later) == write(tmp_path, later) == ["values.yaml"]


def test_what_somebody_else_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "values.yaml").write_text("image: shop\n")
    with pytest.raises(ConfigurationInvalid, match="is in the way"):
        write(tmp_path, manifest_files(PLAIN, Format.HELM))
    assert [path.name for path in tmp_path.iterdir()] == ["values.yaml"]


def test_the_command_line_knows_all_formats() -> None:
    assert {each.name: each.value for each in Written} == {each.name: each.value for each in Format}


def _names(deployment: Deployment, format_: Format) -> list[str]:
    return [name for name in manifest_files(deployment, format_) if name.endswith(("-before.yaml", "-after.yaml"))]


def _command(document: dict[str, Any]) -> list[str]:
    """Return what a document runs in the image."""
    if document.get("kind") == "Job":
        (container,) = document["spec"]["template"]["spec"]["containers"]
        return [*container["command"], *container["args"]]
    if "availableSecrets" in document:
        step = document["steps"][-1]
        return [step["entrypoint"], *step["args"]]
    words = shlex.split(document["jobs"]["migrate"]["steps"][-1]["run"])
    at = next(number for number, word in enumerate(words) if word.startswith("--entrypoint="))
    return [words[at].removeprefix("--entrypoint="), *words[at + 2 :]]
