"""Documents as PostgreSQL has them: how they are written, compared and searched, each with each."""

from __future__ import annotations

from itertools import product
from typing import Any

from dbkit.memory.documents import (
    contains,
    document_kind,
    document_of_text,
    document_text,
    has_key,
    text_at,
    without_keys,
)
from dbkit.verbs.ordering import document_key
from tests.memory.both import Asked
from tests.memory.queries import queries

SCALARS = ("null", "true", "false", "0", "1", "1.0", "1.5", "-1", "1e20", '""', '"a"', '"b"', '"ab"', '"é"', '"1"')
ARRAYS = (
    *("[]", "[[]]", "[{}]", "[1]", "[1.0]", "[true]", "[null]", '["a"]', '["a", "b"]', '["b", "a", "a"]', "[[1, 2]]"),
    *("[1, [2, [3]]]", "[[1, 2], 2, 1]", '[{"a": 1}, {"b": 2}]', '[{"a": 1, "b": 2}]', '[1, "a", null, true]'),
)
OBJECTS = (
    *("{}", '{"a": null}', '{"a": 1}', '{"a": 1.0}', '{"a": 2}', '{"b": 1}', '{"a": []}', '{"a": {}}', '{"": 1}'),
    *('{"a": 1, "b": {"c": [1, 2]}}', '{"b": {"c": [2]}}', '{"b": {}}', '{"bb": 1, "a": 2, "é": 3}', '{"a": ["x"]}'),
)
DOCUMENTS = (*SCALARS, *ARRAYS, *OBJECTS)
WRITTEN = (
    *(
        "-0.0",
        "0.0",
        "1e22",
        "1e-7",
        "12345678901234567890",
        "1" + "0" * 400,
        "[1e22, {}]",
        '{"n": 0.001}',
        "[2.5, [3.0]]",
    ),
    *(r'"\"\\\/\b\f\n\r\t"', r'"\u001f\u007f\u2028"', r'"\ud83d\ude00"', r'"\u00e9"', '"😀"', r'"\\u0000"'),
    *(' { "a" : 1 ,\n"a":2 } ', '{"b": 1, "a": 2}', '{"zz": [], "é": {}, "y": ""}', '{"bb": {"d": 1, "c": "é"}}'),
    *(
        r'"\u0000"',
        r'{"a": ["\u0000"]}',
        r'{"\u0000": 1}',
        r'[1, {"b": "\u0000"}]',
        r'{"a": 1, "\u0000": 2}',
        r'{"a": 1, "b": "\u0000"}',
        r'"\ud800"',
        '"\t"',
    ),
    *(
        "",
        " ",
        "{",
        "nul",
        "1 2",
        "'a'",
        '{"a": }',
        "[1,]",
        "01",
        "+1",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "tru",
        "[1",
        "]",
    ),
)
KEYS = ("", "a", "b", "é", "1", "0", "x", "ab", "null")
LISTS = ([], ["a"], ["a", "b"], ["b", "x"], [""], [None], ["a", None], ["1"])
PATHS = (
    *([], ["a"], ["b"], [""], ["b", "c"], ["b", "c", "0"], ["b", "c", "-1"], ["b", "c", "2"], ["a", "0"], ["a", "x"]),
    *(["0"], ["1"], ["2"], ["3"], ["-1"], ["-2"], ["-3"], ["-4"], ["0", "a"], ["1", "1", "0"], ["0", "0"], ["0", "1"]),
    *([None], ["a", None], [" 1"], ["1 "], ["+1"], ["01"], ["-0"], ["-"], ["--1"], ["1-"], ["x"], ["1.0"], ["\u0660"]),
    *(["99999999999"], ["9" * 5000], ["0" * 5000 + "1"], ["\t\n1"], ["0", ""], [""]),
)


def test_how_documents_are_written(asked: Asked) -> None:
    """A document of JSON text has its keys in jsonb's order, its numbers in full, and no NUL; other text is refused."""

    def text_of(text: str) -> str:
        document = document_of_text(text)
        return f"{document_kind(document)} {document_text(document)}"

    query = "SELECT concat(jsonb_typeof(given), ' ', given) FROM CAST(%s AS jsonb) AS given"
    with queries(asked) as both:
        assert both.differences(query, text_of, product((*DOCUMENTS, *WRITTEN))) == []


def test_how_documents_compare(asked: Asked) -> None:
    """Of any two documents the same one comes first, is equal, and contains the other (`@>`)."""

    def compared(one: str, other: str) -> str:
        left, right = document_of_text(one), document_of_text(other)
        answers = (
            document_key(left) < document_key(right),
            document_key(left) == document_key(right),
            contains(left, right),
        )
        return "".join("ft"[answer] for answer in answers)

    query = "SELECT concat(a < b, a = b, a @> b) FROM CAST(%s AS jsonb) AS a, CAST(%s AS jsonb) AS b"
    with queries(asked) as both:
        assert both.differences(query, compared, product(DOCUMENTS, DOCUMENTS)) == []


def test_which_keys_documents_have(asked: Asked) -> None:
    """`?` finds keys of objects, texts of arrays, and a text itself."""
    with queries(asked) as both:
        questions = product(DOCUMENTS, KEYS)
        assert both.differences("SELECT CAST(%s AS jsonb) ? %s", on_document(has_key), questions) == []


def test_documents_without_keys(asked: Asked) -> None:
    """`-` takes keys from objects and texts from arrays, and refuses scalars."""

    def left(text: str, keys: list[str | None]) -> str:
        return document_text(without_keys(document_of_text(text), keys))

    with queries(asked) as both:
        questions = product(DOCUMENTS, LISTS)
        assert both.differences("SELECT CAST(CAST(%s AS jsonb) - CAST(%s AS text[]) AS text)", left, questions) == []


def test_what_lies_at_a_path(asked: Asked) -> None:
    """`#>>` follows keys, and places of arrays from either end, as they are written for C."""
    with queries(asked) as both:
        questions = product(DOCUMENTS, PATHS)
        assert (
            both.differences("SELECT CAST(%s AS jsonb) #>> CAST(%s AS text[])", on_document(text_at), questions) == []
        )


def on_document(function: Any) -> Any:
    return lambda text, *arguments: function(document_of_text(text), *arguments)
