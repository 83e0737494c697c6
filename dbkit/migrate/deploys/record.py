"""Promotions: signed records that a chain was applied and verified in one environment, for the next one."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbkit.migrate.deploys.errors import PromotionRefused
from dbkit.migrate.line import Line
from dbkit.migrate.sum import sum_text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

__all__ = ["ORDER", "Promotion", "chain_of", "read_promotion", "write_promotion"]

ORDER = ("dev", "staging", "prod")
"""The environments that a chain goes through, none of them skipped."""

# No signature of anything else can pass for one of a promotion.
_PURPOSE = b"dbkit promotion 1\n"


@dataclass(frozen=True, slots=True)
class Promotion:
    """What is signed.

    `chain` is the hash over all of `dbkit.sum`, `head` its last revision. `database` is the name of the one that
    was verified, `identity` tells it from all others; `behind` is the signature of the promotion before, if any.
    """

    chain: str
    head: str
    source: str
    target: str
    database: str
    identity: str
    at: str
    by: str
    behind: str = ""

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over."""
        return _PURPOSE + json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()


def chain_of(line: Line) -> str:
    """Return the hash over all files of a line, in order: what a promotion is of."""
    return sum_text(line).partition("\n")[0]


def write_promotion(promotion: Promotion, key: Ed25519PrivateKey) -> str:
    """Return a promotion as the text of its file, signed."""
    signature = base64.b64encode(key.sign(promotion.signed)).decode()
    return json.dumps({"promotion": asdict(promotion), "signature": signature}, indent=2) + "\n"


def read_promotion(given: str, key: Ed25519PublicKey) -> tuple[Promotion, str]:
    """Return the promotion of a file, or of the text itself, and its signature, which was checked.

    Raises `PromotionRefused` where it cannot be read, or was not signed with the other half of the key.
    """
    from cryptography.exceptions import InvalidSignature

    document = _document(given)
    try:
        promotion = Promotion(**_texts(document["promotion"]))
        signature = str(document["signature"])
        signed_with = base64.b64decode(signature, validate=True)
    except (KeyError, TypeError, ValueError):
        promotion, signature, signed_with = None, "", b""
    if promotion is None:
        raise PromotionRefused("the record is no promotion, or is damaged")
    try:
        key.verify(signed_with, promotion.signed)
    except InvalidSignature:
        pass
    else:
        return promotion, signature
    raise PromotionRefused("the record was changed, or signed with another key than the one that is trusted here")


def _document(given: str) -> Any:
    text = given
    if not given.lstrip().startswith("{"):
        try:
            text = Path(given).read_text()
        except (OSError, UnicodeDecodeError):
            text = ""
        if not text:
            raise PromotionRefused(f"the record {given} cannot be read")
    try:
        return json.loads(text)
    except ValueError:
        return {}


def _texts(given: dict[str, Any]) -> dict[str, str]:
    """Return the fields, and refuse others than a promotion has, or of another type."""
    known = {field.name for field in fields(Promotion)}
    if given.keys() != known or not all(isinstance(value, str) for value in given.values()):
        raise ValueError
    return given
