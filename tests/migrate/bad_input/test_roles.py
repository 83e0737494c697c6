"""What an administrator does to a job: rights that go, roles that are closed, limits that are meant for services."""

from __future__ import annotations

import re

import pytest

from tests.migrate.bad_input.site import FIRST, LAST, Site


@pytest.mark.parametrize("transactional", [True, False])
def test_rights_that_are_lost_half_way(site: Site, transactional: bool) -> None:
    site.add_gated(transactional=transactional)
    role = site.as_role("dismissed")
    with site.at_the_gate(lambda: site.execute(f"REVOKE CREATE ON SCHEMA public FROM {role}")):
        run = site.apply()
    assert run.code == 2
    assert re.search(r"gated \(line \d+\): the role may not do this", run.err)
    assert (site.is_at(), site.has("b"), site.has("c")) == (FIRST, not transactional, False)
    again = site.apply()
    assert again.code == 2
    site.execute(f"GRANT CREATE ON SCHEMA public TO {role}")
    site.ends_well()


def test_a_role_that_may_no_longer_log_in(site: Site) -> None:
    site.add_gated()
    role = site.as_role("locked_out")
    site.execute(f"ALTER ROLE {role} NOLOGIN")
    run = site.apply()
    assert run.code == 2
    assert "the server refused this user or password" in run.err
    site.execute(f"ALTER ROLE {role} LOGIN")
    site.ends_well()


@pytest.mark.parametrize("scope", ["ROLE {role}", "DATABASE {database}", "ROLE {role} IN DATABASE {database}"])
def test_limits_that_are_for_services(site: Site, scope: str) -> None:
    """What a role's or a database's services are held to would end each revision that takes longer."""
    site.add_gated(more=("SELECT pg_sleep(0.3)",))
    subject = scope.format(role=site.as_role("patient"), database=site.database)
    limits = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout")
    for name in limits:
        site.execute(f"ALTER {subject} SET {name} TO '150ms'")
    site.ends_well()


def test_a_role_that_only_reads(site: Site) -> None:
    site.add_gated()
    role = site.as_role("bystander")
    site.execute(f"ALTER ROLE {role} SET default_transaction_read_only TO on")
    run = site.apply()
    assert run.code == 2
    assert site.is_at() is None
    site.execute(f"ALTER ROLE {role} RESET ALL")
    site.ends_well()
    assert site.is_at() == LAST
