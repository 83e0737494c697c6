"""What a fleet opens, whether it fits, which service breaks it, and what would fit."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from dbkit.pool.counting import scenarios
from dbkit.pool.emitting import limit_statements, role_limits
from dbkit.pool.excess import findings
from dbkit.pool.facts import ServerFacts, compared, with_facts
from dbkit.pool.fitting import SIZED
from dbkit.pool.fleet import Fleet, Service, read_fleet, shipped_fleet
from dbkit.pool.profiles import read_profiles
from dbkit.pool.proof import prove
from dbkit.types import ConfigurationInvalid
from tests.pool.test_rollouts import random_fleet

PROFILES = read_profiles({})
PRODUCTION = shipped_fleet(PROFILES)
MINIMAL = 'environment = "prod"\n[server]\ncores = 64\n[[service]]\nname = "api"\nreplicas_max = 2\n'


def service(name: str, fleet: Fleet = PRODUCTION) -> Service:
    return next(each for each in fleet.services if each.name == name)


def fleet_of(tmp_path: Path, text: str) -> Fleet:
    path = tmp_path / "fleet.toml"
    path.write_text(text)
    return read_fleet(path, PROFILES)


def test_the_arithmetic_of_production() -> None:
    proof = prove(PRODUCTION)
    assert proof.fits
    assert PRODUCTION.available == 468
    assert {scenario.code: scenario.total for scenario in proof.scenarios} == {
        "steady": 308,
        "usual": 354,
        "rolling": 391,
        "terminating": 462,
        "failover": 462,
        "zone": 427,
    }
    assert round(proof.active) == 123
    assert round(proof.memory.work_gib) == 16


def test_production_by_service() -> None:
    counted = {scenario.code: scenario.connections for scenario in scenarios(PRODUCTION)}
    assert counted["steady"] == {
        "api": 72,
        "read": 60,
        "write": 40,
        "proxy": 24,
        "temporal": 40,
        "messenger": 24,
        "scribe": 16,
        "token-manager": 12,
        "metrics": 4,
        "builder-mcp": 16,
    }
    assert list(counted["rolling"].values()) == [90, 78, 50, 30, 50, 32, 20, 15, 6, 20]


def test_it_says_what_its_assumption_is_worth() -> None:
    (note,) = prove(PRODUCTION).notes
    assert "474 would be open, 6 more than there are" in note


def test_limits_of_roles_are_what_each_opens_at_the_most() -> None:
    limits = role_limits(PRODUCTION)
    assert limits["dbkit_api"] == 108
    assert limits["dbkit_token_manager"] == 18
    assert limits["dbkit_bi"] == 10
    fleet = replace(PRODUCTION, services=tuple(replace(each, role="all") for each in PRODUCTION.services))
    assert role_limits(fleet)["all"] == 462


def test_the_service_that_breaks_it_is_named_with_what_would_fit() -> None:
    proof = prove(PRODUCTION.with_service(replace(service("api"), replicas_max=13)))
    (finding,) = proof.findings
    assert (finding.code, finding.services) == ("connections", ("api",))
    assert finding.what == (
        "474 connections at the most (all rolling, terminating pods holding on), and 468 for the fleet: 6 too many;"
        " api breaks it"
    )
    assert finding.advice == (
        "Give api size_max 5 instead of 6 or replicas_max 12 instead of 13; or raise max_connections to 506, if cores"
        " and memory allow it (it takes a restart)."
    )


def test_what_would_fit_is_the_largest_that_fits() -> None:
    chance = random.Random(7)
    broken = [fleet for fleet in (random_fleet(chance) for _ in range(300)) if _is_too_large(fleet)]
    assert len(broken) > 50
    for fleet in broken:
        for fit in prove(fleet).would_fit:
            sizes = [
                size for size in range(1, fit.service.size_max) if not _is_too_large(_sized(fleet, fit.service, size))
            ]
            assert fit.size_max == max(sizes, default=None)


def _sized(fleet: Fleet, service: Service, size: int) -> Fleet:
    return fleet.with_service(replace(service, size_max=size))


def _is_too_large(fleet: Fleet) -> bool:
    return any(finding.code in SIZED for finding in findings(fleet))


def test_where_no_service_can_make_room_alone_all_of_them_give() -> None:
    proof = prove(PRODUCTION.with_size(100))
    assert not any(fit.helps for fit in proof.would_fit)
    assert "No service can make room alone. Give all of them 4 % of their size_max (api 4," in proof.findings[0].advice
    assert prove(PRODUCTION.with_size(4)).fits


def test_where_not_even_the_smallest_pools_fit_it_says_so() -> None:
    many = replace(PRODUCTION, services=tuple(replace(each, replicas_max=500) for each in PRODUCTION.services))
    assert "Pools of 1 would not fit either" in prove(many).findings[0].advice


def test_reserved_slots_and_other_sessions_count() -> None:
    crowded = replace(PRODUCTION, server=replace(PRODUCTION.server, reserved=7))
    (finding,) = prove(crowded).findings
    assert "461 for the fleet: 1 too many" in finding.what
    full = replace(PRODUCTION, server=replace(PRODUCTION.server, max_connections=32))
    assert prove(full).findings[0].code == "nothing_left"


def test_cores_are_a_limit_of_their_own() -> None:
    small = replace(PRODUCTION, server=replace(PRODUCTION.server, cores=32, active_max=64))
    (finding,) = prove(small).findings
    assert finding.code == "cores"
    assert "123 statements at a time, and 32 cores serve 64 best" in finding.what
    assert "pooler" in finding.advice


def test_memory_is_a_limit_of_its_own() -> None:
    (finding,) = prove(replace(PRODUCTION, server=replace(PRODUCTION.server, memory_gib=80.0))).findings
    assert finding.code == "memory"
    assert "84.8 GiB" in finding.what


def test_limits_of_roles_are_a_limit_of_their_own() -> None:
    limited = PRODUCTION.with_service(replace(service("proxy"), connection_limit=30))
    (finding,) = prove(limited).findings
    assert (finding.code, finding.services) == ("role_limit", ("proxy",))
    assert finding.what == "the role dbkit_proxy may have 30 connections, and needs up to 36 for proxy"


def test_processes_and_pools_multiply(tmp_path: Path) -> None:
    two = fleet_of(tmp_path, MINIMAL + "processes = 2\npools = 2\n")
    assert scenarios(two)[0].total == 2 * 2 * 2 * 6


def test_what_is_left_out_is_what_such_a_server_has(tmp_path: Path) -> None:
    server = fleet_of(tmp_path, MINIMAL.replace("64", "8")).server
    assert (server.max_connections, server.memory_gib, server.shared_buffers_gib) == (200, 32, 8)
    assert (server.active_max, server.superuser_reserved) == (16, 3)


def test_without_a_share_whole_waves_of_pods_hold_on(tmp_path: Path) -> None:
    counted = {each.code: each.total for each in scenarios(fleet_of(tmp_path, MINIMAL.replace("= 2\n", "= 10\n")))}
    # Three more while it rolls, three that hold on: Kubernetes counts a quarter of ten up.
    assert counted == {"steady": 60, "rolling": 78, "terminating": 96, "failover": 96}
    slow = MINIMAL.replace("= 2\n", "= 10\n") + "[rollout]\ndrain_seconds = 30\n"
    assert scenarios(fleet_of(tmp_path, slow))[2].total == 120


def test_sessions_on_a_replica_come_along_at_failover(tmp_path: Path) -> None:
    counted = {each.code: each.total for each in scenarios(fleet_of(tmp_path, MINIMAL + "replica_size_max = 4\n"))}
    assert counted["failover"] == counted["terminating"] + 4 * 4


def test_a_deployment_may_hold_several_services(tmp_path: Path) -> None:
    text = MINIMAL.replace('"api"', '"front"') + 'holds = ["api", "read"]\nrole = "front"\n'
    front = fleet_of(tmp_path, text).services[0]
    assert (front.size_max, front.holds, front.role) == (12, ("api", "read"), "front")


def test_a_service_without_a_profile_may_state_its_size(tmp_path: Path) -> None:
    shop = MINIMAL.replace('"api"', '"shop"')
    assert fleet_of(tmp_path, shop + "size_max = 3\n").services[0].size_max == 3
    with pytest.raises(ConfigurationInvalid, match="there is no service 'shop'"):
        fleet_of(tmp_path, shop)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "environment"),
        ("environment = [", "it is no TOML"),
        (MINIMAL.replace("64", "0"), "server.cores"),
        (MINIMAL.replace("64", "-3"), "server.cores"),
        (MINIMAL.replace("64", "1.5"), "server.cores"),
        (MINIMAL.replace("= 2\n", '= "many"\n'), "service.0.replicas_max"),
        (MINIMAL.replace("replicas_max", "replicas"), "service.0.replicas"),
        (MINIMAL + "size_max = 0\n", "service.0.size_max"),
        (MINIMAL + "surge_percent = 125\n", "service.0.surge_percent"),
        (MINIMAL + "[rollout]\nready_seconds = 0\n", "rollout.ready_seconds"),
        (MINIMAL + "[rollout]\nzones = 1\n", "rollout.zones"),
        (MINIMAL + '[[other]]\nname = "x"\nconnections = -1\nreason = "y"\n', "other.0.connections"),
        (MINIMAL + '[[service]]\nname = "api"\nreplicas_max = 1\n', "describes api twice"),
        (MINIMAL.replace('"prod"', '"production"'), "there is no environment 'production'"),
        ('environment = "prod"\nservice = []\n[server]\ncores = 1\n', "service"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_the_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationInvalid) as caught:
        fleet_of(tmp_path, text)
    assert said in str(caught.value)


FACTS = ServerFacts(
    max_connections=400,
    superuser_reserved=3,
    reserved=0,
    shared_buffers_gib=64,
    work_mem_mib=32,
    hash_mem_multiplier=2,
    role_limits={"dbkit_api": 80, "dbkit_read": None},
    sessions={"dbkit/prod/api": 120, "dbkit/prod/read": 60, "psql": 20, "": 15},
)


def test_what_a_server_says_takes_the_place_of_the_plan() -> None:
    there = with_facts(PRODUCTION, FACTS)
    assert there.available == 368
    assert service("api", there).connection_limit == 80
    assert {finding.code for finding in findings(there)} == {"connections", "role_limit"}


def test_what_runs_on_a_server_is_compared_with_the_plan() -> None:
    found, notes = compared(PRODUCTION, FACTS)
    assert [finding.code for finding in found] == ["processes", "others"]
    assert found[0].what.startswith(
        "api has 120 sessions, and the plan's 12 * 1 * 6 (replicas, processes, size) open up to 108"
    )
    assert (
        "35 sessions belong to no service of the fleet, and 29 are planned (psql: 20, without a name: 15)"
        in found[1].what
    )
    assert notes[0] == "max_connections is 400 on the server, and 500 in the plan: counted with the server's"
    assert any(note.startswith("the role dbkit_read of read has no limit") for note in notes)
    assert any(note.startswith("the role dbkit_write of write does not exist") for note in notes)


def test_limits_that_add_up_to_more_than_there_are_say_so() -> None:
    """One service takes most while it rolls, the other when a zone is lost, and the server is just large enough."""
    rolling = replace(service("api"), rollout=service("api").rollout.model_copy(update={"terminating_percent": 100}))
    quick = {"surge_percent": 0, "unavailable_percent": 100, "terminating_percent": 0}
    lost = replace(service("read"), rollout=service("read").rollout.model_copy(update=quick))
    fleet = replace(PRODUCTION, services=(rolling, lost), others=(), zones=2)
    needed = max(scenario.total for scenario in scenarios(fleet))
    proof = prove(replace(fleet, server=replace(fleet.server, max_connections=needed + 3)))
    assert proof.fits
    lines = list(limit_statements(proof))
    assert lines[1] == f"-- Together {needed + 30} of the {needed} that are not reserved."
    assert lines[2].startswith("-- That is more than there are")


def test_staging_fits_its_server(tmp_path: Path) -> None:
    """Three sets of all services, a fourth while they roll: 92 and 32 others of 200."""
    names = [each.name for each in PRODUCTION.services]
    services = "".join(f'[[service]]\nname = "{name}"\nreplicas_max = 3\n' for name in names)
    others = '[[other]]\nname = "others"\nconnections = 29\nreason = "as in production"\n'
    load = "[load]\nutilisation_percent = 20\n"
    fleet = fleet_of(tmp_path, f'environment = "staging"\n[server]\ncores = 8\n{load}{others}{services}')
    counted = {scenario.code: scenario.total for scenario in scenarios(fleet)}
    assert (counted["steady"], counted["rolling"], fleet.available) == (69, 92, 200 - 32)
    assert prove(fleet).fits


def test_deployments_that_are_alike_are_counted_each(tmp_path: Path) -> None:
    text = MINIMAL.replace("= 2\n", "= 1\n") + "deployments = 12\n"
    counted = {scenario.code: scenario.total for scenario in scenarios(fleet_of(tmp_path, text))}
    # Each of the twelve counts its surge up to a whole pod.
    assert counted == {"steady": 72, "rolling": 144, "terminating": 144, "failover": 144}


def test_a_service_may_be_of_another_environment(tmp_path: Path) -> None:
    text = MINIMAL + '[[service]]\nname = "dev"\nenvironment = "dev"\nreplicas_max = 1\n'
    assert [each.size_max for each in fleet_of(tmp_path, text).services] == [6, 5]
    with pytest.raises(ConfigurationInvalid, match="in staging there is no service 'dev'"):
        fleet_of(tmp_path, text.replace('"dev"\nreplicas', '"staging"\nreplicas'))
