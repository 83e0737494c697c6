from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from dbkit.mock.rows.references import AnyEntity
from dbkit.models import ENTITIES
from tests.differential.comparing import difference
from tests.differential.family import family_of
from tests.differential.machine import shrunk
from tests.differential.playing import play
from tests.differential.program import BEGIN, END, Program, Step, load, save
from tests.differential.sides import Twin
from tests.differential.values import New
from tests.differential.writing import Plan, programs, seeded


@settings(max_examples=20, deadline=None, database=None)
@given(programs(Plan()))
def test_a_program_is_the_same_once_it_was_stored(program: Program) -> None:
    assert Program.read(program.data()) == program


def test_a_file_holds_a_program(tmp_path: Path) -> None:
    program = seeded(7, Plan())
    save(program, tmp_path / "program.json")
    assert load(tmp_path / "program.json") == program


def test_a_seed_gives_the_same_program_for_ever() -> None:
    assert seeded("connections 3", Plan()).data() == seeded("connections 3", Plan()).data()


@pytest.mark.parametrize("entity", ENTITIES, ids=[entity.name for entity in ENTITIES])
async def test_what_a_family_stands_on_is_stored(entity: AnyEntity) -> None:
    """Else most of a program would only meet missing parents."""
    ground = [Step(0, "create", name, (New(name, fields),)) for name, fields in family_of(entity).ground]
    trace = await play(Program((Step(0, BEGIN), *ground, Step(0, END))), Twin())
    assert not [moment for moment in trace.moments if "raised" in str(moment.finished)]


async def test_the_twin_plays_a_program_the_same_way_each_time() -> None:
    program = seeded(11, Plan(sessions=1))
    assert difference(await play(program, Twin()), await play(program, Twin())) is None


async def test_shrinking_keeps_the_steps_that_make_the_difference() -> None:
    steps = [Step(0, "nothing", named={"number": number}) for number in range(20)]

    async def differs(program: Program) -> bool:
        numbers = [step.named["number"] for step in program.steps]
        return 3 in numbers and 17 in numbers

    program = await shrunk(Program(tuple(steps)), differs)
    assert [step.named["number"] for step in program.steps] == [3, 17]
