"""How strongly a transaction holds a row."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["LockStrength"]

LockStrength: TypeAlias = Literal["update", "no key update", "share", "key share"]
"""PostgreSQL's four, the strongest first.

`update` is for who deletes the row or changes its key: nobody else gets any of the four. `no key update` is for other
changes, and lets `key share` pass. `share` keeps changes out, `key share` deletions and changes of the key; any number
of transactions may hold these two. Reading without a lock never waits.
"""
