"""The URLs of previews lead where they should, and give away nothing of who makes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.database.url import PostgresTarget, resolve
from dbkit.migrate.previews.address import acting_url, preview_url
from dbkit.migrate.session import Target

SECRETS = {"user": "ci", "password": "hunter2", "dbname": "shop", "sslkey": "/a/key", "options": "-c work_mem=1MB"}
ADMIN = Target(make_conninfo(host="one,two", sslmode="require", **SECRETS), "shown")


@pytest.mark.parametrize("host", ["db.example.com", "10.0.0.1", "fe80::1%eth0", "/var/run/postgresql"])
@given(password=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_services_find_the_preview(host: str, password: str) -> None:
    read = conninfo_to_dict(preview_url(ADMIN, host, 6432, "pr-x", password=password))
    assert read == {
        "host": host,
        "port": "6432",
        "user": "pr-x",
        "password": password,
        "dbname": "pr-x",
        "sslmode": "require",
    }


def test_a_function_takes_the_passwords_place() -> None:
    url = preview_url(ADMIN, "db", 5432, "pr-x", password="hunter2", password_from="shop.safe:password")
    assert "hunter2" not in url
    target = resolve(url, None, None, {})
    assert isinstance(target, PostgresTarget)
    assert target.own.password_from == "shop.safe:password"


def test_who_makes_a_preview_acts_as_its_role() -> None:
    read = conninfo_to_dict(acting_url(ADMIN, "pr-x"))
    assert read == conninfo_to_dict(ADMIN.conninfo) | {"dbname": "pr-x", "options": "-c work_mem=1MB -crole=pr-x"}
