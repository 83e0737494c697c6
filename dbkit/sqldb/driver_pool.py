"""The inner parts of the driver's pool on which the guarded pool builds, by one name in both colours.

They are no public interface of psycopg_pool: what is listed in `INTERNALS` is looked for by a test, so
that a release which moves them is noticed before it is used.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextvars import Context
from typing import Any, TypeAlias

from psycopg_pool import PoolTimeout, pool, pool_async

__all__ = [
    "INTERNALS",
    "AddConnection",
    "AsyncAddConnection",
    "AsyncMaintenanceTask",
    "AsyncPlace",
    "AsyncReturnConnection",
    "AsyncSchedule",
    "AsyncWorker",
    "MaintenanceTask",
    "Place",
    "ReturnConnection",
    "Schedule",
    "Worker",
    "async_ended",
    "async_start_worker",
    "ended",
    "start_worker",
]

INTERNALS = (
    "_add_connection",
    "_add_to_pool",
    "_check_open_getconn",
    "_check_pool_putconn",
    "_close_connection",
    "_connect",
    "_maybe_close_connection",
    "_maybe_grow_pool",
    "_reset_connection",
    "_return_connection",
    "_shrink_pool",
    "_start_initial_tasks",
    "_start_workers",
    "run_task",
    "schedule_task",
    "worker",
)

AddConnection = pool.AddConnection
AsyncAddConnection = pool_async.AddConnection
MaintenanceTask = pool.MaintenanceTask
AsyncMaintenanceTask = pool_async.MaintenanceTask
ReturnConnection = pool.ReturnConnection
AsyncReturnConnection = pool_async.ReturnConnection
Schedule = pool.Schedule
AsyncSchedule = pool_async.Schedule
Worker: TypeAlias = threading.Thread
AsyncWorker: TypeAlias = asyncio.Task[None]


_GIVEN_UP = PoolTimeout("nobody waits here any more")


class Place(pool.WaitingClient[Any]):
    """A place in the queue."""

    __slots__ = ()


class AsyncPlace(pool_async.WaitingClient[Any]):
    """A place in the queue.

    The driver's own waits through `asyncio.wait_for`, which may lose a cancellation that comes together with
    the connection (Python 3.11). Here the one or the other is seen: a cancelled task leaves the connection
    in `conn`, for whoever waits next.
    """

    __slots__ = ("_outcome",)

    def __init__(self) -> None:
        self.conn = None
        self.error = None
        self._outcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def wait(self, timeout: float) -> Any:  # noqa: ASYNC109 - the driver's signature
        """Return the connection that is set in time, or raise what the queue fails with."""
        try:
            async with asyncio.timeout(timeout):
                await self._outcome
        except TimeoutError:
            # It may have come in the very moment.
            if self.conn is None and self.error is None:
                self.error = PoolTimeout(f"couldn't get a connection after {timeout:.2f} sec")
        except BaseException:
            self.error = _GIVEN_UP
            raise
        if self.error is not None:
            raise self.error
        return self.conn

    async def set(self, conn: Any) -> bool:
        """Hand over a connection; return False where nobody waits here any more."""
        if self.conn is not None or self.error is not None or self._outcome.done():
            return False
        self.conn = conn
        self._outcome.set_result(None)
        return True

    async def fail(self, error: Exception) -> bool:
        """Fail with an error; return False where nobody waits here any more."""
        if self.conn is not None or self.error is not None or self._outcome.done():
            return False
        self.error = error
        self._outcome.set_result(None)
        return True


def async_start_worker(work: Callable[[Any], Coroutine[Any, Any, None]], tasks: Any, name: str) -> AsyncWorker:
    """Start a worker, in a context of its own: it works for all callers, not for the one that needed it first."""
    return asyncio.get_running_loop().create_task(work(tasks), name=name, context=Context())


def start_worker(work: Callable[[Any], None], tasks: Any, name: str) -> Worker:
    """Start a worker."""
    worker = threading.Thread(target=work, args=(tasks,), name=name, daemon=True)
    worker.start()
    return worker


async def async_ended(worker: AsyncWorker, seconds: float) -> None:
    """Wait for a worker to end by itself, and end it where it does not in time."""
    _, left = await asyncio.wait({worker}, timeout=seconds)
    for each in left:
        each.cancel()


def ended(worker: Worker, seconds: float) -> None:
    """Wait for a worker to end by itself; one that does not in time is left to its deadlines."""
    worker.join(seconds)
