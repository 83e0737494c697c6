# Generated from dbkit/relay/_async/calling.py by tools/unasync.py; edit that file instead.
"""A callable as a sink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dbkit._acompat import call
from dbkit.relay.sink import Message, Refusal
from dbkit.relay.sweep import OrderingKey
from dbkit.types.errors import DbkitError, ValueInvalid

__all__ = ["CallableSink", "sink_of"]

_BEHIND = Refusal("an earlier message of its key was refused")


class CallableSink:
    """Calls a function with each message. What it raises is a refusal, for good where it is `ValueInvalid`."""

    def __init__(self, function: Callable[[Message], object]) -> None:
        self._function = function

    def publish(self, messages: Sequence[Message]) -> Sequence[Refusal | None]:
        """Call the function with one message after another."""
        refused: set[OrderingKey] = set()
        answers: list[Refusal | None] = []
        for message in messages:
            key = (message.topic, message.key)
            answer = _BEHIND if key in refused else self._call(message)
            answers.append(answer)
            if answer is not None:
                refused.add(key)
        return answers

    def close(self) -> None:
        """Have nothing to give back."""

    def _call(self, message: Message) -> Refusal | None:
        try:
            answer = call(self._function, message)
        except DbkitError as error:
            return Refusal(error.happened, is_final=isinstance(error, ValueInvalid))
        except Exception as error:  # noqa: BLE001 (whatever it is, the message is not taken; its text may quote it)
            return Refusal(f"the callable raised {type(error).__name__}")
        return answer if isinstance(answer, Refusal) else None


def sink_of(given: Any) -> Any:
    """Return a sink, which a callable becomes."""
    return given if hasattr(given, "publish") else CallableSink(given)
