"""The branches that there are: from git, or from a list."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable

from dbkit.migrate.previews.names import branch_named
from dbkit.types.errors import ConfigurationInvalid, Unavailable

__all__ = ["branches_listed", "branches_of"]

_GIT_SECONDS = 60
_HEADS = "refs/heads/"


def branches_of(repository: str) -> frozenset[str]:
    """Return the branches of a repository as git names one: a URL, a folder, a remote of this folder.

    Raises `ConfigurationInvalid` where git cannot read it or it has no branch, `Unavailable` where it does not answer.
    """
    try:
        done = subprocess.run(
            ("git", "ls-remote", "--heads", "--", repository),  # noqa: S607 (the user's own git)
            # Nobody is there to type a password.
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise ConfigurationInvalid("there is no git here", advice="Install git, or give a list: --live.") from None
    except subprocess.TimeoutExpired:
        raise Unavailable(
            f"git has not listed the branches in {_GIT_SECONDS} s", advice="Look at the repository, and try again."
        ) from None
    if done.returncode != 0:
        # What git says may quote a URL, and with it a token.
        raise ConfigurationInvalid(
            f"git cannot list the branches (exit code {done.returncode})",
            advice="See what `git ls-remote --heads` says of this repository.",
        )
    refs = (line.partition("\t")[2] for line in done.stdout.decode(errors="surrogateescape").splitlines())
    return _required(ref.removeprefix(_HEADS) for ref in refs if ref)


def branches_listed(lines: Iterable[str]) -> frozenset[str]:
    """Return the branches of a list, one a line; empty lines are passed over.

    Raises `ConfigurationInvalid` for a line that is no branch, and where there is none at all.
    """
    return _required(branch_named(line.strip()) for line in lines if line.strip())


def _required(branches: Iterable[str]) -> frozenset[str]:
    found = frozenset(branches)
    if not found:
        raise ConfigurationInvalid(
            "there is no branch at all, which a list that failed looks like too",
            advice="See why the list is empty; to remove one preview, use `dbkit preview drop`.",
        )
    return found
