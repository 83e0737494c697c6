"""Several processes of clients, so that one interpreter is not what limits a server."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from dbkit.load.latencies import Latencies
from dbkit.load.result import BenchPoint
from dbkit.load.work import Work
from dbkit.types.errors import Unavailable

__all__ = ["Crew"]

_START_SECONDS = 0.2
_PATIENCE_SECONDS = 60.0


class Crew:
    """Processes of clients, which end with the block."""

    def __init__(self, processes: int) -> None:
        command = [sys.executable, "-m", "dbkit.load.worker"]
        pipe = subprocess.PIPE
        # Of a session of their own: who interrupts the bench at its terminal interrupts it alone, and it ends them.
        self._processes = [
            subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, start_new_session=True)
            for _ in range(processes)
        ]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            # Closes the pipes too, and waits until there is no process any more.
            process.communicate()

    def measure(self, work: Work, clients: int) -> BenchPoint:
        """Let so many clients work at the same time, shared out to the processes.

        Raises `Unavailable` where one of the processes could not work or does not answer.
        """
        shares = {
            process: len(range(number, clients, len(self._processes)))
            for number, process in enumerate(self._processes)
            if number < clients
        }
        for number, (process, share) in enumerate(shares.items()):
            _tell(process, {"work": asdict(work), "clients": share, "seed": number})
        for process in shares:
            _answer(process, _PATIENCE_SECONDS)
        begin = time.monotonic() + _START_SECONDS
        for process in shares:
            _tell(process, {"begin": begin})
        return _point(clients, work.seconds, [_answer(each, work.seconds + _PATIENCE_SECONDS) for each in shares])


def _tell(process: subprocess.Popen[str], document: Mapping[str, Any]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(json.dumps(document) + "\n")
        process.stdin.flush()
    except BrokenPipeError:
        # Why it has ended is on stderr; that it has, its answer tells.
        return


def _answer(process: subprocess.Popen[str], patience_seconds: float) -> dict[str, Any]:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], patience_seconds)
    line = process.stdout.readline() if ready else None
    if line is None:
        raise Unavailable(
            f"a process of clients did not answer within {patience_seconds:g} s",
            advice="The server may hang under this load: begin with fewer clients.",
        )
    answer: dict[str, Any] = json.loads(line) if line else {"failed": "it ended before its work was done."}
    if "failed" in answer:
        raise Unavailable(
            f"a process of clients could not work: {answer['failed'].removesuffix('.')}",
            advice="Begin with fewer clients, and look into the server's log.",
        )
    return answer


def _point(clients: int, seconds: float, answers: list[dict[str, Any]]) -> BenchPoint:
    latencies = Latencies.together(Latencies.from_json(answer["latencies"]) for answer in answers)
    errors: Counter[str] = Counter()
    for answer in answers:
        errors.update(answer["errors"])
    if not latencies.count:
        raise Unavailable(
            f"with {clients} clients no call succeeded in {seconds:g} s",
            advice=f"The errors were: {', '.join(errors) or 'none'}. Take more seconds, or fewer clients.",
        )
    return BenchPoint(
        clients=clients,
        calls_per_second=latencies.count / seconds,
        mean_seconds=latencies.mean_seconds,
        p50_seconds=latencies.seconds(50),
        p95_seconds=latencies.seconds(95),
        p99_seconds=latencies.seconds(99),
        errors=dict(errors),
        client_cores=sum(answer["cpu_seconds"] for answer in answers) / seconds,
        busiest_process=max(answer["cpu_seconds"] for answer in answers) / seconds,
    )
