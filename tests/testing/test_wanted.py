"""What markers say, alone and together."""

from __future__ import annotations

import pytest

from dbkit.testing.wanted import MarkerInvalid, Wanted, wanted_by


def marker(*values: object, **named: object) -> pytest.Mark:
    return pytest.mark.dbkit(*values, **named).mark


@pytest.mark.parametrize(
    ("markers", "wanted"),
    [
        ([], Wanted("memory", "reset", "head")),
        ([marker(backend="both")], Wanted("both", "reset", "head")),
        ([marker(isolation="clone"), marker(isolation="rollback", backend="postgres")], Wanted("postgres", "clone")),
        ([marker(schema="empty")], Wanted("postgres", "clone", "empty")),
        ([marker(schema="empty", isolation="reset")], Wanted("postgres", "reset", "empty")),
        ([marker(role="service")], Wanted("memory", "reset", "head", "service")),
        ([marker(schema="create_topics")], Wanted("postgres", "reset", "create_topics")),
    ],
)
def test_the_closest_marker_wins(markers: list[pytest.Mark], wanted: Wanted) -> None:
    assert wanted_by(markers, "memory") == wanted


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (marker(backend="mysql"), "there is no backend 'mysql'; choose one of memory, postgres, both"),
        (marker(isolation="hope"), "there is no isolation 'hope'; choose one of rollback, reset, clone"),
        (marker(role="dbkit"), "there is no role 'dbkit'; choose one of admin, service"),
        (marker(schema=3), "schema is text, not 3"),
        (marker(schema=""), "schema is text, not ''"),
        (marker("postgres"), "its arguments have names: backend, isolation, role, schema"),
        (marker(database="shop"), "there is no argument 'database'; there are backend, isolation, role, schema"),
        (marker(backend="memory", schema="empty"), "schema='empty' is for PostgreSQL"),
        (marker(backend="both", schema="create_topics"), "schema='create_topics' is for PostgreSQL"),
    ],
)
def test_nonsense_is_refused(wrong: pytest.Mark, says: str) -> None:
    with pytest.raises(MarkerInvalid) as caught:
        wanted_by([marker(), wrong], "memory")
    assert says in str(caught.value)
