"""Links between documents lead somewhere."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT, documents

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.*?)\s*$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _anchors(path: Path) -> set[str]:
    """Return the names that a document's headings go by."""
    headings = _HEADING.findall(_FENCE.sub("", path.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken(path: Path) -> list[str]:
    """Return a document's links that lead nowhere; links out of the project are not followed."""
    found = []
    for link in ("".join(groups) for groups in _LINK.findall(_FENCE.sub("", path.read_text()))):
        name, _, anchor = link.partition("#")
        if "://" in link or link.startswith("mailto:"):
            continue
        target = (path.parent / name).resolve() if name else path
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            found.append(link)
    return found


def test_links() -> None:
    broken = {str(path.relative_to(PROJECT)): _broken(path) for path in documents() if path.suffix == ".md"}
    assert {name: links for name, links in broken.items() if links} == {}


@pytest.mark.parametrize("link", ["absent.md", "#absent", "there.md#absent"])
def test_a_broken_link_is_found(tmp_path: Path, link: str) -> None:
    (tmp_path / "there.md").write_text("# A heading, `quoted`\n")
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n[good](there.md#a-heading-quoted) [self](#page) [out](https://x.org) [bad]({link})\n")
    assert _broken(page) == [link]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    required = [*project["dependencies"], *chain.from_iterable(project["optional-dependencies"].values())]
    names = {re.split(r"[\[<>=~]", requirement)[0] for requirement in required} - {"dbkit"}
    text = (PROJECT / "docs" / "dependencies.md").read_text()
    assert {name for name in names if f"| {name} |" not in text} == set()
