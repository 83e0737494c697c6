"""jsonb: normal form, order, and copies."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from dbkit.memory import documents
from dbkit.memory.documents import contains, document_of, document_of_text, document_text
from dbkit.memory.refusal import ValueRefused
from dbkit.verbs.ordering import document_key


def nested_objects(levels: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(levels - 1):
        found = {"a": found}
    return found


def test_keys_are_ordered_by_length_and_then_by_bytes() -> None:
    assert list(document_of({"bb": 1, "a": 2, "é": 3, "B": 4, "c": 5})) == ["B", "a", "c", "bb", "é"]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ('{"a": 1, "a": 2}', {"a": 2}),
        ("1.0", 1.0),
        ("-0.0", 0.0),
        ("1e22", 10**22),
        ("[1.50]", [1.5]),
        ("1.2345678901234568e16", 12345678901234568),
        ('{"a": 1e22, "b": [1, 1e22]}', {"a": 10**22, "b": [1, 10**22]}),
    ],
)
def test_the_normal_form(text: str, document: Any) -> None:
    assert repr(document_of_text(text)) == repr(document)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
_LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), _TEXTS)
_DOCUMENTS = st.recursive(
    _LEAVES,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(_TEXTS, part, max_size=3),
    # Small ones have all that there is to get wrong, and each statement of theirs may be watched.
    max_leaves=8,
)


@given(st.dictionaries(_TEXTS, _DOCUMENTS, max_size=3))
def test_a_document_is_what_its_json_says(document: dict[str, Any]) -> None:
    assert repr(document_of(document)) == repr(document_of_text(to_json(document)))


@pytest.mark.parametrize(
    "document",
    [
        {"a": [1, 1e22, "x"]},
        {"a": {"b": 1e16, "c": -0.0}},
        {"bb": True, "a": None, "c": {"bb": 1, "a": [[2e20]]}},
        {"a": 2**63, "b": -(2**63) - 1, "c": [2**64]},
        {"a": 1, 1: 2},
        {"é": 1, "zz": "é", "y": ["é"]},
        {"a": (1, {"b": 1e22}), "b": Decimal("1.5")},
        ["b", "a"],
        "ab",
    ],
)
def test_a_document_is_what_its_json_says_whatever_its_parts(document: Any) -> None:
    assert repr(document_of(document)) == repr(document_of_text(to_json(document)))


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"bb": "x", "a": {"d": [1, True, None], "c": {}}},
        {"a": 2**63 - 1, "b": -(2**63), "c": [], "d": False, "e": None, "f": [2**63 - 1, -(2**63)]},
        {"a": nested_objects(49)},
    ],
)
def test_plain_objects_are_copied_without_writing_json(
    monkeypatch: pytest.MonkeyPatch, document: dict[str, Any]
) -> None:
    expected = repr(document_of_text(to_json(document)))
    monkeypatch.setattr(documents, "to_json", None)
    assert repr(document_of(document)) == expected


def test_deep_objects_are_not_copied_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "to_json", lambda value: b'"written"')
    assert document_of({"a": nested_objects(50)}) == "written"
    for number in (2**63, -(2**63) - 1):
        assert document_of({"a": number}) == document_of({"a": [number]}) == "written"


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_that_has_too_many_digits_for_json_is_refused(sign: int) -> None:
    number = sign * 10**4300
    for document in ({"a": number}, {"a": [number]}, [number]):
        with pytest.raises(ValueRefused):
            document_of(document)


@pytest.mark.parametrize(
    "document", [{"a": "\0"}, {"\0": 1}, {"a": ["\0"]}, {"a": ["\ud800"]}, {"a": "\ud800"}, {"a": {"b": "\ud800"}}]
)
def test_text_that_jsonb_cannot_hold_is_refused(document: Any) -> None:
    with pytest.raises(ValueRefused):
        document_of(document)


@pytest.mark.parametrize("text", ["", "{", "nul", "1 2", "'a'", '{"a": }'])
def test_text_that_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        document_of_text(text)
    assert caught.value.sqlstate == "22P02"


def test_a_document_shares_nothing_with_what_it_was_made_of() -> None:
    given_document: dict[str, Any] = {"a": {"b": [1]}}
    stored = document_of(given_document)
    given_document["a"]["b"].append(2)
    assert stored == {"a": {"b": [1]}}


def test_a_document_that_holds_itself_is_refused() -> None:
    endless: dict[str, Any] = {}
    endless["a"] = endless
    with pytest.raises(ValueRefused):
        document_of(endless)


def test_the_order_of_documents() -> None:
    ascending = [[], None, "", "a", "b", -1, 1.5, False, True, [0], [1], [0, 0], {}, {"a": 1}, {"a": 2}, {"b": 1}]
    assert all(document_key(one) < document_key(other) for one, other in pairwise(ascending))


@pytest.mark.parametrize(("one", "other", "equal"), [(1, 1.0, True), (True, 1, False), ({"a": 1}, {"a": 1.0}, True)])
def test_equality(one: Any, other: Any, *, equal: bool) -> None:
    assert (document_key(one) == document_key(other)) is equal


@pytest.mark.parametrize(
    ("whole", "part", "answer"),
    [
        ({"a": 1, "b": {"c": [1, 2]}}, {"b": {"c": [2]}}, True),
        ([1, 2, 2], [2, 1, 1], True),
        ([1, 2], 2, True),
        (2, [2], False),
        ([[1, 2]], [1], False),
        ([1], [True], False),
    ],
)
def test_containment(whole: Any, part: Any, *, answer: bool) -> None:
    assert contains(whole, part) is answer


def test_the_text_of_a_document() -> None:
    assert document_text({"a": [1, 1.5, None, True, 'é"']}) == '{"a": [1, 1.5, null, true, "é\\""]}'
