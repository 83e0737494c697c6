"""`python -m tests.differential`: look for differences, record PostgreSQL's answers, or play one program."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from pathlib import Path

from tests.differential.fuzz import fuzz
from tests.differential.machine import Machine
from tests.differential.place import database_url
from tests.differential.program import load
from tests.differential.recording import RECORDED, record
from tests.differential.statistics import Statistics
from tests.differential.writing import Plan


def main() -> int:
    arguments = _arguments()
    if arguments.command == "record":
        _say(f"{_with_machine(_record(arguments.each))} programs in {RECORDED}")
        return 0
    if arguments.command == "play":
        return _with_machine(_play(arguments.program))
    plan = Plan(sessions=arguments.sessions, isolation=arguments.isolation)
    began = time.monotonic()
    _say(f"seed {arguments.seed}, {arguments.processes} processes, {arguments.seconds} s")
    report = fuzz(arguments.seconds, arguments.processes, arguments.seed, plan)
    statistics = Statistics()
    statistics.add(report.counts)
    _say(*statistics.lines(time.monotonic() - began))
    _say(f"{len(report.found)} differences", *report.found)
    return 1 if report.found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.differential", description=__doc__)
    parser.add_argument("command", nargs="?", choices=("fuzz", "record", "play"), default="fuzz")
    parser.add_argument("program", nargs="?", type=Path, help="the file of a program to play")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--sessions", type=int, default=4)
    parser.add_argument("--isolation", choices=("read committed", "repeatable read", "serializable"))
    parser.add_argument("--each", type=int, default=3, help="programs to record for each entity and number of sessions")
    return parser.parse_args()


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _record(each: int):
    return lambda machine: record(machine, each)


def _play(path: Path):
    async def played(machine: Machine) -> int:
        program = load(path)
        difference = await machine.difference(program)
        _say(str(program), "", str(difference or "no difference"))
        return 1 if difference else 0

    return played


def _with_machine(work):
    async def worked(url: str) -> int:
        machine = Machine(url)
        try:
            return await work(machine)
        finally:
            await machine.close()

    with database_url() as url:
        return asyncio.run(worked(url))


if __name__ == "__main__":
    sys.exit(main())
