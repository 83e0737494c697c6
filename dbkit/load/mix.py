"""Which calls clients make, and how often each."""

from __future__ import annotations

from collections.abc import Mapping

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["CALLS", "MIX", "mix_of"]

CALLS: Mapping[str, str] = {
    "get": "one row by its key",
    "page": "50 rows of a listing",
    "create": "one new row",
    "transaction": "a row locked, then changed",
}

MIX = "get=7,page,create,transaction"
"""What a service does that mostly reads."""


def mix_of(text: str) -> dict[str, int]:
    """Return the weights that a text gives to calls: get=7,page. Raises `ConfigurationInvalid` for others."""
    weights: dict[str, int] = {}
    for part in filter(None, map(str.strip, text.split(","))):
        name, equals, weight = part.partition("=")
        if name not in CALLS or name in weights or (equals and not (weight.isdecimal() and 0 < int(weight) <= 1000)):
            raise _refusal(part)
        weights[name] = int(weight) if equals else 1
    if not weights:
        raise _refusal(text)
    return weights


def _refusal(part: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(
        f"{part!r} is no call of a mix",
        fields=("mix",),
        advice=f"Name each of {', '.join(CALLS)} once at the most, with a weight from 1 to 1000: {MIX}.",
    )
