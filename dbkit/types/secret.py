"""A value that nobody sees by accident."""

from __future__ import annotations

import hmac
from typing import Any, NoReturn, Self, final

__all__ = ["Secret"]

_SHOWN = "**********"


@final
class Secret:
    """A secret that was unsealed, or is about to be sealed: bytes, or text as UTF-8.

    Only `reveal` and `reveal_text` show it. It is not in its `repr` and `str`, in formatted texts, logs and messages,
    and is neither pickled nor written as JSON: both raise `TypeError`. Two are compared in constant time.
    """

    __slots__ = ("_value",)
    _value: bytes

    def __init__(self, value: bytes | str) -> None:
        object.__setattr__(self, "_value", value.encode() if isinstance(value, str) else bytes(value))

    def reveal(self) -> bytes:
        """Return the value."""
        return self._value

    def reveal_text(self) -> str:
        """Return the value as text."""
        return self._value.decode()

    def __repr__(self) -> str:
        return f"Secret({_SHOWN})"

    def __str__(self) -> str:
        return _SHOWN

    def __len__(self) -> int:
        return len(self._value)

    def __eq__(self, other: object) -> bool:
        return hmac.compare_digest(self._value, other._value) if isinstance(other, Secret) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # A place in a table of hashes would say something of it.

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError("a secret does not change")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: Any) -> Self:
        return self

    def __reduce_ex__(self, _: Any) -> NoReturn:
        raise TypeError("a secret is not pickled: seal it, or reveal it where it is needed")
