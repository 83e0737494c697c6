"""A webhook that is told of failures, and of waits that take long: Slack's, PagerDuty's, or any other."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit, urlunsplit

from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Failure, Report, StandbyLag, StepReport, Watch
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Webhook"]

_LONG_WAIT_SECONDS = 60.0
# A run that is asked to stop has five seconds in all.
_SEND_SECONDS = 3.0
_SLACK = "slack.com"
_PAGERDUTY = "pagerduty.com"
_ROUTING_KEY = "routing_key"


class Webhook(Watch):
    """Posts JSON; whatever becomes of that, the run does not fail by it: `told` hears what went wrong.

    Slack gets `{"text": ...}`, PagerDuty an event of its version 2 with the `routing_key` of the URL's query,
    and any other host `{"event": ..., "database": ..., "text": ...}`. The URL may be a secret, and is not
    shown. Raises `ConfigurationInvalid` where it is none of http, or PagerDuty's has no routing key.
    """

    def __init__(
        self, url: str, told: Callable[[str], object], *, long_wait_seconds: float = _LONG_WAIT_SECONDS
    ) -> None:
        self._url, self._document = _read(url)
        self._told = told
        self._long_wait_seconds = long_wait_seconds
        self._timer: threading.Timer | None = None

    def waiting(self, holder: Holder) -> None:
        """Count from here."""
        self._waits(f"a migration waits for another runner: {holder}")

    def busy(self, revision: Revision, tries: int, holders: list[Holder]) -> None:  # noqa: ARG002 (a Watch's)
        """Count from here, unless it counts already."""
        self._waits(f"{revision} waits for its tables: {'; '.join(map(str, holders)) or 'nobody knows for whom'}")

    def standby(self, lag: StandbyLag) -> None:
        """Count from here, unless it counts already."""
        self._waits(f"a migration waits for {lag}")

    def planned(self, revisions: Sequence[Revision]) -> None:  # noqa: ARG002 (a Watch's)
        """Stop counting."""
        self._goes_on()

    def begins(self, revision: Revision) -> None:  # noqa: ARG002 (a Watch's)
        """Stop counting."""
        self._goes_on()

    def ends(self, step: StepReport) -> None:  # noqa: ARG002 (a Watch's)
        """Stop counting."""
        self._goes_on()

    def finished(self, report: Report) -> None:  # noqa: ARG002 (a Watch's)
        """Stop counting."""
        self._goes_on()

    def failed(self, failure: Failure) -> None:
        """Tell it, and wait for that for three seconds at most."""
        self._goes_on()
        where = f" of {failure.database}" if failure.database else ""
        document = self._document("failed", failure.database, f"the migration{where} failed: {failure.error}")
        sending = threading.Thread(target=self._send, args=(document,), name="dbkit-webhook", daemon=True)
        sending.start()
        sending.join(_SEND_SECONDS)
        if sending.is_alive():
            self._told("the webhook did not answer in time")

    def _waits(self, text: str) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self._long_wait_seconds, self._send, [self._document("waiting", "", text)])
            self._timer.daemon = True
            self._timer.start()

    def _goes_on(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _send(self, document: dict[str, Any]) -> None:
        request = urllib.request.Request(  # noqa: S310 (the scheme was looked at)
            self._url, json.dumps(document).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=_SEND_SECONDS):  # noqa: S310 (the scheme was looked at)
                return
        except (OSError, ValueError) as error:
            # Its message may quote the URL.
            failed = f"{type(error).__name__} {getattr(error, 'code', '')}".strip()
        self._told(f"the webhook could not be told ({failed})")


def _read(url: str) -> tuple[str, Callable[[str, str, str], dict[str, Any]]]:
    """Return where to post to, and how a message is written there."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigurationInvalid("the webhook's URL is no http or https URL", fields=("webhook",))
    if _is_of(host, _SLACK):
        return url, _for_slack
    if not _is_of(host, _PAGERDUTY):
        return url, _plain
    key = parse_qs(parts.query).get(_ROUTING_KEY, [""])[0]
    if not key:
        raise ConfigurationInvalid(
            "PagerDuty's URL has no routing key",
            fields=("webhook",),
            advice="Write https://events.pagerduty.com/v2/enqueue?routing_key=... .",
        )
    # The key goes into the body, where logs of URLs do not show it.
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")), lambda *message: _for_pagerduty(key, *message)


def _is_of(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _for_slack(_event: str, _database: str, text: str) -> dict[str, Any]:
    return {"text": text}


def _for_pagerduty(key: str, event: str, database: str, text: str) -> dict[str, Any]:
    severity = "error" if event == "failed" else "warning"
    payload = {"summary": text[:1024], "source": database or "dbkit migrate", "severity": severity}
    return {"routing_key": key, "event_action": "trigger", "payload": payload}


def _plain(event: str, database: str, text: str) -> dict[str, Any]:
    return {"event": event, "database": database, "text": text}
