"""What a session could put in front of a table or a function: nobody may make it, and nothing runs as its owner."""

from __future__ import annotations

import psycopg
import pytest

from dbkit.testing import Setup


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup()


def test_nothing_in_the_schema_runs_as_its_owner(postgres_url: str) -> None:
    """No function, so none with SECURITY DEFINER; no view and no trigger either."""
    with psycopg.connect(postgres_url) as connection:
        found = connection.execute(
            """
            SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
            UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
            """
        ).fetchall()
    assert found == []
