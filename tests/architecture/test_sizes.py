"""Files and functions stay small enough to read in one go."""

from __future__ import annotations

from statistics import median

from tests.architecture.sources import sources

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 70
FUNCTION_LINES_MEDIAN_MAX = 8


def test_files() -> None:
    handwritten = [source for source in sources() if not source.is_generated]
    lines = {source.name: len(source.text.splitlines()) for source in handwritten}
    assert {name: count for name, count in lines.items() if count > FILE_LINES_MAX} == {}


def test_functions() -> None:
    lines = dict(place for source in sources() for place in source.functions())
    assert {place: count for place, count in lines.items() if count > FUNCTION_LINES_MAX} == {}


def test_the_usual_function_is_short() -> None:
    lines = [count for source in sources("dbkit") if not source.is_generated for _, count in source.functions()]
    assert median(lines) <= FUNCTION_LINES_MEDIAN_MAX
