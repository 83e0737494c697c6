# Generated from tests/operations/_async/test_revision.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database
from dbkit.types import IntegrationId, NotFound, uuid7
from tests.operations._sync.world import Tenant


def test_append_numbers_from_one_and_moves_the_pointer(db: Database, tenant: Tenant) -> None:
    integration = tenant.integration()
    first = db.revisions.append(tenant.project_id, integration.id, {"read": {}})
    second = db.revisions.append(tenant.project_id, integration.id, {"write": {}}, spec_version="1.1.0")
    assert (first.number, second.number, second.spec_version) == (1, 2, "1.1.0")
    assert (db.integrations.get(tenant.project_id, integration.id)).latest_revision_id == second.id
    assert db.revisions.latest(tenant.project_id, integration.id) == second


def test_append_in_a_transaction_is_undone_with_it(db: Database, tenant: Tenant) -> None:
    integration = tenant.integration()
    with pytest.raises(RuntimeError, match="stop"):
        with db.transaction() as tx:
            tx.revisions.append(tenant.project_id, integration.id, {})
            raise RuntimeError("stop")
    assert db.revisions.latest(tenant.project_id, integration.id) is None
    assert db.integrations.get(tenant.project_id, integration.id) == integration


def test_append_to_an_absent_integration_is_not_found(db: Database, tenant: Tenant) -> None:
    with pytest.raises(NotFound) as raised:
        db.revisions.append(tenant.project_id, IntegrationId(uuid7()), {})
    assert raised.value.entity == "integrations"


def test_numbers_of_integrations_are_their_own(db: Database, tenant: Tenant) -> None:
    one, other = tenant.integration("one"), tenant.integration("other")
    db.revisions.append(tenant.project_id, one.id, {})
    assert (db.revisions.append(tenant.project_id, other.id, {})).number == 1
