"""Answers of PostgreSQL, now and as they were recorded."""

from __future__ import annotations

import pytest

from tests.recorded.answers import RECORDED, Answer, Heard, read


def asked() -> Heard:
    """Return what was heard of a server."""
    heard = Heard()
    assert heard.difference((False, "1"), lambda: (False, "1")) is None
    assert heard.has_failed(lambda: (True, "23505"))
    assert heard.difference((False, "now"), lambda: (False, "long ago and far away")) == "long ago and far away"
    return heard


def nobody() -> Answer:
    raise AssertionError("no server is asked")


def test_what_was_recorded_stands_for_the_server() -> None:
    heard = Heard(asked().said)
    assert heard.difference((False, "1"), nobody) is None
    assert heard.has_failed(nobody)
    assert heard.difference((False, "long ago and far away"), nobody) is None


@pytest.mark.parametrize("twin", [(False, "2"), (True, "1")])
def test_another_answer_than_the_recorded_one_is_a_difference(twin: Answer) -> None:
    assert Heard(["=1"]).difference(twin, nobody) == "=1 (recorded)"


def test_where_an_object_lies_is_no_part_of_an_answer() -> None:
    heard = Heard()
    assert heard.difference((False, "<odd at 0x1f>"), lambda: (False, "<odd at 0x2e>")) is None


def test_the_answers_of_both_folders_are_recorded() -> None:
    assert RECORDED.exists()
    assert {name.partition("/test_")[0] for name in read()} == {"tests/equivalence/values", "tests/memory"}


def test_an_answer_that_has_changed_since_fails_a_test(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.recorded.answers.read", lambda: {"test_it.py::test_it": ["=1"]})
    pytester.makepyfile(
        test_it="""
        from tests.recorded.answers import heard

        def test_it(heard):
            assert not heard.has_failed(lambda: (False, "2"))
        """
    )
    pytester.inline_run("-p", "no:cacheprovider", "-p", "no:asyncio").assertoutcome(passed=1, failed=1)
