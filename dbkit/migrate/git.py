"""What git knows of a folder: which files other branches have."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["BASES", "Repository"]

BASES = ("origin/main", "main", "origin/master", "master")
"""The branches that others start from, by preference."""


class Repository:
    """The git repository that a folder is in. Raises `ConfigurationInvalid` where there is none, or no git."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._git("rev-parse", "--git-dir")

    def base(self) -> str:
        """Return the branch that others start from."""
        found = next(
            (name for name in BASES if self._try("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")), ""
        )
        if not found:
            raise ConfigurationInvalid(
                f"git knows none of {', '.join(BASES)}", advice="Name the branch to go behind: --onto BRANCH."
            )
        return found

    def files(self, reference: str) -> set[str]:
        """Return the names of the folder's files on a branch."""
        # The folder itself, wherever in the repository it is.
        listed = self._git("ls-tree", "--name-only", reference, "--", "./")
        return {line.rpartition("/")[2] for line in listed.splitlines()}

    def content(self, reference: str, name: str) -> str:
        """Return the text of one of the folder's files on a branch, without line ends around it."""
        return self._git("show", f"{reference}:./{name}")

    def versions(self, name: str) -> Iterator[str]:
        """Give the texts that one of the folder's files had in commits, the last first, as far as it had this name."""
        for reference in self._git("log", "--all", "--format=%H", "--", f"./{name}").splitlines():
            shown = self._run(("show", f"{reference}:./{name}"))
            if shown.returncode == 0:
                yield shown.stdout

    def other_branches(self) -> list[str]:
        """Return all branches, here and of remotes, but the one that is worked on and its copies."""
        names = self._git("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").splitlines()
        mine = self._branch()
        # refs/heads/x, refs/remotes/origin/x
        short = {name: name.split("/", 3 if name.startswith("refs/remotes/") else 2)[-1] for name in names}
        return [name for name in names if short[name] not in (mine, "HEAD")]

    def _branch(self) -> str:
        """Return the branch that is worked on, also in the middle of a `git rebase`, which detaches it."""
        current = self._try("symbolic-ref", "--quiet", "--short", "HEAD")
        for state in () if current else ("rebase-merge", "rebase-apply"):
            path = self._folder / self._git("rev-parse", "--git-path", f"{state}/head-name")
            if path.is_file():
                current = path.read_text().strip().removeprefix("refs/heads/")
        return current

    def _try(self, *arguments: str) -> str:
        done = self._run(arguments)
        return done.stdout.strip() if done.returncode == 0 else ""

    def _git(self, *arguments: str) -> str:
        done = self._run(arguments)
        if done.returncode != 0:
            said = next(iter(done.stderr.strip().splitlines()), "it said nothing")
            raise ConfigurationInvalid(f"git failed in {self._folder}: {said}", advice="Run this in a git repository.")
        return done.stdout.strip()

    def _run(self, arguments: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                ("git", *arguments),  # noqa: S607 (the user's own git)
                cwd=self._folder,
                capture_output=True,
                text=True,
                check=False,
            )
        except FileNotFoundError:
            pass
        raise ConfigurationInvalid("there is no git here", advice="Install git, or name the revisions to move.")
