"""Tells whether a process was forked since: connections belong to the process that opened them."""

from __future__ import annotations

import os

__all__ = ["forks"]


class _Forks:
    """How many forks lie between the first process and this one: cheaper to ask than the process's number."""

    def __init__(self) -> None:
        self.count = 0
        os.register_at_fork(after_in_child=self._add_one)

    def _add_one(self) -> None:
        self.count += 1


forks = _Forks()
