"""The order of a profile's figures holds for all profiles, whatever changes them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dbkit.pool.figures import PoolFigures
from dbkit.pool.profile import PoolProfile
from dbkit.pool.profiles import read_profiles
from dbkit.pool.stated import Stated
from dbkit.types import ConfigurationInvalid

PROFILES = read_profiles({})
CHOSEN = [(environment, service) for environment in PROFILES.environments for service in PROFILES.services]


def limit(seconds: float) -> float:
    return math.inf if seconds == 0 else seconds


def is_in_order(figures: PoolFigures) -> bool:
    """The order as the operators' handbook has it, written down once more."""
    lock, statement = limit(figures.lock_timeout_seconds), limit(figures.statement_timeout_seconds)
    deadline, request = limit(figures.deadline_seconds), limit(figures.request_deadline_seconds)
    return (
        1 < lock < statement
        and (statement < deadline or deadline == math.inf)
        and deadline <= request
        and figures.timeout_seconds <= request / 4
        and limit(figures.idle_in_transaction_seconds) >= figures.think_seconds
        and figures.keepalives_idle_seconds + figures.keepalives_interval_seconds * figures.keepalives_count <= 60
        and figures.tcp_user_timeout_seconds <= 60
        and figures.idle_seconds <= figures.lifetime_seconds
        and figures.size_min <= figures.size_max
        and (figures.read_only or figures.target_session_attrs in ("any", "read-write", "primary"))
    )


def changed(profile: PoolProfile, **figures: Any) -> PoolProfile:
    return profile.overlaid({name: Stated(value, "the test", "to see") for name, value in figures.items()})


@pytest.mark.parametrize(("environment", "service"), CHOSEN)
def test_what_is_shipped_is_in_order_and_has_its_reasons(environment: str, service: str) -> None:
    for cores in (None, *range(1, 65)):
        profile = PROFILES.profile(environment, [service], cores)
        assert is_in_order(profile.figures)
        assert all(stated.reason and stated.source for stated in profile.stated.values())
        assert set(profile.stated) == set(PoolFigures.model_fields)


SECONDS = st.one_of(st.integers(0, 100), st.floats(0, 100, allow_nan=False))
OVERRIDES = st.fixed_dictionaries(
    {},
    optional={
        "size_min": st.integers(-1, 20),
        "size_max": st.integers(-1, 20),
        "timeout_seconds": SECONDS,
        "idle_seconds": SECONDS,
        "lifetime_seconds": SECONDS,
        "lock_timeout_seconds": SECONDS,
        "statement_timeout_seconds": SECONDS,
        "deadline_seconds": SECONDS,
        "request_deadline_seconds": SECONDS,
        "idle_in_transaction_seconds": SECONDS,
        "think_seconds": SECONDS,
        "tcp_user_timeout_seconds": SECONDS,
        "keepalives_idle_seconds": st.integers(0, 80),
        "keepalives_count": st.integers(0, 10),
        "target_session_attrs": st.sampled_from(["any", "read-only", "standby", "primary"]),
        "read_only": st.booleans(),
    },
)


@settings(deadline=None)
@given(st.sampled_from(CHOSEN), OVERRIDES)
def test_whatever_changes_a_profile_is_in_order_or_refused(chosen: tuple[str, str], overrides: dict[str, Any]) -> None:
    environment, service = chosen
    before = PROFILES.profile(environment, [service])
    values = {**before.figures.model_dump(), **overrides}
    after, refusal = None, None
    try:
        after = changed(before, **overrides)
    except ConfigurationInvalid as error:
        refusal = error
    if after is not None:
        assert is_in_order(after.figures)
        assert after.figures.model_dump() == values
    else:
        assert refusal is not None
        assert refusal.to_do
        assert refusal.fields
        assert not _is_possible(values) or not is_in_order(PoolFigures(**values))


def _is_possible(values: dict[str, Any]) -> bool:
    """Tell whether each figure by itself is in its range."""
    seconds = ("timeout_seconds", "idle_seconds", "lifetime_seconds", "tcp_user_timeout_seconds")
    limits = ("lock_timeout", "statement_timeout", "deadline", "request_deadline", "idle_in_transaction", "think")
    return (
        values["size_min"] >= 0
        and values["size_max"] >= 1
        and min(values["keepalives_idle_seconds"], values["keepalives_count"]) >= 1
        and all(values[name] >= 0.001 for name in seconds)
        and all(values[f"{name}_seconds"] == 0 or values[f"{name}_seconds"] >= 0.001 for name in limits)
    )


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(PROFILES.services), min_size=2, max_size=4, unique=True),
    st.sampled_from(list(PROFILES.environments)),
)
def test_services_that_share_a_pool_stay_in_order(services: list[str], environment: str) -> None:
    both = PROFILES.profile(environment, services)
    alone = [PROFILES.profile(environment, [service]) for service in services]
    assert is_in_order(both.figures)
    # Nobody's statement is cut short for a neighbour's sake.
    longest = max(limit(each.figures.statement_timeout_seconds) for each in alone)
    assert limit(both.figures.statement_timeout_seconds) == longest
    assert both.figures.read_only is all(each.figures.read_only for each in alone)


@pytest.mark.parametrize(
    ("figures", "fields", "advice"),
    [
        (
            {"lock_timeout_seconds": 6},
            ("lock_timeout_seconds", "statement_timeout_seconds"),
            "Lower lock_timeout_seconds, or raise statement_timeout_seconds.",
        ),
        (
            {"statement_timeout_seconds": 6},
            ("statement_timeout_seconds", "deadline_seconds"),
            "Lower statement_timeout_seconds, or raise deadline_seconds.",
        ),
        (
            {"deadline_seconds": 9},
            ("deadline_seconds", "request_deadline_seconds"),
            "Lower deadline_seconds, or raise request_deadline_seconds.",
        ),
        (
            {"timeout_seconds": 2.5},
            ("timeout_seconds", "request_deadline_seconds"),
            "Lower timeout_seconds, or raise request_deadline_seconds.",
        ),
        ({"lock_timeout_seconds": 1}, ("lock_timeout_seconds",), "Raise lock_timeout_seconds."),
        (
            {"lock_timeout_seconds": 0},
            ("lock_timeout_seconds", "statement_timeout_seconds"),
            "Lower lock_timeout_seconds",
        ),
        ({"size_max": 5}, ("size_min", "size_max"), "Lower size_min, or raise size_max."),
        (
            {"keepalives_idle_seconds": 50},
            ("keepalives_idle_seconds", "keepalives_interval_seconds", "keepalives_count"),
            "Lower keepalives_idle_seconds or keepalives_interval_seconds or keepalives_count.",
        ),
        ({"think_seconds": 11}, ("think_seconds", "idle_in_transaction_seconds"), "Lower think_seconds, or raise"),
        ({"target_session_attrs": "standby"}, ("target_session_attrs", "read_only"), "Set target_session_attrs"),
    ],
)
def test_a_refusal_names_both_figures_and_what_to_change(
    figures: dict[str, Any], fields: tuple[str, ...], advice: str
) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        changed(PROFILES.profile("prod", ["api"]), **figures)
    assert caught.value.fields == fields
    assert caught.value.to_do.startswith(advice)
    assert "prod/api" in str(caught.value)


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("size_max", 0),
        ("size_max", -1),
        ("size_max", 2.5),
        ("size_max", True),
        ("size_max", "6"),
        ("size_max", 10**9),
        ("waiting_max", 0),
        ("timeout_seconds", 0),
        ("timeout_seconds", math.nan),
        ("timeout_seconds", math.inf),
        ("statement_timeout_seconds", -5),
        ("statement_timeout_seconds", 0.0004),
        ("connect_timeout_seconds", 1),
        ("size_per", "pod"),
        ("read_only", 1),
    ],
)
def test_an_impossible_number_is_refused(figure: str, value: Any) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        changed(PROFILES.profile("prod", ["api"]), **{figure: value})
    assert caught.value.fields == (figure,)
