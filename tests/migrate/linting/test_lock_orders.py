"""Who locks which tables in which order: what lint.toml says, and revisions before, as their traces have it."""

from __future__ import annotations

import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.linting.lock_orders import LockOrders
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder

BOTH = ("ALTER TABLE a ADD v int", "ALTER TABLE b ADD v int")
LOCKS = "{'a': Lock.ACCESS_EXCLUSIVE, 'b': Lock.ACCESS_EXCLUSIVE}"


def test_the_application_says_its_order(line: LineFolder) -> None:
    line.tables("a")
    (line.folder / "lint.toml").write_text('lock_order = ["a", "b", "c"]')
    read = Line.read(line.folder)
    found = LockOrders(read).before(read.revisions[0])
    assert found == dict.fromkeys([("a", "b"), ("a", "c"), ("b", "c")], "lock_order of lint.toml")


@pytest.mark.parametrize("text", ["lock_order = 3", "lock_order = [1]", "lock_order = ["])
def test_what_is_no_order_is_refused(line: LineFolder, text: str) -> None:
    (line.folder / "lint.toml").write_text(text)
    with pytest.raises(ConfigurationInvalid, match=r"lint\.toml"):
        LockOrders(Line.read(line.folder))


@pytest.mark.parametrize(("transactional", "pairs"), [(True, {("a", "b")}), (False, set())])
def test_revisions_before_are_known_by_their_traces(
    line: LineFolder, server: Databases, transactional: bool, pairs: set[tuple[str, str]]
) -> None:
    """What runs without a transaction holds nothing while it asks for the next one."""
    line.add("both", "CREATE TABLE a (id int)", "CREATE TABLE b (id int)")
    line.add("first", *BOTH, locks=LOCKS, transactional=transactional)
    line.add("last", "ALTER TABLE b ADD w int", "ALTER TABLE a ADD w int", locks=LOCKS)
    trace_line(line.folder, dev_url=server.url_for("postgres"))
    read = Line.read(line.folder)
    orders = LockOrders(read)
    assert set(orders.before(read.revisions[1])) == set()
    assert set(orders.before(read.revisions[2])) == pairs
