"""Who is told: what Alertmanager does with the alerts of an environment."""

from __future__ import annotations

from typing import Any

from dbkit.telemetry.rule import PAGING

__all__ = ["alertmanager_config"]

_SECRETS = "/etc/alertmanager/secrets"
_BECAUSE_DOWN = "DbkitPoolRefuses|DbkitPoolWaitsLong|DbkitPoolQueueLong|DbkitPoolCannotOpen"


def alertmanager_config(environment: str) -> dict[str, Any]:
    """Return a configuration: PagerDuty for what pages, Slack for the rest; keys are read from files beside it."""
    receivers: list[dict[str, Any]] = [{"name": "dbkit-slack", "slack_configs": [_slack(environment)]}]
    routes: list[dict[str, Any]] = []
    if environment in PAGING:
        # One incident for all services: what they share, the server, is the likely reason.
        paging = {"matchers": ['severity="page"'], "group_by": ["alertname", "env"], "repeat_interval": "1h"}
        routes.append({"receiver": "dbkit-pagerduty", **paging})
        receivers.append({"name": "dbkit-pagerduty", "pagerduty_configs": [_pagerduty()]})
    ours = {
        "receiver": "dbkit-slack",
        "matchers": [f'env="{environment}"', 'alertname=~"Dbkit.*"'],
        "group_by": ["alertname", "env", "service"],
        "group_wait": "30s",
        "repeat_interval": "12h",
    }
    return {
        "route": {"receiver": "dbkit-slack", "routes": [{**ours, **({"routes": routes} if routes else {})}]},
        "receivers": receivers,
        # Where the server is away, that is what has to be said, and not all that follows from it.
        "inhibit_rules": [
            {
                "source_matchers": ['alertname="DbkitPoolDown"'],
                "target_matchers": [f'alertname=~"{_BECAUSE_DOWN}"'],
                "equal": ["env", "service", "pool"],
            }
        ],
    }


def _slack(environment: str) -> dict[str, Any]:
    return {
        "api_url_file": f"{_SECRETS}/slack-url",
        "channel": f"#dbkit-{environment}",
        "send_resolved": True,
        "title": "{{ .CommonAnnotations.summary }}",
        "text": "{{ range .Alerts }}{{ .Annotations.description }} {{ .Annotations.to_do }}\n{{ end }}",
    }


def _pagerduty() -> dict[str, Any]:
    return {
        "routing_key_file": f"{_SECRETS}/pagerduty-key",
        "description": "{{ .CommonAnnotations.summary }}",
        "details": {"to_do": "{{ .CommonAnnotations.to_do }}"},
    }
