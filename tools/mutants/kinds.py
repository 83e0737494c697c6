"""Which kind of rule a place of the twin's code keeps, for the report."""

from __future__ import annotations

from typing import Final

__all__ = ["KINDS", "OTHER", "kind_of"]

CONSTRAINT: Final = "constraint"
REFERENCE: Final = "reference"
LOCK: Final = "lock"
VISIBILITY: Final = "visibility"
VALUE: Final = "value"
COMPARISON: Final = "comparison"
ROUNDING: Final = "rounding"
DEFAULT: Final = "default"
ORDER: Final = "order"
ERROR: Final = "error"
VERB: Final = "verb"
OTHER: Final = "other"

KINDS = (CONSTRAINT, REFERENCE, LOCK, VISIBILITY, VALUE, COMPARISON, ROUNDING, DEFAULT, ORDER, ERROR, VERB, OTHER)

_FOLDER = "dbkit/memory/"

# By module. A new one is of the other kind until it has its line here, which a test asks for.
_MODULES = {
    "chosen": COMPARISON,
    "conditions": COMPARISON,
    "datatype": VALUE,
    "datatypes": VALUE,
    "decoding": VALUE,
    "defaults": DEFAULT,
    "documents": COMPARISON,
    "expressions": CONSTRAINT,
    "functions": VALUE,
    "hashed": VISIBILITY,
    "indexes": ORDER,
    "literals": CONSTRAINT,
    "locks": LOCK,
    "logic": COMPARISON,
    "number_types": ROUNDING,
    "numbers": DEFAULT,
    "ordered": ORDER,
    "patterns": COMPARISON,
    "references": REFERENCE,
    "refusal": ERROR,
    "rows": VERB,
    "rules": CONSTRAINT,
    "schema": CONSTRAINT,
    "selection": ORDER,
    "statement": CONSTRAINT,
    "store": VISIBILITY,
    "table": CONSTRAINT,
    "transaction": VISIBILITY,
    "versions": VISIBILITY,
    "writes": VISIBILITY,
    "_async/backend": VERB,
    "_async/repository": VERB,
}
# By the words in a function's name, where a module keeps several kinds; the first that is found counts.
_WORDS = {
    "statement": (
        *(
            (word, REFERENCE)
            for word in ("_check", "_on_", "_act", "_demand", "_refer", "_reset", "_restrict", "settle")
        ),
        ("_violated", ERROR),
        ("_is_met", REFERENCE),
    ),
    "table": (("default", DEFAULT), ("stored", VALUE), ("refused", ERROR)),
    "datatypes": (("key", COMPARISON), ("_compare", COMPARISON), ("_round", ROUNDING)),
    "documents": (("document_of", VALUE),),
    "transaction": (("_locate", ERROR), ("lock", LOCK), ("turn", LOCK)),
    "_async/backend": (("lock", LOCK), ("turn", LOCK), ("wait", LOCK)),
    "_async/repository": (("_name", ERROR), ("_failed", ERROR), ("lock", LOCK)),
    "indexes": (("partial", CONSTRAINT), ("without_nulls", CONSTRAINT)),
}


def kind_of(file: str, function: str) -> str:
    """Return the kind of rule that a function keeps, by its file and qualified name."""
    module = file.removeprefix(_FOLDER).removesuffix(".py")
    for word, kind in _WORDS.get(module, ()):
        if word in function:
            return kind
    return _MODULES.get(module, OTHER)
