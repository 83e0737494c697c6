"""Signatures, the schedule, and addresses: what needs no database."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dbkit.deliveries import ATTEMPTS_MAX, SCHEDULE_SECONDS, headers_of, pause_after, secrets_in, verify
from dbkit.deliveries.addresses import GuardedTransport, NotAllowed, networks
from dbkit.deliveries.outcome import retry_after
from dbkit.types import ConfigurationInvalid, Secret, SecretUnreadable, ValueInvalid
from tests.deliveries.hooks import KEYS, written

AT = datetime(2021, 2, 26, 13, 20, 35, tzinfo=UTC)


def test_a_signature_is_that_of_the_standard() -> None:
    # The example of the Standard Webhooks libraries.
    (key,) = secrets_in(Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = headers_of("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [key])
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_is_replaced_both_sign() -> None:
    keys = secrets_in(Secret(written(*KEYS)))
    assert keys == KEYS
    headers = headers_of("1", AT, b"{}", keys)
    for key in KEYS:
        assert verify(headers, b"{}", [key], now_seconds=AT.timestamp()) == "1"


@pytest.mark.parametrize("text", ["", "canary", "whsec_", "whsec_***", f"{written(KEYS[0])} canary"])
def test_what_is_no_key_is_refused_without_a_word_of_it(text: str) -> None:
    with pytest.raises(SecretUnreadable) as refused:
        secrets_in(Secret(text))
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize(
    ("body", "key", "seconds", "says"),
    [
        (b"{} ", KEYS[0], 0, "none of the signatures is right"),
        (b"{}", KEYS[1], 0, "none of the signatures is right"),
        (b"{}", KEYS[0], 301, "too old"),
        (b"{}", KEYS[0], -301, "too old"),
    ],
)
def test_a_message_that_is_another_or_old_is_refused(body: bytes, key: bytes, seconds: int, says: str) -> None:
    headers = headers_of("1", AT, b"{}", [KEYS[0]])
    with pytest.raises(ValueInvalid, match=says):
        verify(headers, body, [key], now_seconds=AT.timestamp() + seconds)


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after(attempt, chance=lambda: 0.0) for attempt in range(1, ATTEMPTS_MAX)]
    assert pauses == [timedelta(seconds=each) for each in SCHEDULE_SECONDS]
    assert pause_after(ATTEMPTS_MAX) is None
    assert pause_after(1, chance=lambda: 1.0) == timedelta(seconds=6)


def test_a_receiver_may_ask_for_more_time_up_to_a_day() -> None:
    assert pause_after(1, 90, lambda: 0.0) == timedelta(seconds=90)
    assert pause_after(2, 90, lambda: 0.0) == timedelta(minutes=5)
    assert pause_after(1, 10**9) == timedelta(days=1)


def test_retry_after_is_a_number_or_a_date() -> None:
    assert retry_after("120") == 120
    assert retry_after("Fri, 26 Feb 2021 13:21:35 GMT", AT) == 60
    assert retry_after("Fri, 26 Feb 2021 13:00:00 GMT", AT) == 0
    assert (retry_after(None), retry_after("soon")) == (None, None)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fd00::1]/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://100.64.0.1/",
        "https://localhost/",
        "https://2130706433/",
    ],
)
async def test_private_addresses_are_refused(url: str) -> None:
    transport = GuardedTransport()
    with pytest.raises(NotAllowed, match="the host's address is not public"):
        await transport.handle_async_request(httpx.Request("POST", url))
    await transport.aclose()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://8.8.8.8/", "not https"),
        ("ftp://8.8.8.8/", "no https URL"),
        ("https://no-such-host.invalid/", "no address"),
    ],
)
async def test_what_is_no_receiver_is_refused(url: str, says: str) -> None:
    transport = GuardedTransport(networks(["127.0.0.0/8"]))
    with pytest.raises(NotAllowed, match=says):
        await transport.handle_async_request(httpx.Request("POST", url))
    await transport.aclose()


def test_a_network_that_is_none_is_refused() -> None:
    with pytest.raises(ConfigurationInvalid, match="no such network"):
        networks(["10.0.0.0/33"])


def test_written_keys_are_base64() -> None:
    assert base64.b64decode(written(KEYS[0]).removeprefix("whsec_")) == KEYS[0]
