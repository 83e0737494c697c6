from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

import dbkit.embedded
from dbkit.embedded import EmbeddedServer, find_binaries
from dbkit.embedded.locks import FileLock
from dbkit.types.errors import AlreadyExists, ValueInvalid

_OTHER_PROCESS = """
import signal
import sys
from pathlib import Path
from dbkit.embedded import EmbeddedServer

# Whoever runs the tests in the background has it ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
with EmbeddedServer.start(Path(sys.argv[1])):
    print("started", flush=True)
    sys.stdin.read()
"""


@contextmanager
def process_using(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that starts or joins the server and uses it until the block ends."""
    with start_process(folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        yield process


def start_process(folder: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _OTHER_PROCESS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(dbkit.embedded.__file__).parents[2],
        env=os.environ | environment,
        start_new_session=True,
    )


def postmaster_pid(folder: Path) -> int:
    return int((folder / "postgres/data/postmaster.pid").read_text().splitlines()[0])


def is_stopped(folder: Path) -> bool:
    """Say whether no process of the folder's server lives."""
    with FileLock(folder / "server.lock") as lock:
        return lock.try_exclusive()


def answer(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.conninfo) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


def store_seven(server: EmbeddedServer) -> None:
    with psycopg.connect(server.conninfo, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
        # Commits are asynchronous, and a crash may take the last of them along.
        connection.execute("CHECKPOINT")


def test_starts_cold_and_is_joined_warm(new_folder: Path) -> None:
    with EmbeddedServer.start(new_folder) as server:
        with EmbeddedServer.start(new_folder) as joined:
            assert joined.conninfo == server.conninfo
        assert answer(server, "SELECT current_database() || current_user") == "dbkitdbkit"
        assert answer(server, "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'dbkit'") == "UTF8"
        assert answer(server, "SELECT lower('É')") == "é"
        assert answer(server, "SHOW timezone") == "UTC"
        assert answer(server, "SHOW server_version_num") == str(server.version.major * 10_000 + server.version.minor)
    assert is_stopped(new_folder)


def test_keeps_data_over_a_restart(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        store_seven(server)
    with EmbeddedServer.start(folder) as server:
        assert answer(server, "SELECT value FROM kept") == 7


def test_the_last_of_two_processes_stops_it(folder: Path) -> None:
    with process_using(folder):
        server = EmbeddedServer.start(folder)
    assert answer(server, "SELECT 1") == 1
    with process_using(folder):
        server.close()
        assert not is_stopped(folder)
    assert is_stopped(folder)


def test_threads_may_start_and_close_at_the_same_time(folder: Path) -> None:
    answers: list[object] = []

    def use() -> None:
        with EmbeddedServer.start(folder) as server:
            answers.append(answer(server, "SELECT 1"))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 4
    assert is_stopped(folder)


def test_closing_again_does_nothing(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server, EmbeddedServer.start(folder) as other:
        server.close()
        server.close()
        assert answer(other, "SELECT 1") == 1


def test_a_forked_child_stops_nothing(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        child = os.fork()
        if child == 0:
            server.close()
            os._exit(0)
        os.waitpid(child, 0)
        assert answer(server, "SELECT 1") == 1
    assert is_stopped(folder)


def test_a_forked_child_does_not_keep_the_server(folder: Path) -> None:
    server = EmbeddedServer.start(folder)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(writer)
        os.read(reader, 1)
        os._exit(0)
    with EmbeddedServer.start(folder) as other:
        server.close()
        assert answer(other, "SELECT 1") == 1
    assert is_stopped(folder)
    os.close(writer)
    os.close(reader)
    os.waitpid(child, 0)


def test_outlives_its_killed_owner(folder: Path) -> None:
    with process_using(folder) as owner:
        pid = postmaster_pid(folder)
        owner.kill()
    with EmbeddedServer.start(folder) as server:
        assert postmaster_pid(folder) == pid
        assert answer(server, "SELECT 1") == 1
    assert is_stopped(folder)


def test_an_interrupt_of_the_owners_group_does_not_reach_it(folder: Path) -> None:
    with process_using(folder) as owner, EmbeddedServer.start(folder) as server:
        os.killpg(owner.pid, signal.SIGINT)
        owner.wait()
        assert answer(server, "SELECT 1") == 1
        assert os.getsid(postmaster_pid(folder)) not in {owner.pid, os.getsid(0)}


def test_recovers_after_its_postmaster_was_killed(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        store_seven(server)
        pid = postmaster_pid(folder)
        # An open connection: its process outlives the postmaster, and keeps the shared memory for a while.
        with psycopg.connect(server.conninfo):
            os.kill(pid, signal.SIGKILL)
            with EmbeddedServer.start(folder) as again:
                assert postmaster_pid(folder) != pid
                assert answer(again, "SELECT value FROM kept") == 7
    assert is_stopped(folder)


def test_is_not_misled_by_a_reused_process_id(folder: Path) -> None:
    with EmbeddedServer.start(folder):
        file = folder / "postgres/data/postmaster.pid"
        lines = file.read_text().splitlines()
        os.kill(postmaster_pid(folder), signal.SIGKILL)
        file.write_text("\n".join([str(os.getppid()), *lines[1:]]))
        (folder / "postgres/.s.PGSQL.5432.lock").write_text(f"{os.getppid()}\n")
        with EmbeddedServer.start(folder) as again:
            assert answer(again, "SELECT 1") == 1


def test_heals_an_initdb_that_was_killed_with_its_owner(new_folder: Path, scratch: Path) -> None:
    binaries = find_binaries()
    begun, proceed = scratch / "begun", scratch / "proceed"
    for pipe in (begun, proceed):
        os.mkfifo(pipe)
        pipe.chmod(0o666)
    slow = fake_binaries(
        scratch / "bin",
        initdb=f"""
        for option; do
            case $option in --pgdata=*) mkdir "${{option#--pgdata=}}" && cd "${{option#--pgdata=}}";; esac
        done
        echo 15 > PG_VERSION; echo > {begun}; read line < {proceed}
        """,
        postgres=f'exec {binaries.postgres} "$@"',
    )
    with start_process(new_folder, DBKIT_POSTGRES_BIN=str(slow)) as owner:
        begun.read_text()
        owner.kill()
    # The orphan is still at work, so the next start has to wait for its end.
    timer = threading.Timer(0.05, proceed.write_text, ["\n"])
    timer.start()
    with EmbeddedServer.start(new_folder) as server:
        timer.join()
        assert answer(server, "SELECT 1") == 1
    assert not (new_folder / "postgres/initdb").exists()


def fake_binaries(folder: Path, **scripts: str) -> Path:
    folder.mkdir(mode=0o755)
    for name, script in scripts.items():
        (folder / name).write_text("#!/bin/sh\n" + textwrap.dedent(script))
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize("name", ["n" * 200, "a,b 'c' \"d\" $HOME `e`"], ids=["long", "odd"])
def test_any_folder_name_will_do(scratch: Path, name: str) -> None:
    with EmbeddedServer.start(scratch / name / "server") as server, EmbeddedServer.start(server.folder) as joined:
        assert answer(joined, "SELECT 1") == 1
        socket_folder = Path(str(conninfo_to_dict(server.conninfo)["host"]))
        assert socket_folder.stat().st_mode & 0o777 == 0o700
    assert not socket_folder.exists()


def test_listens_on_no_network(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        assert answer(server, "SHOW listen_addresses") == ""
        assert (folder / "postgres").stat().st_mode & 0o777 == 0o700
        sockets = {str(each.readlink()) for each in Path(f"/proc/{postmaster_pid(folder)}/fd").iterdir()}
    tables = "".join(Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6"))
    assert any(each.startswith("socket:") for each in sockets)
    assert not sockets & {f"socket:[{line.split()[9]}]" for line in tables.splitlines()}


def test_creates_and_drops_databases(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        server.create_database('odd "name"')
        with pytest.raises(AlreadyExists) as caught:
            server.create_database('odd "name"')
        assert caught.value.sqlstate == "42P04"
        assert caught.value.__context__ is None
        with psycopg.connect(server.conninfo_for('odd "name"')) as connection:
            server.drop_database('odd "name"')
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        server.drop_database('odd "name"')


def test_makes_its_database_again(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        server.drop_database("dbkit")
    with EmbeddedServer.start(folder) as server:
        assert answer(server, "SELECT 1") == 1


def test_a_folder_removed_under_it_does_not_break_closing(folder: Path) -> None:
    with EmbeddedServer.start(folder):
        pid = postmaster_pid(folder)
        shutil.rmtree(folder)
    assert not folder.exists()
    os.kill(pid, signal.SIGQUIT)


def run_as(uid: int, work: Callable[[], None]) -> int:
    """Run the work in a forked child as another user, and return its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user; others test this all the time")
def test_serves_an_ordinary_user_and_then_root(scratch: Path) -> None:
    scratch.chmod(0o777)
    nobody = 65534

    def use() -> None:
        with EmbeddedServer.start(scratch / "server") as server:
            assert answer(server, "SELECT 1") == 1

    assert run_as(nobody, use) == 0
    use()
    assert (scratch / "server/postgres").stat().st_uid == nobody
    assert run_as(nobody, use) == 0


@pytest.mark.parametrize("name", ["", "n" * 64, "a\0b"], ids=["empty", "long", "nul"])
def test_refuses_database_names_that_would_not_be_kept(folder: Path, name: str) -> None:
    with EmbeddedServer.start(folder) as server, pytest.raises(ValueInvalid):
        server.create_database(name)
