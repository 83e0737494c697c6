"""The page of errors lists the errors that there are."""

from __future__ import annotations

import inspect
import re

import pytest

from dbkit.types import errors
from dbkit.types.errors import DbkitError
from tests.docs.pages import Document

ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| (yes|no) \| (.*) \|$", re.MULTILINE)
TREE = {
    name: value for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, DbkitError)
}
# Other packages may refine them; the page is about the tree itself. One that is refined in it is raised as well.
RAISED_TOO = (errors.ValueInvalid,)
ERRORS = {
    name: value
    for name, value in TREE.items()
    if value in RAISED_TOO or not any(value in other.__bases__ for other in TREE.values())
}


@pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS.keys())
def test_row(error: type[DbkitError]) -> None:
    rows = {row[0]: row[1:] for row in ROW.findall(Document("docs/errors.md").text)}
    means = (inspect.getdoc(error) or "").split("\n\n")[0].replace("\n", " ")
    assert rows[error.__name__] == (error.code, "yes" if error.retryable else "no", means)


def test_no_row_is_left_over() -> None:
    assert {row[0] for row in ROW.findall(Document("docs/errors.md").text)} == set(ERRORS)
