"""The name that a branch's preview has, as a database and as a role."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["PREFIX", "branch_named", "preview_name", "require_project"]

PREFIX = "pr-"
"""How the names of all previews begin."""

_NAME_BYTES_MAX = 63
_HASH_LENGTH = 8
# What git allows in no name of a branch; `* main` is how `git branch` lists the current one.
_NO_BRANCH = re.compile(r"[\s~^:?*\[\\]")
_UNSAFE = re.compile(r"[^a-z0-9_]+")
_PROJECT = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_PROJECT_LENGTH_MAX = 20


def branch_named(text: str) -> str:
    r"""Return a branch's name without git's `refs/heads/`.

    Raises `ConfigurationInvalid` for what git takes for none: nothing, blanks, control characters, one of ~^:?*[\;
    and for bytes that are no text.
    """
    branch = text.removeprefix("refs/heads/")
    is_text = all(unicodedata.category(letter) not in ("Cc", "Cs") for letter in branch)
    if not branch or not is_text or _NO_BRANCH.search(branch):
        raise ConfigurationInvalid(
            f"{text!a} is no name of a branch", advice="Give the branch as git names it: feature/login."
        )
    return branch


def require_project(project: str | None) -> None:
    """Raise `ConfigurationInvalid` where this cannot name a project."""
    if project is None or (_PROJECT.fullmatch(project) and len(project) <= _PROJECT_LENGTH_MAX):
        return
    raise ConfigurationInvalid(
        f"{project!a} is no name of a project",
        fields=("project",),
        advice=f"Use up to {_PROJECT_LENGTH_MAX} letters a-z, digits, _, and single dashes between them.",
    )


def preview_name(branch: str, project: str | None = None) -> str:
    """Return the name of a branch's preview: `pr-<branch>`, or `pr-<project>--<branch>`.

    It has a-z, 0-9, _ and - only, and at most 63 bytes. Where the branch's own name is not so, what was
    lost is made up for by eight digits of its SHA-256, so that two branches do not share a name.
    """
    require_project(project)
    start = PREFIX if project is None else f"{PREFIX}{project}--"
    folded = unicodedata.normalize("NFKD", branch.lower()).encode("ascii", "ignore").decode()
    safe = _UNSAFE.sub("-", re.sub("-+", "-", folded)).strip("-")
    room = _NAME_BYTES_MAX - len(start)
    if safe == branch and len(safe) <= room:
        return start + safe
    digest = hashlib.sha256(branch.encode()).hexdigest()[:_HASH_LENGTH]
    return start + "-".join(part for part in (safe[: room - _HASH_LENGTH - 1].rstrip("-"), digest) if part)
