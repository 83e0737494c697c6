"""The names of previews, and the lists of branches that there are."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from dbkit.migrate.previews.branches import branches_listed, branches_of
from dbkit.migrate.previews.mark import Mark
from dbkit.migrate.previews.names import branch_named, preview_name
from dbkit.types.errors import ConfigurationInvalid

BRANCHES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=120).filter(
    lambda text: not set(text) & set("~^:?*[\\")
)
NEAR = st.text(st.sampled_from("aAäÄ-_/.0"), min_size=1, max_size=70)


@given(BRANCHES | NEAR, st.none() | st.from_regex(r"[a-z0-9_]{1,9}(-[a-z0-9_]{1,9})?", fullmatch=True))
@example("-", None)
@example("日本語", "shop")
@example("x" * 300, "a" * 20)
def test_a_name_is_safe_and_short(branch: str, project: str | None) -> None:
    name = preview_name(branch_named(branch), project)
    assert re.fullmatch(r"pr-[a-z0-9_-]+", name)
    assert len(name) <= 63
    assert not name.endswith("-")


@given(BRANCHES | NEAR, BRANCHES | NEAR)
@example("feature/x", "feature-x")
@example("Feature", "feature")
@example("größe", "grosse")
@example("x" * 70, "x" * 71)
@example("shop--x", "shop-x")
def test_two_branches_have_two_names(one: str, other: str) -> None:
    assume(one != other)
    assert preview_name(one) != preview_name(other)
    assert preview_name(one) != preview_name(one, "shop")
    assert preview_name(one, "shop") != preview_name(other, "shop")


@pytest.mark.parametrize(
    ("branch", "project", "name"),
    [
        ("login", None, "pr-login"),
        ("login_2-b", "shop", "pr-shop--login_2-b"),
        ("Feature/Größe", None, "pr-feature-groe-f81077b4"),
        ("日本語", None, "pr-77710aed"),
    ],
)
def test_names(branch: str, project: str | None, name: str) -> None:
    assert preview_name(branch, project) == name


@pytest.mark.parametrize(
    "text", ["", "refs/heads/", " ", "a b", "* main", "a\nb", "a\x00", "\udcff", "a~1", "a:b", "a\\b"]
)
def test_what_is_no_branch(text: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="no name of a branch"):
        branch_named(text)


@pytest.mark.parametrize("project", ["", "Shop", "a--b", "-a", "a-", "x" * 21, "a;b"])
def test_what_is_no_project(project: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="no name of a project"):
        preview_name("login", project)


@pytest.mark.parametrize(
    "comment",
    [None, "", "a database", "[]", "{}", '{"dbkit": "preview"}', '{"dbkit": "other", "branch": "x", "project": null}'],
)
def test_what_is_no_mark(comment: str | None) -> None:
    assert Mark.read(comment, "pr-x") is None


def test_a_mark_is_of_its_name_only() -> None:
    times = dict.fromkeys(("created_at", "renewed_at", "expires_at"), "2026-01-01T00:00:00Z")
    mark = Mark.model_validate({"dbkit": "preview", "project": None, "branch": "größe", "creator": "ci"} | times)
    assert str(mark).isascii()
    assert Mark.read(str(mark), preview_name("größe")) == mark
    assert Mark.read(str(mark), "pr-another") is None


def test_a_list_of_branches() -> None:
    assert branches_listed(["main\r\n", "  feature/x", "", "refs/heads/y\n"]) == {"main", "feature/x", "y"}


@pytest.mark.parametrize("lines", [[], ["", "\n"]])
def test_an_empty_list_is_rather_a_failure(lines: list[str]) -> None:
    with pytest.raises(ConfigurationInvalid, match="no branch at all"):
        branches_listed(lines)


def test_branches_of_a_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    with pytest.raises(ConfigurationInvalid, match="no branch at all"):
        branches_of(str(tmp_path))
    git(
        tmp_path, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--allow-empty", "-m", "x"
    )
    git(tmp_path, "branch", "Feature/größe")
    git(tmp_path, "tag", "no-branch")
    assert branches_of(str(tmp_path)) == {"main", "Feature/größe"}


@pytest.mark.parametrize("repository", ["no-such-folder", "--upload-pack=touch x"])
def test_what_is_no_repository(repository: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationInvalid, match="git cannot list"):
        branches_of(repository)
    assert list(tmp_path.iterdir()) == []


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)
