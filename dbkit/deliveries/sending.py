"""One message sent once: made, signed, posted, and what came of it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from typing import Any, Final

import httpx

from dbkit.deliveries.addresses import GuardedTransport, Network, NotAllowed
from dbkit.deliveries.outcome import Outcome, retry_after
from dbkit.deliveries.signing import headers_of
from dbkit.types.clock import now
from dbkit.types.delivery import Delivery

__all__ = ["Sender", "body_of"]

_ANSWER_BYTES_MAX: Final = 65_536
_WORDS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (NotAllowed, ""),
    (TimeoutError, "no answer in time"),
    (httpx.TimeoutException, "no answer in time"),
    (httpx.ConnectError, "the connection was refused, or its certificate is not the host's"),
    (httpx.RemoteProtocolError, "the connection ended before the answer did"),
    (httpx.ReadError, "the connection ended before the answer did"),
    (httpx.InvalidURL, "the URL is none"),
    (httpx.HTTPError, "the connection broke"),
)


def body_of(delivery: Delivery) -> bytes:
    """Return the message, the same bytes each time: what happened, when, and its data or where they are."""
    data: Any = delivery.payload if delivery.payload_url is None else {"url": delivery.payload_url}
    message = {"type": delivery.event_type, "timestamp": delivery.created_at.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode()


class Sender:
    """Posts messages; each has `seconds` from the look-up of its host to the end of the answer."""

    def __init__(self, seconds: float, allowed: Sequence[Network] = ()) -> None:
        self._seconds = seconds
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(allowed),
            timeout=seconds,
            # A receiver that redirects would choose where our signature goes.
            follow_redirects=False,
            trust_env=False,
            headers={"user-agent": "dbkit-deliveries", "content-type": "application/json", "accept": "*/*"},
        )

    async def send(self, delivery: Delivery, url: str, keys: Sequence[bytes]) -> Outcome:
        """Send a delivery once; whatever goes wrong is an outcome, and nothing is raised for it."""
        started_at, began = now(), time.monotonic()
        status, error, wait = None, None, None
        try:
            async with asyncio.timeout(self._seconds):
                body = body_of(delivery)
                headers = headers_of(str(delivery.id), started_at, body, keys)
                status, wait = await self._post(url, body, headers)
        except (NotAllowed, TimeoutError, httpx.HTTPError, httpx.InvalidURL) as failure:
            error = _words(failure)
        if status is not None and not 200 <= status < 300:
            error = f"the receiver answered {status}"
        return Outcome(started_at, round((time.monotonic() - began) * 1000), status, error, wait)

    async def close(self) -> None:
        """Close what is open."""
        await self._client.aclose()

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, float | None]:
        async with self._client.stream("POST", url, content=body, headers=headers) as answer:
            left = _ANSWER_BYTES_MAX
            # Read, though nobody wants it: a receiver that is cut off may think that it has failed.
            async for chunk in answer.aiter_raw():
                left -= len(chunk)
                if left <= 0:
                    break
            # A receiver may make up numbers that are no status.
            status = min(max(answer.status_code, 100), 599)
            return status, retry_after(answer.headers.get("retry-after"))


def _words(failure: Exception) -> str:
    if isinstance(failure, NotAllowed):
        return str(failure)
    return next(words for kind, words in _WORDS if isinstance(failure, kind))
