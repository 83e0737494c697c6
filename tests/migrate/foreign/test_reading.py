"""What a project's files say, read without running any of them."""

from __future__ import annotations

import ast
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from dbkit.migrate.errors import RevisionFailed
from dbkit.migrate.foreign.env_file import EnvFile
from dbkit.migrate.foreign.line import ForeignLine, read_line
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.foreign.settings import settings_of
from dbkit.migrate.foreign.signs import Way, way_of
from dbkit.migrate.header import Impossible, Lock, Lossless, Phase, Unknown
from dbkit.migrate.line import Line, own_folder
from dbkit.migrate.new import new_revision
from dbkit.migrate.report import Report
from dbkit.migrate.runner import apply
from dbkit.migrate.version_table import VersionTable
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.foreign.databases import Connection
from tests.migrate.foreign.shop import Project
from tests.migrate.lines import LineFolder
from tests.migrate.runs import has

IN_BLOCK = "with op.get_context().autocommit_block():\n    op.execute('VACUUM')"


@pytest.mark.parametrize(
    ("code", "way"),
    [
        ("op.execute('CREATE INDEX i ON a (id)')", Way.ONE_TRANSACTION),
        ("'CONCURRENTLY'", Way.ONE_TRANSACTION),
        ("op.create_index('i', 'a', ['id'], postgresql_concurrently=False)", Way.ONE_TRANSACTION),
        ("session.commit()", Way.ONE_TRANSACTION),
        (IN_BLOCK, Way.IN_PARTS),
        ("op.execute('COMMIT')", Way.IN_PARTS),
        ("op.execute('create index concurrently i on a (id)')", Way.AUTOCOMMIT),
        ("op.execute(f'CREATE INDEX CONCURRENTLY i ON {table} (id)')", Way.AUTOCOMMIT),
        ("op.create_index('i', 'a', ['id'], postgresql_concurrently=True)", Way.AUTOCOMMIT),
        ("op.execute('VACUUM a')", Way.AUTOCOMMIT),
        ("op.execute('REINDEX INDEX CONCURRENTLY i')", Way.AUTOCOMMIT),
    ],
)
def test_the_way_that_code_asks_for(code: str, way: Way) -> None:
    assert way_of(ast.parse(code)) is way


def revision(tmp_path: Path, text: str) -> ForeignRevision:
    path = tmp_path / "1234_words.py"
    path.write_text(f"revision = '1234'\n{dedent(text)}\ndef upgrade(): ...\ndef downgrade(): op.drop_table('a')\n")
    return ForeignRevision.read(path, tmp_path)


def test_nothing_is_known_where_nothing_is_said(tmp_path: Path) -> None:
    header = revision(tmp_path, "").header
    assert (header.phase, header.transactional, header.locks) == (Phase.UNKNOWN, True, {})
    assert header.downgrade == Unknown()


def test_comments_say_it(tmp_path: Path) -> None:
    said = revision(tmp_path, "# phase: Contract\n# transactional: no\n# downgrade: lossless")
    assert (said.header.phase, said.header.transactional) == (Phase.CONTRACT, False)
    assert said.header.downgrade == Lossless()
    assert said.how == "in parts"


def test_a_header_says_it(tmp_path: Path) -> None:
    text = """
    # phase: expand
    from dbkit.migrate.header import *
    header = Header(
        phase=Phase.CONTRACT, transactional=False, downgrade=Impossible("gone"), locks={"a": Lock.ACCESS_EXCLUSIVE}
    )
    """
    said = revision(tmp_path, text)
    assert (said.header.phase, said.how) == (Phase.CONTRACT, "autocommit")
    assert said.header.downgrade == Impossible("gone")
    assert said.header.locks == {"a": Lock.ACCESS_EXCLUSIVE}


@pytest.mark.parametrize(
    ("name", "id", "slug"),
    [
        ("ae10_add_x.py", "ae10", "add_x"),
        ("2026_03_01_0930-ae10_add_x.py", "ae10", "add_x"),
        ("0001.py", "0001", ""),
        ("add_x.py", "ae10", "add_x"),
    ],
)
def test_slugs(tmp_path: Path, name: str, id: str, slug: str) -> None:
    (tmp_path / name).write_text(f"revision = {id!r}")
    found = ForeignRevision.read(tmp_path / name, tmp_path)
    assert (found.id, found.slug) == (id, slug)
    assert str(found) == f"{id} {slug}".strip()


INI = "[alembic]\nscript_location = {location}\n{more}\n"


def project_at(
    folder: Path, location: str = "scripts", more: str = "", places: tuple[str, ...] = ("scripts/versions",)
) -> Path:
    """Make a project's folders and its alembic.ini; each place has a revision behind that of the one before."""
    ini = folder / "alembic.ini"
    ini.write_text(INI.format(location=location, more=more))
    for number, place in enumerate(places):
        versions = folder / place
        versions.mkdir(parents=True)
        parent = None if number == 0 else f"r{number - 1}"
        (versions / f"r{number}_x.py").write_text(
            f"revision = 'r{number}'\ndown_revision = {parent!r}\ndef upgrade(): ...\n"
        )
    return ini


@pytest.mark.parametrize(
    "more",
    [
        "version_locations = %(here)s/one:%(here)s/two\npath_separator = os",
        "version_locations = one:two\npath_separator = :",
        "version_locations = one;two\npath_separator = ;",
        "version_locations = one two\npath_separator = space",
        "version_locations =\n    one\n    two\npath_separator = newline",
        "version_locations = one, two",
        "version_locations = one two\nversion_path_separator = space",
    ],
)
def test_several_version_locations(tmp_path: Path, more: str) -> None:
    (tmp_path / "scripts").mkdir()
    line = Line.read(project_at(tmp_path, more=more, places=("one", "two")))
    assert [each.name for each in line.revisions] == ["r0_x.py", "r1_x.py"]
    assert line.findings() == []


def test_folders_below(tmp_path: Path) -> None:
    more = "recursive_version_locations = true"
    ini = project_at(tmp_path, more=more, places=("scripts/versions/2025", "scripts/versions/2026/03"))
    assert [each.name for each in Line.read(ini).revisions] == ["2025/r0_x.py", "2026/03/r1_x.py"]


def test_a_package(tmp_path: Path) -> None:
    ini = project_at(tmp_path, "pack:scripts", "prepend_sys_path = .", places=("pack/scripts/versions",))
    (tmp_path / "pack" / "__init__.py").touch()
    before = list(sys.path)
    assert Line.read(ini).folder == tmp_path / "pack" / "scripts"
    assert sys.path == before


def test_pyproject(tmp_path: Path) -> None:
    project_at(tmp_path).unlink()
    toml = tmp_path / "pyproject.toml"
    toml.write_text('[tool.alembic]\nscript_location = "%(here)s/scripts"\nversion_table = "versions_of_shop"\n')
    for path in (toml, tmp_path / "scripts"):
        line = Line.read(path)
        assert line.version_table == VersionTable("versions_of_shop")
        assert len(line.revisions) == 1


@pytest.mark.parametrize("template", ["generic", "pyproject", "async", "pyproject_async"])
def test_each_of_alembics_templates(tmp_path: Path, template: str) -> None:
    project = Project(tmp_path, template)
    project.add("aaaa1111", "pass")
    line = Line.read(project.line)
    assert isinstance(line, ForeignLine)
    assert (line.findings(), [each.id for each in line.revisions]) == ([], ["aaaa1111"])
    assert line.project.settings.import_paths == (tmp_path,)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("no section", "not what configparser reads"),
        ("[alembic]\nurl = postgresql://me:secret@%(nowhere)s/\nscript_location = x", "not what configparser reads"),
        ("[shop]\nscript_location = x", "no script_location"),
        (INI.format(location="scripts", more="sourceless = true"), "sourceless"),
        (INI.format(location="nowhere:scripts", more=""), "no package nowhere"),
        (INI.format(location="scripts", more="version_locations = a\npath_separator = comma"), "path_separator"),
        (INI.format(location="scripts", more=""), "leads to no line"),
    ],
)
def test_settings_that_lead_nowhere(tmp_path: Path, text: str, match: str) -> None:
    ini = tmp_path / "alembic.ini"
    ini.write_text(text)
    with pytest.raises(ConfigurationInvalid, match=match) as caught:
        read_line(ini)
    assert "secret" not in str(caught.value)


def env(tmp_path: Path, text: str) -> EnvFile:
    path = tmp_path / "env.py"
    path.write_text(dedent(text))
    return EnvFile(path)


def test_constants_of_env(tmp_path: Path) -> None:
    found = env(
        tmp_path,
        """
        from shop import models as m
        from shop.tables import Base as B
        TABLE = "versions_of_shop"
        target_metadata = B.metadata
        context.configure(url=url, version_table=TABLE, version_table_schema="shop", target_metadata=target_metadata)
        context.configure(connection, version_table=TABLE, version_table_schema="shop", target_metadata=B.metadata)
        """,
    )
    assert found.constant("version_table") == "versions_of_shop"
    assert found.constant("version_table_schema") == "shop"
    assert found.target_metadata == "shop.tables:Base"
    assert found.notes == ()


@pytest.mark.parametrize(
    "code",
    [
        "context.configure(version_table=config.get_main_option('table'))",
        "context.configure(version_table='a')\ncontext.configure(version_table='b')",
    ],
)
def test_what_env_works_out_has_to_be_said(tmp_path: Path, code: str) -> None:
    ini = project_at(tmp_path)
    env(tmp_path / "scripts", code)
    with pytest.raises(ConfigurationInvalid, match=r"works out version_table.*alembic\.ini"):
        Line.read(ini)
    ini.write_text(ini.read_text() + "version_table = of_shop\n")
    assert Line.read(ini).version_table.name == "of_shop"


def test_what_env_does_is_told(tmp_path: Path) -> None:
    notes = env(
        tmp_path,
        """
        connection.execute(text("set role owner; SET search_path TO shop"))
        context.configure(connection, on_version_apply=tell)
        """,
    ).notes
    assert "search_path, set role" in notes[0]
    assert "on_version_apply" in notes[1]
    assert EnvFile(tmp_path / "none.py").notes == ()


@pytest.mark.parametrize("metadata", ["Base", "Base.metadata"])
def test_a_naming_convention_may_be_said(
    project: Project, postgres_url: str, connection: Connection, metadata: str
) -> None:
    """Without one, PostgreSQL names what has no name."""
    (project.line / "env.py").unlink()
    named = "SELECT conname FROM pg_constraint WHERE conname LIKE '%email%'"
    apply(postgres_url, line=project.ini, count=1)
    assert connection.execute(named).fetchall() == [("customers_email_key",)]
    connection.execute("DROP TABLE customers, alembic_version; DROP TYPE mood")
    project.set("target_metadata", f"shop.models:{metadata}")
    apply(postgres_url, line=project.ini, count=1)
    assert connection.execute(named).fetchall() == [("uq_customers_email",)]


def test_a_version_table_of_ones_own(small: Project, postgres_url: str, connection: Connection) -> None:
    connection.execute("CREATE SCHEMA kept")
    small.set("version_table", "Versions of small")
    small.set("version_table_schema", "kept")
    report: Report = apply(postgres_url, line=small.ini)
    assert len(report.steps) == 2
    assert connection.execute('SELECT version_num FROM kept."Versions of small"').fetchall() == [("bbbb2222",)]
    assert not has(connection, "alembic_version")
    assert apply(postgres_url, line=small.line).steps == ()


def test_the_roles_search_path_is_that_of_revisions(small: Project, postgres_url: str, connection: Connection) -> None:
    connection.execute("CREATE SCHEMA shop; CREATE SCHEMA types; CREATE DOMAIN types.positive AS int CHECK (value > 0)")
    small.add("cccc3333", 'op.execute("CREATE TABLE b (id positive)")')
    separator = "&" if "?" in postgres_url else "?"
    url = f"{postgres_url}{separator}options=-csearch_path%3Dshop,types"
    apply(url, line=small.line)
    assert has(connection, "shop.b")
    assert has(connection, "shop.alembic_version")
    assert apply(url, line=small.line).steps == ()


def test_a_new_revision(small: Project, postgres_url: str, connection: Connection) -> None:
    now = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    path = new_revision(small.line, "Add b", now=now)
    line = Line.read(small.line)
    assert (path.parent, line.head and line.head.path, line.findings()) == (small.versions, path, [])
    assert path.name == f"{line.revisions[-1].id}_add_b.py"
    assert line.revisions[-1].header.phase is Phase.EXPAND
    small.set("file_template", "%%(year)d/%%(month).2d_%%(day).2d-%%(rev)s_%%(slug)s")
    small.set("recursive_version_locations", "true")
    path = new_revision(small.line, "add c", now=now)
    assert path.parent == small.versions / "2026"
    assert path.name.startswith("03_01-")
    assert len(apply(postgres_url, line=small.line).steps) == 4
    assert "down_revision = " in path.read_text()
    scripts = ScriptDirectory.from_config(Config(str(small.ini)))
    assert scripts.get_current_head() == Line.read(small.line).revisions[-1].id


def test_an_error_names_the_line_of_the_file(
    small: Project, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.add("cccc3333", 'op.execute("nonsense")')
    monkeypatch.chdir(small.folder)
    wanted = small.file("cccc3333").read_text().splitlines().index('    op.execute("nonsense")') + 1
    with pytest.raises(RevisionFailed, match=rf"cccc3333 revision_cccc3333 \(line {wanted}\)"):
        apply(postgres_url, line=Path("migrations"))


def test_own_lines_are_not_taken_for_alembics(tmp_path: Path) -> None:
    assert not isinstance(Line.read(own_folder()), ForeignLine)
    assert not isinstance(Line.read(LineFolder(tmp_path).folder), ForeignLine)


def test_a_line_that_does_not_branch_is_read_without_alembic(small: Project) -> None:
    code = f"""
import sys
from pathlib import Path
from dbkit.migrate.line import Line
line = Line.read(Path({str(small.line)!r}))
assert line.findings() == [] and [each.header for each in line.revisions]
assert not {{'alembic', 'sqlalchemy'}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_settings_of_a_folder_are_those_beside_it(made_shop: Project, tmp_path: Path) -> None:
    assert settings_of(made_shop.line).file == made_shop.ini
    other = tmp_path / "other"
    (other / "versions").mkdir(parents=True)
    assert settings_of(other).file is None


def test_written_by_hand_and_in_one_file_each(tmp_path: Path) -> None:
    """What Alembic needs is enough: a revision without downgrade, branch_labels or depends_on."""
    ini = project_at(tmp_path)
    (revision,) = Line.read(ini).revisions
    assert isinstance(revision.header.downgrade, Impossible)
