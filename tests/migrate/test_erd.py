"""The diagram shows every table and foreign key, and its lines can be told apart."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations
from random import Random

import pytest
from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Integer, MetaData, Table

from dbkit.migrate.erd.drawing import erd_svg
from dbkit.migrate.erd.mermaid import erd_mermaid
from dbkit.migrate.erd.placing import HEADER
from dbkit.migrate.erd.tables import Diagram, diagram, of_area, of_models
from dbkit.models import ENTITIES
from dbkit.models.areas import AREAS, Area
from tests.migrate.pictures import SVG, arrow, corners, groups, parse, rectangle, rectangle_in, strokes

TABLES = {entity.name: entity.table for entity in ENTITIES}
FOREIGN_KEYS = {str(key.name): key for table in TABLES.values() for key in table.foreign_key_constraints}
DIAGRAMS = {"all": of_models(), **{area.value: of_area(area) for area in Area}}
PICTURES = {name: erd_svg(each) for name, each in DIAGRAMS.items()}


@pytest.fixture(params=list(DIAGRAMS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def shown(name: str) -> Diagram:
    return DIAGRAMS[name]


@pytest.fixture
def picture(name: str) -> str:
    return PICTURES[name]


def test_every_table_and_foreign_key_is_there() -> None:
    assert set(groups(PICTURES["all"], "table")) == set(TABLES)
    lines = groups(PICTURES["all"], "reference")
    assert {key: (each.get("data-from"), each.get("data-to")) for key, each in lines.items()} == {
        name: (key.table.name, key.referred_table.name) for name, key in FOREIGN_KEYS.items()
    }


def test_a_table_shows_the_columns_of_its_keys() -> None:
    boxes = groups(PICTURES["all"], "table")
    for table in TABLES.values():
        words = {each.text for each in boxes[table.name].iter(f"{SVG}text")}
        keys = {column.name for column in table.primary_key}
        last = {key.column_keys[-1] for key in table.foreign_key_constraints}
        assert words - {"◆"} == {table.name} | keys | last


def test_a_line_goes_from_its_column_to_its_table(shown: Diagram, picture: str) -> None:
    boxes = {name: rectangle_in(box) for name, box in groups(picture, "table").items()}
    lines = groups(picture, "reference")
    assert len(lines) == len(shown.references)
    for reference in shown.references:
        x, y = corners(lines[reference.name])[0]
        source = boxes[reference.source]
        row = next(
            float(each.attrib["y"])
            for each in groups(picture, "table")[reference.source].iter(f"{SVG}text")
            if each.text == reference.column
        )
        assert x in (source.left, source.right), reference
        assert abs(y - row) < 6, reference
        x, y = arrow(lines[reference.name])
        target = boxes[reference.target]
        assert min(abs(x - target.left), abs(x - target.right)) < 0.1, reference
        assert target.top < y < target.top + HEADER, reference
        assert corners(lines[reference.name])[-1][1] == y, reference


def test_lines_run_around_tables(picture: str) -> None:
    boxes = {name: rectangle_in(box) for name, box in groups(picture, "table").items()}
    for key, line in groups(picture, "reference").items():
        hit = [(key, name) for stroke in strokes(line) for name, box in boxes.items() if box.overlaps(stroke)]
        assert hit == []


def test_lines_to_different_tables_never_run_over_each_other(picture: str) -> None:
    """They cross, but no piece of one lies on a piece of the other."""
    lines = groups(picture, "reference")
    for (one, first), (other, second) in combinations(lines.items(), 2):
        if first.get("data-to") == second.get("data-to"):
            continue
        for stroke in strokes(first):
            for against in strokes(second):
                across = min(stroke.right, against.right) - max(stroke.left, against.left)
                down = min(stroke.bottom, against.bottom) - max(stroke.top, against.top)
                upright = stroke.left == stroke.right == against.left == against.right
                level = stroke.top == stroke.bottom == against.top == against.bottom
                assert not (upright and down > 0), (one, other)
                assert not (level and across > 0), (one, other)


def test_tables_stand_apart_in_their_frames(shown: Diagram, picture: str) -> None:
    boxes = {name: rectangle_in(box) for name, box in groups(picture, "table").items()}
    assert not [pair for pair in combinations(boxes, 2) if boxes[pair[0]].overlaps(boxes[pair[1]])]
    frames = [rectangle(each) for each in parse(picture).iter(f"{SVG}rect") if each.get("class") == "panel"]
    assert not [pair for pair in combinations(frames, 2) if pair[0].overlaps(pair[1])]
    for frame, drawn in zip(shown.frames, frames, strict=True):
        assert [box.name for box in frame.boxes if not drawn.contains(boxes[box.name])] == []


def test_all_is_on_the_page(picture: str) -> None:
    root = parse(picture)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    points = [point for line in groups(picture, "reference").values() for point in corners(line)]
    points += [(box.right, box.bottom) for box in map(rectangle_in, groups(picture, "table").values())]
    assert all(0 < x < width and 60 < y < height for x, y in points)


def test_an_area_names_what_it_refers_to_elsewhere() -> None:
    inside, outside = of_area(Area.OPERATIONS).frames
    assert [box.name for box in inside.boxes] == [entity.name for entity in AREAS[Area.OPERATIONS]]
    assert outside.is_outside
    assert {box.name for box in outside.boxes} == {"projects", "integrations", "installations", "installation_configs"}
    assert all(box.rows == () for box in outside.boxes)


def test_the_same_on_every_run() -> None:
    code = "from dbkit.migrate.erd.drawing import erd_svg; from dbkit.migrate.erd.tables import of_models; "
    command = [sys.executable, "-c", code + "print(erd_svg(of_models()), end='')"]
    for seed in ("1", "2"):
        drawn = subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        assert drawn.stdout == PICTURES["all"]


def test_colours_are_for_light_and_for_dark() -> None:
    style = next(parse(PICTURES["all"]).iter(f"{SVG}style")).text or ""
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    assert "text { fill: #1c2430; }" in light
    assert "text { fill: #e6ebf1; }" in dark
    assert "$" not in style


def test_tables_of_others() -> None:
    """A table that refers to itself, two keys between two tables, names that XML would take for its own."""
    metadata = MetaData(naming_convention={"fk": "fk_%(table_name)s_%(column_0_name)s"})
    parent = Table("a&b", metadata, Column("id", Integer, primary_key=True), Column("up", ForeignKey("a&b.id")))
    child = Table(
        "<child>",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("one", Integer, nullable=False),
        Column("other", Integer),
        ForeignKeyConstraint(["one"], ["a&b.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["other"], ["a&b.id"]),
    )
    shown = diagram("Mine", {"All": [parent, child]})
    assert [str(reference) for reference in shown.references] == [
        "a&b (up) → a&b (id), ON DELETE NO ACTION",
        "<child> (one) → a&b (id), ON DELETE CASCADE",
        "<child> (other) → a&b (id), ON DELETE NO ACTION",
    ]
    assert set(groups(erd_svg(shown), "table")) == {"a&b", "<child>"}
    assert set(groups(erd_svg(shown), "reference")) == {"fk_a&b_up", "fk_<child>_one", "fk_<child>_other"}


@pytest.mark.parametrize("seed", range(8))
def test_any_tables_can_be_told_apart(seed: int) -> None:
    """Up to 24 tables with up to 5 foreign keys each, to whichever tables."""
    chance = Random(seed)
    metadata = MetaData()
    count = chance.randint(2, 24)
    groups: dict[str, list[Table]] = {}
    for number in range(count):
        keys = [
            Column(f"c{place}", ForeignKey(f"t{chance.randrange(count)}.id")) for place in range(chance.randint(0, 5))
        ]
        table = Table(f"t{number}", metadata, Column("id", Integer, primary_key=True), *keys)
        groups.setdefault(f"Group {chance.randint(1, 4)}", []).append(table)
    shown = diagram("Any", groups)
    picture = erd_svg(shown)
    test_a_line_goes_from_its_column_to_its_table(shown, picture)
    test_lines_run_around_tables(picture)
    test_lines_to_different_tables_never_run_over_each_other(picture)
    test_tables_stand_apart_in_their_frames(shown, picture)
    test_all_is_on_the_page(picture)


def test_a_table_alone() -> None:
    alone = Table("alone", MetaData(), Column("id", Integer, primary_key=True))
    assert set(groups(erd_svg(diagram("One", {"One": [alone]})), "table")) == {"alone"}


def test_mermaid_has_every_table_and_foreign_key() -> None:
    lines = erd_mermaid(of_models()).splitlines()
    assert lines[0] == "erDiagram"
    assert {line.split()[0] for line in lines if line.endswith("{")} == set(TABLES)
    assert len([line for line in lines if "--" in line]) == len(FOREIGN_KEYS)


@pytest.mark.parametrize(
    "line",
    [
        "projects ||--o{ api_keys : project_id",
        "teams |o--o{ teams : parent_team_id",
        "organizations ||--o| billing_accounts : organization_id",
        "uuid connection_id PK, FK",
        "timestamptz occurred_at PK",
    ],
)
def test_mermaid_tells_how_many(line: str) -> None:
    assert f"  {line}\n" in erd_mermaid(of_models())
