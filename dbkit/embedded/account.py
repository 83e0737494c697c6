"""The account that the server runs as: the caller's own, or an unprivileged one where that is root.

PostgreSQL refuses to run as root. What the other account needs to read must then be open to it, and
what it writes must belong to it.
"""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dbkit.types.errors import ConfigurationInvalid

_PREFERRED_NAMES = ("postgres", "nobody", "daemon")


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user and group. `is_other` says that it is not the caller's own."""

    uid: int
    gid: int
    is_other: bool

    def run(
        self, command: Sequence[str | Path], *, cwd: Path, output: IO[bytes], keep_open: int
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command as this account, away from the terminal's signals and the caller's PG* variables."""
        return subprocess.run(
            command,
            check=False,
            cwd=cwd,
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=(keep_open,),
            start_new_session=True,
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=() if self.is_other else None,
        )

    def can_execute(self, file: Path) -> bool:
        """Say whether this account may reach and execute the file. The caller's own may always try."""
        return not self.is_other or all(self._has(path, 0o1) for path in (file, *file.parents))

    def closed_folder_above(self, folder: Path) -> Path | None:
        """Return the outermost of the folder's existing parents that is closed to this account, or None."""
        if not self.is_other:
            return None
        existing = [path for path in reversed(folder.parents) if path.exists()]
        return next((path for path in existing if not self._has(path, 0o1)), None)

    def claim(self, folder: Path) -> None:
        """Make the folder if it is missing, and close it to everybody but this account.

        `ConfigurationInvalid` where somebody else has made it, which in a folder like /tmp anybody may.
        """
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {self.uid, os.geteuid()}:
            raise ConfigurationInvalid(
                f"{folder} belongs to another account", advice="Name another folder for the embedded server."
            )
        if found.st_uid != self.uid:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        if stat.S_IMODE(found.st_mode) != 0o700:
            folder.chmod(0o700)

    def _has(self, path: Path, right: int) -> bool:
        found = path.stat()
        if found.st_uid == self.uid:
            right <<= 6
        elif found.st_gid == self.gid:
            right <<= 3
        return bool(found.st_mode & right)


def server_account(private: Path) -> Account:
    """Return the account for a server whose own folder is, or will be, `private`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_other=False)
    # Root may join in on a folder that a user made: the server stays that user's.
    if private.exists() and private.stat().st_uid != 0:
        return Account(private.stat().st_uid, private.stat().st_gid, is_other=True)
    return _unprivileged_account()


def require_name(account: Account) -> None:
    """Refuse, with `ConfigurationInvalid`, an account that the machine has no name for: initdb would."""
    try:
        pwd.getpwuid(account.uid)
    except KeyError:
        pass
    else:
        return
    raise ConfigurationInvalid(
        f"the user id {account.uid} has no entry in /etc/passwd, and initdb needs one",
        advice="Add an entry for it, or give the URL of a server that runs elsewhere.",
    )


def _unprivileged_account() -> Account:
    by_name = {entry.pw_name: entry for entry in pwd.getpwall() if entry.pw_uid != 0}
    names = [name for name in _PREFERRED_NAMES if name in by_name] or list(by_name)
    if not names:
        raise ConfigurationInvalid(
            "PostgreSQL refuses to run as root, and the machine has no other account",
            advice="Add one, for example with `useradd --system postgres`, or run as another user.",
        )
    return Account(by_name[names[0]].pw_uid, by_name[names[0]].pw_gid, is_other=True)
