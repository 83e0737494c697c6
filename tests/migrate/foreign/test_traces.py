"""A line that Alembic made is traced and planned as any other."""

from __future__ import annotations

from dbkit.migrate.forecast.planning import Wanted, plan_from_files
from dbkit.migrate.forecast.rehearsal import rehearse
from dbkit.migrate.forecast.script import forecast_sql
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Line
from dbkit.migrate.sum import write
from dbkit.migrate.trace.file import Trace, findings
from dbkit.migrate.trace.writing import trace_line
from dbkit.testing.templates import Databases
from tests.migrate.foreign.shop import Project


def test_a_project_of_another_team(project: Project, server: Databases) -> None:
    line = Line.read(project.folder)
    write(line)
    found = trace_line(project.folder, dev_url=server.url_for("postgres"))
    assert (found.walked, found.disagreements) == (len(line.revisions), ())
    assert findings(line) == []
    trace, index = Trace.read(line.folder), line.find("e1e1e1e1e1e1")
    seen = trace.of(index)
    assert seen is not None
    assert seen.locks == {"customers": Lock.SHARE_UPDATE_EXCLUSIVE}
    names = {name for each in line.revisions if (one := trace.of(each)) for name in one.locks}
    assert line.version_table.name not in names
    told = plan_from_files("base", Wanted(), line=project.folder)
    assert len(told.revisions) == len(line.revisions)
    assert "-- and its row in the version table" in forecast_sql(told)


def test_a_rehearsal_begins_where_the_live_database_is_on_lines_that_branch(
    project: Project, other_url: str, server: Databases
) -> None:
    write(Line.read(project.folder))
    project.upgrade(other_url, "c3c3c3c3c3c3")
    found = rehearse(other_url, line=project.folder, dev_url=server.url_for("postgres"))
    assert found.differences == ()
    assert "create_stock" not in [step.revision.slug for step in found.report.steps]
    assert "create_orders" in [step.revision.slug for step in found.report.steps]
    assert found.report.pending == 0
