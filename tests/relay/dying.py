"""Relays that are processes and die of one message, one after the other, until one of them lives on.

    python -m tests.relay.dying URL FILE KEY

Prints how many have died.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

import dbkit
from dbkit.relay import Message, Relay, RelayOptions
from dbkit.relay.file_sink import line_of
from dbkit.types.clock import now

DEATH, LIFE = 9, 0
DEATHS_MAX = 20


def work(url: str, path: Path, key: str) -> int:
    """Send what there is to a file, and die of a message of the key, as soon as the last relay's leases have ended."""

    def take(message: Message) -> None:
        if message.key == key:
            os._exit(DEATH)
        with path.open("a") as file:
            file.write(line_of(message))

    with dbkit.connect(url) as db:
        ended = now()
        for lease in db.leases.iterate():
            if lease.expires_at > ended:
                db.leases.update(lease.name, acquired_at=ended - timedelta(seconds=15), expires_at=ended)
        Relay(db, take, RelayOptions(batch_messages=5, deaths_max=2)).run_once()
    return LIFE


def main(url: str, path: Path, key: str) -> None:
    """Start one relay after the other."""
    for deaths in range(DEATHS_MAX):
        child = os.fork()
        if not child:
            os._exit(work(url, path, key))
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != DEATH:
            sys.stdout.write(f"{deaths} {os.waitstatus_to_exitcode(status)}\n")
            return


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
