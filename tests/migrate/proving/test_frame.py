"""Which revisions are proved, what is said of them, and what is never a pass."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import ClassVar
from xml.etree import ElementTree as ET

import pytest

from dbkit.migrate.errors import LineChanged, RevisionUnknown
from dbkit.migrate.proving import running
from dbkit.migrate.proving.model import Finding, Outcome, Series, Verdict
from dbkit.migrate.proving.page import proofs_html
from dbkit.migrate.proving.reporting import document, lines
from dbkit.migrate.proving.subject import Fill, Subject
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder
from tests.migrate.proving.conftest import Look, only


class Looks:
    """A check that answers what a test wants, and keeps what it was asked about."""

    name: ClassVar[str] = "looks"
    asks: ClassVar[str] = "Is it well?"

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.outcome = outcome or Outcome.of([])
        self.fills: list[Fill] = []
        self.rows: list[dict[str, int]] = []

    def prove(self, subject: Subject) -> Outcome:
        """Count the rows."""
        self.fills.append(subject.filled.fill)
        tables = subject.filled.before.rows
        self.rows.append({table: len(tables[table]) for table in tables})
        return self.outcome


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Looks:
    """The only check that there is."""
    check = Looks()
    monkeypatch.setattr(running, "checks_of", lambda _names: (check,))
    return check


def verdicts(proofs: running.Proofs) -> list[tuple[str, str]]:
    return [
        (proof.revision.slug, outcome.verdict.value) for proof in proofs.proofs for outcome in proof.outcomes.values()
    ]


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(("git", *who, *arguments), cwd=folder, check=True, capture_output=True)


def test_what_main_does_not_have_is_proved(line: LineFolder, look: Look, looks: Looks) -> None:
    line.tables("one")
    git(line.folder, "init", "-q", "-b", "main")
    git(line.folder, "add", ".")
    git(line.folder, "commit", "-q", "-m", "Begin")
    with pytest.raises(ConfigurationInvalid, match=r"no revision is new since main\. .*--new-since"):
        look()
    line.tables("two", "three")
    assert verdicts(look()) == [("create_two", "passed"), ("create_three", "passed")]
    assert verdicts(look(revisions=("create_one",))) == [("create_one", "passed")]
    assert verdicts(look(revisions=("create_one",), new_since="HEAD"))[0] == ("create_one", "passed")
    with pytest.raises(RevisionUnknown):
        look(revisions=("absent",))


def test_without_git_it_has_to_be_said_what_to_prove(line: LineFolder, look: Look, looks: Looks) -> None:
    line.tables("one")
    with pytest.raises(ConfigurationInvalid, match="git failed"):
        look()


def test_files_that_were_not_hashed_are_refused(line: LineFolder, look: Look, looks: Looks) -> None:
    line.tables("one")
    (path,) = (line.folder / "versions").glob("*.py")
    path.write_text(path.read_text().replace("id int", "id bigint"))
    with pytest.raises(LineChanged):
        look(revisions=("create_one",))


def test_tables_have_rows_with_and_without_what_may_be_empty(line: LineFolder, look: Look, looks: Looks) -> None:
    line.add("create", "CREATE TABLE things (id int PRIMARY KEY, note text, size int NOT NULL DEFAULT 3)")
    line.add("more", "ALTER TABLE things ADD COLUMN more int")
    line.add("require", "ALTER TABLE things ALTER COLUMN note SET NOT NULL")
    line.add("refuse", "ALTER TABLE things ADD CONSTRAINT none CHECK (id < 0)")
    found = look(revisions=("more", "require", "refuse"))
    assert looks.fills == [Fill.MIXED, Fill.FULL, Fill.NONE]
    assert [each["things"] for each in looks.rows] == [100, 100, 0]
    assert found.exit_code == 0


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("> op.execute(os.environ.get('WHERE', 'SELECT 1'))", r"line \d+: it reads os.environ"),
        ("SELECT pg_sleep(0)", r"line \d+: a statement sleeps"),
        ("CREATE EXTENSION absent_on_every_server", "it needs the extension absent_on_every_server"),
        ("SELECT * FROM absent", 'relation "absent" does not exist'),
    ],
)
def test_what_cannot_be_proved_is_named_and_no_pass(
    line: LineFolder, look: Look, looks: Looks, statement: str, why: str
) -> None:
    line.tables("one")
    line.add("bad", statement)
    found = look(revisions=("bad",))
    outcome = found.proofs[0].outcomes["looks"]
    assert outcome.verdict is Verdict.COULD_NOT_RUN
    assert re.search(why, outcome.reason)
    assert (found.exit_code, looks.fills) == (2, [])


def test_what_does_not_end_is_ended_and_no_pass(line: LineFolder, look: Look, looks: Looks) -> None:
    line.add("bad", "DO $$ BEGIN LOOP NULL; END LOOP; END $$")
    found = look(revisions=("bad",), seconds_max=1.0)
    outcome = found.proofs[0].outcomes["looks"]
    assert outcome.verdict is Verdict.COULD_NOT_RUN
    assert "did not end within" in outcome.reason
    assert looks.fills == []


def test_behind_what_fails_nothing_is_looked_at(line: LineFolder, look: Look, looks: Looks) -> None:
    line.tables("one")
    line.add("bad", "SELECT * FROM absent")
    line.tables("two")
    found = look(revisions=("create_one", "create_two"))
    assert verdicts(found) == [("create_one", "passed")]
    assert found.exit_code == 2
    assert 'relation "absent" does not exist; nothing behind it was looked at' in found.failures[0]


def test_what_is_found_is_one_and_told_to_everybody(line: LineFolder, look: Look, looks: Looks) -> None:
    line.tables("one")
    series = Series("reads", "ms", ((0.0, 1.0), (0.5, 20.0), (1.0, 2.0)), 0.2, 0.7)
    looks.outcome = Outcome.of(
        [Finding("it <stops> readers", "SELECT 1 < 2")], notes=("few rows",), figures={"worst_ms": 20}, series=(series,)
    )
    found = look(revisions=("create_one",))
    assert found.exit_code == 1
    told = "\n".join(lines(found))
    assert all(each in told for each in ("failed", "it <stops> readers", "SELECT 1 < 2", "note: few rows"))
    machine = json.loads(json.dumps(document(found)))
    outcome = machine["revisions"][0]["outcomes"]["looks"]
    assert (machine["form"], machine["exit_code"], outcome["verdict"]) == (1, 1, "failed")
    assert outcome["findings"] == [{"what": "it <stops> readers", "statement": "SELECT 1 < 2"}]
    assert outcome["series"][0]["points"] == [[0, 1], [0.5, 20], [1, 2]]
    page = proofs_html(found)
    assert "it &lt;stops&gt; readers" in page
    assert not re.search("<script|https?:", page)
    drawn = ET.fromstring(re.findall(r"<svg.*?</svg>", page)[0])
    assert sum(each.tag == "circle" for each in drawn) == 3 + 1


def test_a_check_may_not_be_known(line: LineFolder, look: Look) -> None:
    line.tables("one")
    with pytest.raises(ConfigurationInvalid, match=r"no check 'absent'. The checks are .*reversible, killable"):
        look(revisions=("create_one",), only=("absent",))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[waive]]\ncheck = 'reversible'", "waives reversible"),
        ("[[waive]]\ncheck = 'online'\nrevisions = ['create_one']\nreason = 'few'", "without a reason or a row limit"),
        ("[[waive]]\ncheck = 'online'\nrows_max = 10\nreason = 'few'", "of no revision"),
        ("waive = 7", "cannot be read"),
    ],
)
def test_a_waiver_has_a_reason_and_a_limit(line: LineFolder, look: Look, looks: Looks, text: str, why: str) -> None:
    line.tables("one")
    (line.folder / "prove.toml").write_text(text)
    with pytest.raises(ConfigurationInvalid, match=why):
        look(revisions=("create_one",))


def test_waivers_stand_in_the_header_and_beside_the_line(line: LineFolder, look: Look, looks: Looks) -> None:
    line.tables("one", "two", "three")
    head = line.path(line.tables("four")[0], "create_four")
    text = head.read_text().replace("Phase\n", "Phase, Waived\n", 1)
    head.write_text(text.replace("locks={}", 'online_waived=Waived(reason="empty", rows_max=10)'))
    line.hash()
    (line.folder / "prove.toml").write_text(
        "[[waive]]\ncheck = 'online'\nrevisions = ['create_two']\nrows_max = 10\nreason = 'few'\n"
    )
    waived = []
    looks.prove = lambda subject: waived.append(subject.waiver_of("online")) or Outcome.of([])  # type: ignore[method-assign,func-returns-value]
    look(revisions=("create_one", "create_two", "create_four"))
    assert [each and (each.reason, each.rows_max) for each in waived] == [None, ("few", 10), ("empty", 10)]


def test_outcomes_by_name(line: LineFolder, look: Look) -> None:
    line.tables("one")
    assert [*only(look(revisions=("create_one",), only=("reversible",))).outcomes] == ["reversible"]
