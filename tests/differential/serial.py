"""Serial orders: what serializable transactions did has to be what they do one after the other, in some order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import FunctionType
from typing import Any

from dbkit.operations import _async as operations
from tests.differential.playing import Moment, Trace, play
from tests.differential.program import BEGIN, END, NEXT_PAGE, SAVEPOINT, UNDO, Program, Step
from tests.differential.session import CANCELLED
from tests.differential.sides import Twin

__all__ = ["Anomaly", "anomaly"]

_TRANSACTIONS_MAX = 6
_QUERIES = ("page", "walk", "iterate", "count")
_TIMES = ("created_at", "updated_at", "received_at")


@dataclass
class _Transaction:
    """What one transaction did, with what each step came to; `depth` counts its open blocks."""

    steps: list[Step] = field(default_factory=list)
    outcomes: list[Any] = field(default_factory=list)
    depth: int = 0


@dataclass(frozen=True)
class Anomaly:
    """Transactions that committed, though no order of them one after the other comes to the same."""

    transactions: tuple[tuple[Step, ...], ...]

    def __str__(self) -> str:
        shown = ("\n".join(f"  {step}" for step in steps) for steps in self.transactions)
        return "no serial order explains these transactions:\n" + "\n\n".join(shown)


async def anomaly(program: Program, trace: Trace) -> Anomaly | None:
    """Return the committed transactions of a serializable program where no order explains them, or None.

    Programs with calls outside of transactions, with too many transactions, or with anything that tells what other
    transactions hold at the moment, are passed over.
    """
    if "outbox_events" in program.entities:
        # Numbers that the server gives tell who came first, whatever became of it.
        return None
    before, committed = _parted(trace)
    if committed is None or not 1 < len(committed) <= _TRANSACTIONS_MAX:
        return None
    if await _is_explained(_Course(program, before, trace), [], committed):
        return None
    return Anomaly(tuple(tuple(each.steps) for each in committed))


@dataclass(frozen=True)
class _Course:
    program: Program
    before: Sequence[Step]
    trace: Trace


async def _is_explained(course: _Course, done: list[_Transaction], left: list[_Transaction]) -> bool:
    """Tell whether the transactions left come to what they did in some order after these."""
    if done and not await _comes_to(course, done, is_all=not left):
        return False
    if not left:
        return True
    for place, each in enumerate(left):
        if await _is_explained(course, [*done, each], [*left[:place], *left[place + 1 :]]):
            return True
    return False


async def _comes_to(course: _Course, done: Sequence[_Transaction], *, is_all: bool) -> bool:
    """Play transactions one after the other; tell whether the last one comes to what it did, and all to the rows."""
    # What was done before keeps its sessions, of which one may have failed beside another one's transaction.
    steps = [*course.before, *_alone(step for each in done for step in each.steps)]
    trace = await play(course.program.of(steps), Twin())
    last = done[-1]
    outcomes = [_outcome(moment) for moment in trace.moments[len(steps) - len(last.steps) : len(steps)]]
    if not all(map(_is_same, last.outcomes, outcomes)):
        return False
    return not is_all or _timeless(_rows_of(trace, course)) == _timeless(_rows_of(course.trace, course))


def _alone(steps: Iterable[Step]) -> list[Step]:
    return [Step(0, step.what, step.entity, step.arguments, step.named) for step in steps]


def _rows_of(trace: Trace, course: _Course) -> dict[str, Any]:
    return {name: trace.rows.get(name, []) for name in course.program.entities}


def _parted(trace: Trace) -> tuple[list[Step], list[_Transaction] | None]:
    """Return what was done before the first serializable transaction began, and those that committed.

    None for those, where something else was done beside them.
    """
    before: list[Step] = []
    depth: Counter[int] = Counter()
    open_: dict[int, _Transaction] = {}
    committed: list[_Transaction] = []
    begun: dict[int, Step] = {}
    for moment in trace.moments:
        step = moment.step
        if not committed and not open_ and not _is_serializable(step):
            before.append(step)
            depth[step.session] += sum(_deeper(step, outcome) for outcome in moment.finished.values())
            continue
        begun[step.session] = step
        for session, outcome in moment.finished.items():
            if any(depth.values()) or not _take(open_, committed, begun[session], outcome):
                return before, None
    return before, committed


def _take(open_: dict[int, _Transaction], committed: list[_Transaction], step: Step, outcome: Any) -> bool:
    """Add a step to its transaction; False where it is none of a serializable one, or cannot be played alone."""
    current = open_.get(step.session)
    if current is None:
        if _is_serializable(step):
            open_[step.session] = _Transaction([step], [outcome], depth=1)
            return True
        return outcome == "nothing" or step.what in (END, UNDO)
    current.steps.append(step)
    current.outcomes.append(outcome)
    current.depth = 0 if outcome == CANCELLED else current.depth + _deeper(step, outcome)
    if current.depth == 0:
        del open_[step.session]
        if step.what == END and not _is_error(outcome):
            committed.append(current)
            # What a server refuses may hang on rows that no transaction of a serial order would meet.
            return not any("sqlstate" in str(each) for each in current.outcomes)
    return _is_plain(step)


def _is_plain(step: Step) -> bool:
    """Tell whether a step can be played in another order: it asks neither what others hold, nor for times."""
    if step.what == NEXT_PAGE or step.named.keys() & {"skip_locked", "nowait"} or step.what in _leaving_held():
        return False
    if step.what not in _QUERIES:
        return True
    asked = [str(step.named.get("order")), *(name for each in step.arguments for name in each.conditions())]
    return not any(time in each for each in asked for time in _TIMES)


def _deeper(step: Step, outcome: Any) -> int:
    if step.what in (BEGIN, SAVEPOINT):
        return 0 if _is_error(outcome) or outcome == "nothing" else 1
    if step.what in (END, UNDO):
        return 0 if outcome == "nothing" else -1
    return -1 if _is_error(outcome) and "undone" in outcome else 0


def _is_serializable(step: Step) -> bool:
    return step.what == BEGIN and step.named.get("isolation") == "serializable"


def _is_error(outcome: Any) -> bool:
    return isinstance(outcome, dict) and "raised" in outcome


def _outcome(moment: Moment) -> Any:
    return next(iter(moment.finished.values()), None)


def _is_same(one: Any, other: Any) -> bool:
    """Tell whether outcomes are the same but for times."""
    return _timeless(one) == _timeless(other)


def _timeless(data: Any) -> Any:
    if isinstance(data, dict):
        if set(data) == {"time"} and isinstance(data["time"], dict):
            return "a time of the server"
        return {name: _timeless(part) for name, part in data.items()}
    return [_timeless(part) for part in data] if isinstance(data, list) else data


@cache
def _leaving_held() -> frozenset[str]:
    """Return the operations that leave rows out which others hold, as their code says."""
    modules = [import_module(each.name) for each in walk_packages(operations.__path__, f"{operations.__name__}.")]
    classes = [each for module in modules for each in vars(module).values() if isinstance(each, type)]
    codes = [each.__code__ for class_ in classes for each in vars(class_).values() if isinstance(each, FunctionType)]
    return frozenset(code.co_name for code in codes if "skip locked" in code.co_consts or "_remove" in code.co_names)
