"""A row whose version is the last one there is: what PostgreSQL answers, and the twin without it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

import dbkit
from dbkit import Database
from dbkit.mock.factories import Factories
from dbkit.models import INTEGRATIONS
from dbkit.types import Integration, ValueInvalid

_LAST = 2**31 - 1


def test_no_version_comes_behind_the_last(make: Factories) -> None:
    with dbkit.connect("memory://") as db:
        integration = make.integration.create(db)
        dump = db.memory.dump()
    dump["integrations"][0]["version"] = _LAST
    with dbkit.connect("memory://") as loaded:
        loaded.memory.load(dump)
        _require_refused(loaded, integration)


def test_no_version_comes_behind_the_last_on_a_server(make: Factories, postgres_db: Database) -> None:
    integration = make.integration.create(postgres_db)
    postgres_db.execute(update(INTEGRATIONS.table).values(version=_LAST))
    _require_refused(postgres_db, integration)


def _require_refused(db: Database, integration: Integration) -> None:
    key = integration.project_id, integration.id
    with pytest.raises(ValueInvalid) as caught:
        db.integrations.update(*key, expected_version=_LAST, name="later")
    assert (caught.value.sqlstate, caught.value.entity, caught.value.retryable) == ("22003", "integrations", False)
    assert db.integrations.get(*key).name == integration.name
