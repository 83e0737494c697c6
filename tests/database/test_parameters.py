"""What a server's URL says to dbkit, and what of it libpq gets to see."""

from __future__ import annotations

import pytest

from dbkit.database.parameters import OwnParameters, own_parameters
from dbkit.database.url import PostgresTarget, resolve
from dbkit.types import ConfigurationInvalid

URL = "postgresql://user:p%40ss@one,two:6543/shop"


@pytest.mark.parametrize(
    ("query", "rest", "own"),
    [
        ("", "", OwnParameters()),
        ("?connect_timeout=3", "?connect_timeout=3", OwnParameters()),
        ("?pooler=pgbouncer", "", OwnParameters("pgbouncer")),
        ("?pooler=none", "", OwnParameters("none")),
        ("?a=1&pooler=pgbouncer&prepared=yes&b=2", "?a=1&b=2", OwnParameters("pgbouncer", carries_prepared=True)),
        ("?prepared=no", "", OwnParameters()),
        ("?replicas=r1:5433,r2", "", OwnParameters(replicas=("r1:5433", "r2"))),
        ("?replicas=r1%3A5433%2C[::1]:1", "", OwnParameters(replicas=("r1:5433", "[::1]:1"))),
        ("?replicas=", "", OwnParameters()),
    ],
)
def test_what_is_dbkits_own(query: str, rest: str, own: OwnParameters) -> None:
    assert own_parameters(URL + query, {}) == (URL + rest, own)


def test_replicas_of_the_environment_stand_for_those_of_the_url() -> None:
    environ = {"DBKIT_REPLICAS": "r1, r2:5433"}
    assert own_parameters(URL, environ)[1].replicas == ("r1", "r2:5433")
    assert own_parameters(f"{URL}?replicas=other", environ)[1].replicas == ("other",)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("pooler=odyssey", "pooler"),
        ("pooler=", "pooler"),
        ("prepared=perhaps", "prepared"),
        ("replicas=one:port", "replicas"),
        ("replicas=user:secret@one", "replicas"),
        ("replicas=one/two", "replicas"),
    ],
)
def test_what_cannot_be_is_refused_without_repeating_it(query: str, name: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=name) as caught:
        resolve(f"{URL}?{query}", None, None, {})
    assert "secret" not in str(caught.value)
    assert caught.value.to_do


def test_a_target_shows_none_of_it() -> None:
    target = resolve(f"{URL}?pooler=pgbouncer&replicas=r1", None, None, {})
    assert isinstance(target, PostgresTarget)
    assert target.url == URL
    assert target.own.pooler == "pgbouncer"
    assert target.shown_as == "postgresql://one,two:6543/shop"
