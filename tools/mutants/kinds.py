"""Which kind of rule a place of the twin's code keeps, for the report."""

from __future__ import annotations

from typing import Final

__all__ = ["KINDS", "OTHER", "kind_of"]

CONSTRAINT: Final = "constraint"
REFERENCE: Final = "reference"
LOCK: Final = "lock"
VISIBILITY: Final = "visibility"
ISOLATION: Final = "isolation"
VALUE: Final = "value"
COMPARISON: Final = "comparison"
ROUNDING: Final = "rounding"
DEFAULT: Final = "default"
ORDER: Final = "order"
ERROR: Final = "error"
VERB: Final = "verb"
OTHER: Final = "other"

KINDS = (
    CONSTRAINT,
    REFERENCE,
    LOCK,
    VISIBILITY,
    ISOLATION,
    VALUE,
    COMPARISON,
    ROUNDING,
    DEFAULT,
    ORDER,
    ERROR,
    VERB,
    OTHER,
)

_FOLDER = "dbkit/memory/"

# By module. A new one is of the other kind until it has its line here, which a test asks for.
_MODULES = {
    "annotations": VALUE,
    "base": VISIBILITY,
    "change": ERROR,
    "chosen": COMPARISON,
    "compression": VALUE,
    "conditions": COMPARISON,
    "contention": LOCK,
    "datatype": VALUE,
    "datatypes": VALUE,
    "decoding": VALUE,
    "defaults": DEFAULT,
    "documents": COMPARISON,
    "expressions": CONSTRAINT,
    "functions": VALUE,
    "hashed": VISIBILITY,
    "index_room": CONSTRAINT,
    "indexes": ORDER,
    "literals": CONSTRAINT,
    "locks": LOCK,
    "row_locks": LOCK,
    "logic": COMPARISON,
    "lookups": COMPARISON,
    "new_rows": VERB,
    "number_types": ROUNDING,
    "numbers": DEFAULT,
    "ordered": ORDER,
    "overlay": VISIBILITY,
    "patterns": COMPARISON,
    "references": REFERENCE,
    "refusal": ERROR,
    "read_rows": VERB,
    "row_at_fault": ERROR,
    "rows": VERB,
    "rules": CONSTRAINT,
    "schema": CONSTRAINT,
    "selection": ORDER,
    "shuffling": ORDER,
    "serializable": ISOLATION,
    "statement": CONSTRAINT,
    "stored_bytes": CONSTRAINT,
    "store": VISIBILITY,
    "table": CONSTRAINT,
    "telling": VERB,
    "totals": VERB,
    "transaction": VISIBILITY,
    "unread": CONSTRAINT,
    "versions": VISIBILITY,
    "waits": LOCK,
    "writes": VISIBILITY,
    "written": VALUE,
    "_async/backend": VERB,
    "_async/repository": VERB,
    "_async/running": LOCK,
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
    "written": (("key", COMPARISON), ("lack", CONSTRAINT)),
    "contention": (("view", VISIBILITY), ("seen", VISIBILITY), ("visible", VISIBILITY), ("snapshot", ISOLATION)),
    "transaction": (("snapshot", ISOLATION), ("safety", ISOLATION), ("scan", ISOLATION)),
    "_async/backend": (("lock", LOCK), ("wait", LOCK)),
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
