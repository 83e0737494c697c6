"""What may never end has its time, and its thread does not stay behind."""

from __future__ import annotations

import threading
import time
from itertools import count

import pytest

from dbkit.migrate.linting.bounded import ends_within


def test_what_ends_in_time() -> None:
    assert ends_within(10, lambda: None)


def test_what_it_raises_is_raised_here() -> None:
    def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        ends_within(10, fail)


def test_a_loop_that_never_ends_is_ended() -> None:
    ended = threading.Event()

    def loop() -> None:
        try:
            while True:
                pass
        finally:
            ended.set()

    assert not ends_within(0.05, loop)
    assert ended.wait(10)


def test_what_begins_anew_has_its_time_anew() -> None:
    asked = count()
    over = threading.Event()

    def since() -> float:
        if next(asked) == 3:
            over.set()
        return time.monotonic()

    assert ends_within(0.01, lambda: _wait(over), since)
    assert next(asked) > 3


def _wait(event: threading.Event) -> None:
    assert event.wait(60)
