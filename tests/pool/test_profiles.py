"""Which figures hold for whom: the files, the variables, several services in a process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dbkit.pool.fleet import Fleet, Server, shipped_fleet
from dbkit.pool.fleet_file import OtherSessions, ServerPlan
from dbkit.pool.profiles import profile_for, read_profiles, services_of
from dbkit.pool.proof import prove
from dbkit.types import ConfigurationInvalid

PROFILES = read_profiles({})

# Production: min, max, waiting, wait, lifetime, statement, lock, idle in a transaction, prepared.
PRODUCTION = {
    "api": (6, 6, 64, 1, 1800, 5, 2, 10, True),
    "read": (6, 6, 96, 1.5, 1800, 15, 2, 10, True),
    "write": (5, 5, 64, 2, 1800, 5, 2, 10, True),
    "proxy": (2, 3, 48, 1, 1800, 5, 1.5, 5, True),
    "temporal": (3, 5, 64, 5, 1800, 30, 5, 30, True),
    "messenger": (2, 4, 32, 2, 1800, 10, 2, 10, True),
    "scribe": (1, 4, 32, 5, 1800, 60, 5, 30, True),
    "token-manager": (3, 3, 32, 0.75, 900, 3, 1.5, 5, True),
    "metrics": (1, 2, 8, 1, 1800, 10, 1.5, 5, False),
    "builder-mcp": (1, 4, 24, 2, 1800, 30, 2, 20, False),
}


@pytest.mark.parametrize("service", PRODUCTION)
def test_production(service: str) -> None:
    figures = PROFILES.profile("prod", [service]).figures
    assert PRODUCTION[service] == (
        figures.size_min,
        figures.size_max,
        figures.waiting_max,
        figures.timeout_seconds,
        figures.lifetime_seconds,
        figures.statement_timeout_seconds,
        figures.lock_timeout_seconds,
        figures.idle_in_transaction_seconds,
        figures.prepared_statements,
    )


def test_staging_has_the_times_of_production_and_smaller_pools() -> None:
    sizes = {service: PROFILES.profile("staging", [service]).figures.size_max for service in PRODUCTION}
    assert sum(sizes.values()) == 23
    for service in PRODUCTION:
        staging, production = (PROFILES.profile(each, [service]).figures for each in ("staging", "prod"))
        assert staging.statement_timeout_seconds == production.statement_timeout_seconds
        assert staging.timeout_seconds == production.timeout_seconds


@pytest.mark.parametrize(("environment", "size"), [("local", 4), ("preview", 2), ("dev", 5)])
def test_where_all_services_share_a_process_its_size_is_one_for_all(environment: str, size: int) -> None:
    assert PROFILES.profile(environment, ["api"]).figures.size_max == size
    assert PROFILES.profile(environment, ["api", "read", "write"]).figures.size_max == size
    # A service that no rule names is welcome there.
    assert PROFILES.profile(environment, ["shop"]).figures.size_max == size


def test_several_services_in_a_process_share_a_pool_of_their_sum() -> None:
    both = PROFILES.profile("prod", ["api", "write"])
    assert both.name == "prod/api+write"
    assert (both.figures.size_min, both.figures.size_max, both.figures.waiting_max) == (11, 11, 128)
    assert both.figures.timeout_seconds == 1
    assert both.stated["size_max"].reason == "they share one pool: 6 of api + 5 of write"


def test_a_job_that_shares_a_process_of_its_environment_adds_its_own() -> None:
    assert PROFILES.profile("dev", ["api", "read", "migrations"]).figures.size_max == 5 + 2


def test_bi_reads_only() -> None:
    for environment in PROFILES.environments:
        assert PROFILES.profile(environment, ["bi"]).figures.read_only
    assert not PROFILES.profile("prod", ["bi", "api"]).figures.read_only
    assert PROFILES.profile("prod", ["bi", "api"]).figures.target_session_attrs == "read-write"


@pytest.mark.parametrize("environment", ["staging", "prod"])
def test_an_unknown_service_is_refused_with_those_that_there_are(environment: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=f"in {environment} there is no service 'billing'") as caught:
        PROFILES.profile(environment, ["api", "billing"])
    assert all(service in caught.value.to_do for service in PROFILES.services)


def test_an_unknown_environment_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ConfigurationInvalid, match="no environment 'production'") as caught:
        PROFILES.profile("production", ["api"])
    assert "local, preview, dev, staging, prod" in caught.value.to_do


@pytest.mark.parametrize(("environment", "service"), [(None, "api"), ("prod", None), ("test", "api"), ("prod", " , ")])
def test_without_environment_or_service_no_profile_is_meant(environment: str | None, service: str | None) -> None:
    assert profile_for(environment, service, {"DBKIT_POOL_SIZE_MAX": "nonsense"}) is None


def test_services_are_named_with_commas() -> None:
    assert services_of("api, read,,api") == ("api", "read")


def test_variables_win_over_files(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[rule]]\ntitle = "ours"\nservices = ["api"]\nsize_max = 8\nsize_min = 2\nwaiting_max = 10\n')
    environ = {"DBKIT_POOL_PROFILES": str(own), "DBKIT_POOL_SIZE_MAX": "9", "DBKIT_POOL_READ_ONLY": "on"}
    profile = profile_for("prod", "api", environ)
    assert profile is not None
    assert (profile.figures.size_min, profile.figures.size_max, profile.figures.read_only) == (2, 9, True)
    assert {name: profile.stated[name].source for name in ("size_min", "size_max", "timeout_seconds")} == {
        "size_min": "own.toml: ours",
        "size_max": "DBKIT_POOL_SIZE_MAX",
        "timeout_seconds": "profiles.toml: api",
    }


def test_a_file_describes_services_and_environments_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("""
        [[environment]]
        name = "prod"
        what = "our own"
        any_service = true

        [[rule]]
        title = "shop"
        services = ["shop"]
        size_max = { value = 7, reason = "seven shelves" }

        [[server]]
        cores = 128
        memory_gib = 512
        max_connections = 900
        reason = "the new machine"
    """)
    profiles = read_profiles({"DBKIT_POOL_PROFILES": str(own)})
    assert "shop" in profiles.services
    assert profiles.profile("staging", ["shop"]).figures.size_max == 7
    assert profiles.profile("prod", ["shop"]).stated["size_max"].reason == "seven shelves"
    assert profiles.profile("prod", ["anything"]).figures.size_max == 2
    assert profiles.server(200).max_connections == 900


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml", "it is no TOML"),
        ('[[rule]]\nservices = ["api"]\n', "title"),
        ('[[rule]]\ntitle = "x"\nsize_maxx = 3\n', "there is no figure size_maxx"),
        ('[[rule]]\ntitle = "x"\nsize_max = { value = 3 }\n', "reason"),
        ('[[rule]]\ntitle = "x"\nsize_percent = 0\n', "size_percent"),
        ('[[rule]]\ntitle = "x"\nsize_max = [3]\n', "size_max"),
        ('[[rule]]\ntitle = "x"\nenvironments = ["prd"]\nsize_max = 3\n', "there is no environment 'prd'"),
        ('[[rules]]\ntitle = "x"\n', "rules"),
        ("[[server]]\ncores = 0\n", "server.0.cores"),
        ("[baseline]\nopen_max = -3\n", "baseline.open_max"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(ConfigurationInvalid) as caught:
        read_profiles({"DBKIT_POOL_PROFILES": str(own)})
    assert said in str(caught.value)
    assert "own.toml" in str(caught.value)


def test_an_impossible_number_of_a_file_is_refused_where_it_is_used(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[rule]]\ntitle = "x"\nsize_max = "many"\n')
    with pytest.raises(ConfigurationInvalid, match="size_max"):
        profile_for("prod", "api", {"DBKIT_POOL_PROFILES": str(own), "DBKIT_POOL_CORES": "8"})


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationInvalid, match="No such file"):
        read_profiles({"DBKIT_POOL_PROFILES": str(tmp_path / "absent.toml")})


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DBKIT_POOL_SIZEMAX", "3", "there is no such figure"),
        ("DBKIT_POOL_SIZE_MAX", "three", "DBKIT_POOL_SIZE_MAX does not fit"),
        ("DBKIT_POOL_SIZE_MAX", "0", "greater than or equal to 1"),
        ("DBKIT_POOL_TIMEOUT_SECONDS", "nan", "timeout_seconds"),
        ("DBKIT_POOL_SIZE_PER", "pod", "DBKIT_POOL_SIZE_PER does not fit"),
        ("DBKIT_POOL_CORES", "many", "no number of cores"),
        ("DBKIT_POOL_CORES", "0", "no number of cores"),
    ],
)
def test_a_variable_that_cannot_be_is_refused(variable: str, value: str, said: str) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        profile_for("prod", "api", {variable: value})
    assert said in str(caught.value)


def test_an_empty_variable_says_nothing() -> None:
    assert profile_for("prod", "api", {"DBKIT_POOL_SIZE_MAX": "", "DBKIT_POOL_CORES": ""}) is not None


@pytest.mark.parametrize(("cores", "sizes"), [(64, (6, 6)), (16, (4, 4)), (8, (3, 3)), (2, (0, 1)), (1, (1, 4))])
def test_smaller_servers_have_smaller_pools(cores: int, sizes: tuple[int, int]) -> None:
    figures = PROFILES.profile("prod", ["api"], cores).figures
    assert (figures.size_min, figures.size_max) == sizes


def fleet_on(cores: int) -> Fleet:
    """The fleet of production with pods in proportion to a server's cores; on one core, in one process."""
    whole = shipped_fleet(PROFILES)
    names = [service.name for service in whole.services]
    services = tuple(
        replace(
            service,
            replicas_max=-(-service.replicas_max * cores // 64),
            size_max=PROFILES.profile("prod", [service.name], cores).figures.size_max,
        )
        for service in whole.services
    )
    if cores == 1:
        together = PROFILES.profile("prod", names, cores).figures.size_max
        services = (replace(services[0], name="all", holds=tuple(names), size_max=together),)
    others = (OtherSessions(name="agents, jobs and people", connections=5 + 24 * cores // 64, reason="in proportion"),)
    return replace(whole, server=Server.of(ServerPlan(cores=cores), PROFILES), services=services, others=others)


@pytest.mark.parametrize("cores", range(1, 65))
def test_production_fits_a_server_of_any_size(cores: int) -> None:
    proof = prove(fleet_on(cores))
    assert proof.findings == ()
