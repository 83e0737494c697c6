"""The spool: what is appended is there again, in order, whatever a crash has done to the last file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dbkit.ingest import SpoolFull, SpoolInUse
from dbkit.ingest.framing import FRAME_BYTES, framed
from dbkit.ingest.spool import Spool


def opened(folder: Path, **sizes: int) -> Spool:
    return Spool(folder, **{"bytes_max": 1 << 20, "segment_bytes_max": 1 << 16, **sizes})


def drained(spool: Spool, at_a_time: int = 2) -> Iterator[bytes]:
    while records := spool.read(at_a_time):
        yield from records
        spool.forget()


def numbers(count: int) -> list[bytes]:
    return [f"row {number}".encode() for number in range(count)]


def files(folder: Path, suffix: str = ".spool") -> list[Path]:
    return sorted(folder.glob(f"*{suffix}"))


@pytest.mark.parametrize("segment_bytes_max", [1, 40, 1 << 16])
def test_rows_come_back_in_order_and_their_files_go(tmp_path: Path, segment_bytes_max: int) -> None:
    spool = opened(tmp_path, segment_bytes_max=segment_bytes_max)
    rows = numbers(9)
    for start in range(0, 9, 3):
        spool.append(rows[start : start + 3])
    assert spool.rows == 9
    assert list(drained(spool)) == rows
    assert (spool.rows, spool.size_bytes, files(tmp_path)) == (0, 0, [])
    spool.append(rows)
    assert list(drained(spool)) == rows


def test_rows_that_come_in_while_others_go_stay_in_order(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append(numbers(3))
    assert spool.read(2) == numbers(2)
    spool.append([b"late"])
    spool.forget()
    assert list(drained(spool)) == [b"row 2", b"late"]


def test_what_was_read_and_not_forgotten_is_read_again(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append(numbers(2))
    assert spool.read(1) == spool.read(1) == [b"row 0"]


def test_the_next_process_finds_what_was_left(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append(numbers(5))
    assert spool.read(2) == numbers(2)
    spool.forget()
    spool.close()
    again = opened(tmp_path)
    # Those that were stored already come once more: the database knows them.
    assert again.rows == 5
    again.append([b"new"])
    assert list(drained(again)) == [*numbers(5), b"new"]


@pytest.mark.parametrize("cut", [1, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 3])
def test_an_end_that_a_crash_has_cut_off_is_put_aside(tmp_path: Path, cut: int) -> None:
    spool = opened(tmp_path)
    spool.append(numbers(3))
    spool.close()
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole + framed(b"torn row")[:cut])
    again = opened(tmp_path)
    assert (again.rows, again.damaged) == (3, 1)
    assert file.read_bytes() == whole
    again.append([b"new"])
    assert list(drained(again)) == [*numbers(3), b"new"]
    assert files(tmp_path, ".damaged")[0].read_bytes() == framed(b"torn row")[:cut]


def test_a_flipped_bit_costs_its_file_from_there_on_and_no_other(tmp_path: Path) -> None:
    spool = opened(tmp_path, segment_bytes_max=45)
    spool.append(numbers(3))
    spool.append([b"other"])
    spool.close()
    first = files(tmp_path)[0]
    data = bytearray(first.read_bytes())
    data[2 * (FRAME_BYTES + 5) - 1] ^= 1
    first.write_bytes(data)
    again = opened(tmp_path)
    assert again.damaged == 1
    assert list(drained(again)) == [b"row 0", b"other"]


def test_a_file_that_is_damaged_while_it_is_read_does_not_stop_the_others(tmp_path: Path) -> None:
    spool = opened(tmp_path, segment_bytes_max=45)
    spool.append(numbers(3))
    spool.append([b"other"])
    files(tmp_path)[0].write_bytes(b"\0" * 39)
    assert list(drained(spool)) == [b"other"]
    assert (spool.rows, spool.damaged) == (0, 1)


def test_zeros_are_no_rows(tmp_path: Path) -> None:
    (tmp_path / f"{3:016d}.spool").write_bytes(b"\0" * 4096)
    (tmp_path / f"{4:016d}.spool").touch()
    spool = opened(tmp_path)
    assert (spool.rows, spool.damaged) == (0, 1)
    assert files(tmp_path) == []


def test_a_full_spool_refuses_and_keeps_none_of_the_call(tmp_path: Path) -> None:
    spool = opened(tmp_path, bytes_max=50)
    spool.append(numbers(3))
    with pytest.raises(SpoolFull, match="the spool is full"):
        spool.append(numbers(2))
    assert list(drained(spool)) == numbers(3)
    spool.append(numbers(2))


def test_a_full_disk_is_a_full_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = opened(tmp_path)
    spool.append(numbers(1))

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", full)
        with pytest.raises(SpoolFull, match="No space left on device"):
            spool.append([b"lost"])
    spool.append([b"kept"])
    assert list(drained(spool)) == [b"row 0", b"kept"]


def test_what_is_appended_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Any] = []
    fdatasync, fsync = os.fdatasync, os.fsync
    monkeypatch.setattr(os, "fdatasync", lambda handle: synced.append(("rows", fdatasync(handle))))
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(("name", fsync(handle))))
    spool = opened(tmp_path)
    spool.append(numbers(3))
    spool.append(numbers(3))
    assert [what for what, _ in synced] == ["name", "rows", "rows"]


def test_one_scribe_has_a_spool_at_a_time(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    with pytest.raises(SpoolInUse, match="another scribe has the spool"):
        opened(tmp_path)
    spool.close()
    opened(tmp_path).close()


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SpoolFull, match="cannot be written"):
        opened(tmp_path / "file")


def test_others_may_not_read_it(tmp_path: Path) -> None:
    spool = opened(tmp_path)
    spool.append(numbers(1))
    assert [file.stat().st_mode & 0o077 for file in files(tmp_path)] == [0]


def test_only_the_owner_may_read_rows_and_what_is_left_of_them(tmp_path: Path) -> None:
    spool = opened(tmp_path, segment_bytes_max=1)
    spool.append(numbers(1))
    spool.append(numbers(1))
    spool.keep(b"a row of another version")
    spool.close()
    torn, gone = files(tmp_path)
    torn.write_bytes(torn.read_bytes() + b"torn")
    gone.write_bytes(b"no frame")
    opened(tmp_path).close()
    kept = files(tmp_path, ".damaged")
    assert [each.name for each in kept] == [
        torn.with_suffix(".damaged").name,
        gone.with_suffix(".damaged").name,
        "unknown.damaged",
    ]
    assert {each.stat().st_mode & 0o777 for each in (torn, *kept)} == {0o600}
