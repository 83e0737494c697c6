"""Only the command that is called is made, and it takes what it always took."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from dbkit.cli.main import app
from dbkit.cli.starting import called
from tests.cli.run import Command

RUN = "import sys; from dbkit.cli.main import main; import atexit; atexit.register(lambda: print(*sys.modules)); main()"


def made(words: str) -> list[str]:
    """Return the commands of the part that the words of a command line call."""

    def names(part: typer.Typer, before: str) -> list[str]:
        found = [f"{before}{info.callback.__name__}" for info in part.registered_commands if info.callback]
        for info in part.registered_groups:
            assert info.typer_instance is not None
            found += names(info.typer_instance, f"{before}{info.name} ")
        return found

    return names(called(app, words.split()), "")


@pytest.mark.parametrize("words", ["migrate status", "migrate status --check url", "doctor", "schema diff --help"])
def test_one_command_is_made(words: str) -> None:
    assert [words.startswith(name) for name in made(words)] == [True]


def test_a_group_is_made_where_no_command_of_it_is_named() -> None:
    assert {name.partition(" ")[0] for name in made("pool --help")} == {"pool"}
    assert len(made("pool --help")) > 3


@pytest.mark.parametrize("words", ["", "--help", "--version", "nothing", "--version migrate status"])
def test_all_is_made_where_nothing_is_named(words: str) -> None:
    assert {"demo", "doctor", "migrate status", "pool watch"} <= set(made(words))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("migrate apply memory:// --max-stall 0", "greater than or equal to 1"),
        ("migrate apply memory:// --max-stall soon", "valid integer"),
        ("migrate apply memory:// --terminate-idle soon", "'soon' is no duration"),
        ("migrate apply memory:// --phase soon", "soon"),
        ("migrate new", "Missing argument 'slug'"),
        ("migrate nothing", "nothing"),
    ],
)
def test_what_does_not_fit_is_refused(dbkit: Command, arguments: str, says: str) -> None:
    run = dbkit(arguments)
    assert (run.code, run.out) == (2, "")
    assert says in run.err


def test_what_fits_is_taken(dbkit: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_MIGRATE_WEBHOOK", "nowhere")
    options = "--max-stall 20 --patience 1.5 --terminate-idle 5min --phase expand --no-wait"
    assert "the webhook's URL" in dbkit(f"migrate apply memory:// {options}").err
    monkeypatch.delenv("DBKIT_MIGRATE_WEBHOOK")
    assert dbkit(f"migrate apply memory:// {options}").out == "nothing to do: memory:// needs no schema\n"


@pytest.mark.parametrize("command", ["apply", "status"])
def test_words_are_taken_without_a_library(command: str) -> None:
    program = [sys.executable, "-c", RUN, "migrate", command, "memory://"]
    said, modules = subprocess.run(program, capture_output=True, text=True, check=True).stdout.splitlines()
    assert "memory:// needs no schema" in said
    assert not {"pydantic", "sqlalchemy"} & set(modules.split())


def test_it_exits_without_a_last_look_at_what_was_imported() -> None:
    looked_at = "import gc, atexit; atexit.register(lambda: print(len(gc.get_objects())))"
    program = [sys.executable, "-c", f"{looked_at}; {RUN}", "migrate", "status", "memory://"]
    *_, tracked = subprocess.run(program, capture_output=True, text=True, check=True).stdout.splitlines()
    assert int(tracked) < 1_000
