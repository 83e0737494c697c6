"""Put a review on its pull request, over the one that was there: a program of its own, written into manifests.

It needs Python and nothing else. What it is told by others, text and names of branches, it only passes on.
"""

from __future__ import annotations

import json
import os
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = ["MARKER", "main"]

MARKER = "<!-- dbkit migrate review -->"
LENGTH_MAX = 65_000
PAGE = 100


def main() -> None:
    """Write the comment, or nothing where there is no review, or no open pull request."""
    path, number = Path(os.environ["BODY_FILE"]), os.environ.get("NUMBER") or found_number()
    # A link could lead to what this program knows and others must not.
    if path.is_symlink() or not path.is_file() or number is None:
        print("there is nothing to say, or nowhere to say it")  # noqa: T201 (the log of a job)
        return
    text = path.read_text(encoding="utf-8")
    body = {"body": (text if text.startswith(MARKER) else f"{MARKER}\n{text}")[:LENGTH_MAX]}
    author = os.environ.get("AUTHOR") or asked("GET", "/user")["login"]
    comments = f"{repository()}/issues/{int(number)}/comments"
    before = next((each["id"] for each in pages(comments) if is_ours(each, author)), None)
    if before is None:
        asked("POST", comments, body)
    else:
        asked("PATCH", f"{repository()}/issues/comments/{int(before)}", body)


def found_number() -> str | None:
    """Return the number of the open pull request whose last commit was reviewed."""
    head = urllib.parse.quote(f"{os.environ['HEAD_OWNER']}:{os.environ['HEAD_BRANCH']}")
    for each in pages(f"{repository()}/pulls?state=open&head={head}"):
        if each["head"]["sha"] == os.environ["HEAD_SHA"]:
            return str(each["number"])
    return None


def is_ours(comment: dict[str, Any], author: str) -> bool:
    """Tell whether a comment is a review that this wrote."""
    return bool(comment["user"]["login"] == author) and str(comment["body"]).startswith(MARKER)


def repository() -> str:
    """Return the path of the repository."""
    return f"/repos/{urllib.parse.quote(os.environ['REPOSITORY'])}"


def pages(path: str) -> Iterator[dict[str, Any]]:
    """Return all that a list holds."""
    joint, number = "&" if "?" in path else "?", 1
    while found := asked("GET", f"{path}{joint}per_page={PAGE}&page={number}"):
        yield from found
        number += 1


def asked(method: str, path: str, document: object = None) -> Any:
    """Ask GitHub, and return what it answers."""
    address = os.environ.get("API_URL", "https://api.github.com") + path
    request = urllib.request.Request(  # noqa: S310 (GitHub's own address, or that of its enterprise server)
        address,
        data=None if document is None else json.dumps(document).encode(),
        method=method,
        headers={"Authorization": f"Bearer {os.environ['TOKEN']}", "Accept": "application/vnd.github+json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


if __name__ == "__main__":
    main()
