"""What is no line, and what is no place on it: named, and nothing is changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dbkit.migrate.deploys.phases import Part
from dbkit.migrate.errors import (
    DowngradeImpossible,
    DowngradeLoses,
    LineBroken,
    LineChanged,
    RevisionUnknown,
    TwoPlaces,
    VersionMissing,
)
from dbkit.migrate.foreign.errors import PhaseUnknown
from dbkit.migrate.line import Line
from dbkit.migrate.rebase import rebase
from dbkit.migrate.report import Options
from dbkit.migrate.runner import apply, down
from dbkit.migrate.sum import findings, write
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.foreign.databases import Connection
from tests.migrate.foreign.shop import Project, Written
from tests.migrate.runs import has, place

Break = Callable[[Project], object]


def edit(project: Project, id: str, old: str, new: str) -> None:
    """Change a revision's file."""
    path = project.file(id)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


BROKEN: dict[str, Break] = {
    r"the line ends 2 times: .*cccc3333.*dddd4444": lambda project: (
        project.add("cccc3333", "pass"),
        project.add("dddd4444", "pass", head="bbbb2222", splice=True),
    ),
    r"in a circle: .*bbbb2222.*cccc3333": lambda project: (
        project.add("cccc3333", "pass"),
        edit(project, "bbbb2222", "= 'aaaa1111'", "= 'cccc3333'"),
    ),
    r"bbbb2222_fill_a.py: it stands behind aaaa0000, which is missing": lambda project: edit(
        project, "bbbb2222", "= 'aaaa1111'", "= 'aaaa0000'"
    ),
    r"cccc3333.*: it stands behind nobody, which is missing": lambda project: (
        project.add("cccc3333", "pass"),
        edit(project, "cccc3333", "depends_on: Union[str, Sequence[str], None] = None", "depends_on = 'nobody'"),
    ),
    r"aaaa1111_create_a.py and bbbb2222_fill_a.py are both revision aaaa1111": lambda project: edit(
        project, "bbbb2222", "revision: str = 'bbbb2222'", "revision: str = 'aaaa1111'"
    ),
    r"bbbb2222_fill_a.py: it does not say which revision it is": lambda project: edit(
        project, "bbbb2222", "revision: str = 'bbbb2222'\n", "\n"
    ),
    r"bbbb2222_fill_a.py: revision is no constant": lambda project: edit(
        project, "bbbb2222", "= 'bbbb2222'\n", "= make()\n"
    ),
    r"bbbb2222_fill_a.py:\d+: it is no Python": lambda project: edit(project, "bbbb2222", "import", "imp ort"),
    r"bbbb2222_fill_a.py: it has no upgrade": lambda project: edit(project, "bbbb2222", "def upgrade", "def up"),
    r"its upgrade wants arguments, which only an env.py of several": lambda project: edit(
        project, "bbbb2222", "def upgrade()", "def upgrade(engine_name)"
    ),
    r"its comment `# phase: later` says none of expand, data, contract": lambda project: project.say(
        "bbbb2222", "# phase: later"
    ),
}


@pytest.mark.parametrize("found", BROKEN)
def test_what_is_no_line(small: Project, postgres_url: str, connection: Connection, found: str) -> None:
    BROKEN[found](small)
    with pytest.raises(LineBroken, match=found):
        apply(postgres_url, line=small.line)
    assert not has(connection, "alembic_version")
    assert not has(connection, "a")


def test_an_id_of_another_project(small: Project, postgres_url: str, connection: Connection) -> None:
    apply(postgres_url, line=small.line)
    connection.execute("UPDATE alembic_version SET version_num = 'ffff9999'")
    with pytest.raises(RevisionUnknown, match=r"at 'ffff9999', which this line does not have.*project"):
        apply(postgres_url, line=small.line)
    assert place(connection) == ["ffff9999"]


def test_a_row_that_stands_before_another(small: Project, postgres_url: str, connection: Connection) -> None:
    apply(postgres_url, line=small.line)
    connection.execute("INSERT INTO alembic_version VALUES ('aaaa1111')")
    with pytest.raises(TwoPlaces, match="at bbbb2222 and, at once, at aaaa1111"):
        apply(postgres_url, line=small.line)


def test_tables_without_a_version(small: Project, postgres_url: str, connection: Connection) -> None:
    connection.execute("CREATE TABLE of_somebody (id int)")
    with pytest.raises(VersionMissing):
        apply(postgres_url, line=small.line)
    assert not has(connection, "a")


def test_no_sum_is_told_and_an_edit_against_one_refused(
    small: Project, postgres_url: str, connection: Connection
) -> None:
    assert findings(Line.read(small.line)) == []
    (note,) = Line.read(small.line).notes
    assert "no dbkit.sum" in note
    assert write(Line.read(small.line))
    assert Line.read(small.line).notes == ()
    small.file("bbbb2222").write_text(small.file("bbbb2222").read_text() + "\n")
    with pytest.raises(LineChanged, match=r"bbbb2222_fill_a\.py was edited"):
        apply(postgres_url, line=small.line)
    assert not has(connection, "a")


def test_a_sum_follows_the_order_of_the_line_and_not_of_names(small: Project) -> None:
    small.write(Written("0000cccc", "third", "pass", "pass"))
    line = Line.read(small.line)
    write(line)
    names = [row.split(" ")[0] for row in (line.folder / "dbkit.sum").read_text().splitlines()[1:]]
    assert names == ["aaaa1111_create_a.py", "bbbb2222_fill_a.py", "0000cccc_third.py"]
    assert findings(line) == []
    small.add("00001111", "pass")
    assert findings(Line.read(small.line)) == ["00001111_revision_00001111.py is not hashed yet"]
    edit(small, "0000cccc", "= 'bbbb2222'", "= '00001111'")
    edit(small, "00001111", "= '0000cccc'", "= 'bbbb2222'")
    assert "00001111_revision_00001111.py was inserted before 0000cccc_third.py" in findings(Line.read(small.line))


def test_a_part_of_a_release_needs_phases(small: Project, postgres_url: str, connection: Connection) -> None:
    expand = Options(part=Part.EXPAND)
    with pytest.raises(PhaseUnknown, match=r"aaaa1111 create_a, bbbb2222 fill_a: no phase.*# phase: expand") as caught:
        apply(postgres_url, line=small.line, options=expand)
    assert caught.value.exit_code == 1
    small.say("aaaa1111", "# phase: expand")
    small.say("bbbb2222", "# phase: contract")
    apply(postgres_url, line=small.line, options=expand)
    assert place(connection) == ["aaaa1111"]


def test_a_downgrade_that_may_lose_anything(small: Project, postgres_url: str, connection: Connection) -> None:
    apply(postgres_url, line=small.line)
    with pytest.raises(DowngradeLoses, match=r"bbbb2222 fill_a may lose anything"):
        down(postgres_url, line=small.line)
    assert place(connection) == ["bbbb2222"]
    small.say("bbbb2222", "# downgrade: lossless")
    down(postgres_url, line=small.line)
    assert place(connection) == ["aaaa1111"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def downgrade", "def undo"),
        ('op.execute("DELETE FROM a")', 'raise RuntimeError("there is no way back")'),
    ],
)
def test_a_downgrade_that_is_none(
    small: Project, postgres_url: str, connection: Connection, old: str, new: str
) -> None:
    edit(small, "bbbb2222", old, new)
    apply(postgres_url, line=small.line)
    with pytest.raises(DowngradeImpossible, match="bbbb2222"):
        down(postgres_url, line=small.line, options=Options(lossy=True))
    assert place(connection) == ["bbbb2222"]


def test_a_rebase(small: Project) -> None:
    with pytest.raises(ConfigurationInvalid, match="alembic merge heads"):
        rebase(small.line)
