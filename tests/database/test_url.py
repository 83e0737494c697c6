"""Which backend a URL or an environment means, and what is said where none is meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dbkit.database.url import EmbeddedTarget, MemoryTarget, PostgresTarget, Target, pool_profile, resolve
from dbkit.types import ConfigurationInvalid


def target(url: str | None = None, env: str | None = None, service: str | None = None, **environ: str) -> Target:
    return resolve(url, env, service, environ)


def test_a_url_wins_over_the_environment() -> None:
    found = target("memory://", env="prod", DBKIT_URL="postgresql://host/database")
    assert isinstance(found, MemoryTarget)


def test_dbkit_url_wins_over_dbkit_env() -> None:
    found = target(DBKIT_URL="postgresql://host/database", DBKIT_ENV="test")
    assert isinstance(found, PostgresTarget)


@pytest.mark.parametrize(("env", "kind"), [("test", MemoryTarget), ("local", EmbeddedTarget)])
def test_an_environment_alone_is_enough_where_nothing_can_be_lost(env: str, kind: type) -> None:
    assert isinstance(target(DBKIT_ENV=env), kind)
    assert isinstance(target(env=env), kind)


@pytest.mark.parametrize("env", ["preview", "dev", "staging", "prod"])
def test_other_environments_need_a_url(env: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="needs a URL"):
        target(env=env)


def test_with_nothing_at_all_it_refuses_and_says_what_to_set() -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        target()
    assert "DBKIT_URL" in str(caught.value)
    assert "DBKIT_ENV" in str(caught.value)


def test_an_empty_variable_counts_as_unset() -> None:
    assert isinstance(target(DBKIT_URL="", DBKIT_ENV="test"), MemoryTarget)


def test_an_unknown_environment_is_named() -> None:
    with pytest.raises(ConfigurationInvalid, match="no environment 'production'"):
        target("memory://", env="production")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:canary@host/database",
        "user:canary@host/database",
        "embedded://relative/canary",
        "memory://canary",
        "canary",
        "postgresql:/host/canary",
        "postgresql://user:canary@[::1/database",
    ],
)
def test_an_unreadable_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        target(url)
    assert "canary" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("given", [{"url": 5}, {"env": 5}, {"service": 5}])
def test_what_is_no_text_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationInvalid, match="must be text"):
        target(**given)


def test_no_password_in_what_is_shown() -> None:
    found = target("postgresql://user:canary@one:1,two:2/database?password=canary&sslpassword=canary", service="api")
    assert isinstance(found, PostgresTarget)
    assert found.shown_as == "postgresql://one:1,two:2/database"
    assert found.application_name == "dbkit/api"
    assert "canary" not in repr(found)


def test_embedded_folders() -> None:
    assert target("embedded://") == EmbeddedTarget(None, "embedded://")
    assert target("embedded:///var/my%20folder") == EmbeddedTarget(
        Path("/var/my folder"), "embedded:///var/my%20folder"
    )


def test_services_are_named_to_the_server() -> None:
    found = target("postgresql://host/database", DBKIT_ENV="prod", DBKIT_SERVICE="api, read")
    assert isinstance(found, PostgresTarget)
    assert found.application_name == "dbkit/prod/api+read"
    assert target("embedded://", env="local", service="shop") == EmbeddedTarget(
        None, "embedded://", application_name="dbkit/local/shop"
    )


def test_a_profile_is_that_of_environment_and_service() -> None:
    profile = pool_profile(None, None, {"DBKIT_ENV": "prod", "DBKIT_SERVICE": "api"})
    assert profile is not None
    assert profile.name == "prod/api"
    assert pool_profile("prod", None, {}) is None
    assert pool_profile("test", "anything", {}) is None
