"""What docs/doctor.md shows is what the checks are, and what they say."""

from __future__ import annotations

import re
from dataclasses import replace

from dbkit.doctor.examine import judged
from dbkit.doctor.expected import Expected
from dbkit.doctor.facts import Constraint, Role
from dbkit.doctor.findings import Examination, Examined
from dbkit.doctor.telling import examination_lines
from dbkit.doctor.unseen import Unseen
from dbkit.pool.profiles import read_profiles
from tests.architecture.sources import PROJECT
from tests.cli.run import Command
from tests.doctor.healthy import FACTS, NOW_SECONDS, SESSION, SLOT

PAGE = (PROJECT / "docs" / "doctor.md").read_text()

SERVER = Examined(
    database="postgresql://db.example.com/shop",
    version="18.4",
    role="dbkit_api",
    in_recovery=False,
    system_identifier="7000000000000000000",
    timeline=3,
    environment="staging",
    services=("api",),
)
EXPECTED = Expected(
    environment="staging",
    services=("api",),
    profile=read_profiles({}).profile("staging", ["api"]),
    now_seconds=NOW_SECONDS,
)
LEFT_IDLE = replace(SESSION, application_name="psql", state="idle in transaction", state_seconds=1500)


def told() -> str:
    """Return what is said of a server with a few things wrong, to a role that sees most."""
    roles = (Role("dbkit_api", "dbkit_api", False, False, False, False, False, True, 36, None),)
    facts = replace(
        FACTS,
        identity=replace(FACTS.identity, role="dbkit_api"),
        roles=roles,
        sessions=(LEFT_IDLE,),
        constraints=(Constraint("ck_orders_paid", "public.orders"),),
        slots=(replace(SLOT, is_active=False, retained_bytes=38.5 * 1024**3),),
        host_rules=Unseen("needs a superuser"),
        link=replace(FACTS.link, sslmode="require"),
    )
    found = judged(
        facts, EXPECTED, ignored=("fleet", "memory", "service_connects", "session_settings", "role_settings")
    )
    return "".join(f"{line.plain}\n" for line in examination_lines(Examination.of(SERVER, found)))


def test_the_table_of_checks_is_what_the_command_lists(dbkit: Command) -> None:
    assert dbkit("doctor --list").out in PAGE


def test_the_example_is_what_is_said() -> None:
    (shown,) = re.findall(r"^```\n\$ dbkit doctor [^\n]*\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert shown == told()
