"""What a run needs before it changes a database: its chain's promotion, and no service that needs what goes."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dbkit.migrate.deploys.errors import DeployRefused, PromotionRefused, ServicesBehind
from dbkit.migrate.deploys.gate import services_refusal, withdrawal_refusal
from dbkit.migrate.header import Phase
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.report import Options, Watch
from dbkit.migrate.session import Connection
from dbkit.migrate.stop import Stop
from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = ["PROMOTION", "Admission"]

PROMOTION = "DBKIT_PROMOTION"
"""The variable that holds the record of a promotion, or the name of its file."""

_ASKED = ("staging", "prod")
_LOOK_AGAIN_SECONDS = 1.0


class Admission:
    """Lets revisions of a line be applied or taken back, or does not.

    With a reason to break the glass it says what it overrides.
    """

    def __init__(self, line: Line, options: Options, watch: Watch, stop: Stop, *, is_upward: bool) -> None:
        self._line = line
        self._options = options
        self._watch = watch
        self._stop = stop
        self._is_upward = is_upward
        self._refusal = services_refusal if is_upward else withdrawal_refusal

    def admit(self, connection: Connection, revisions: Sequence[Revision]) -> None:
        """Raise `PromotionRefused`, or `ServicesBehind` after a while, where the revisions may not be gone.

        Taking back asks for no promotion, but for services that need what it takes. Raises `ConfigurationInvalid` for
        a key that is none, and the driver's errors pass.
        """
        if self._options.is_deploy and revisions:
            self._refuse(self._promotion_refusal() if self._is_upward else None)
            self._refuse(self._services_refusal(connection, revisions))

    def admit_next(self, connection: Connection, revisions: Sequence[Revision]) -> None:
        """Raise `ServicesBehind` where the first of these takes something away, and a service has come up since."""
        takes = (revisions[0].header.phase is Phase.CONTRACT) is self._is_upward
        if self._options.is_deploy and takes and not self._options.break_glass:
            self._refuse(self._refusal(connection, self._line, revisions))

    def _services_refusal(self, connection: Connection, revisions: Sequence[Revision]) -> ServicesBehind | None:
        """Return why the revisions have to wait for services, once these have had their time to end."""
        deadline = time.monotonic() + (0 if self._options.break_glass else self._options.services_seconds)
        refusal = self._refusal(connection, self._line, revisions)
        if refusal is not None and time.monotonic() < deadline:
            self._watch.note(f"waiting for services: {refusal.happened}")
        while refusal is not None and time.monotonic() < deadline:
            self._stop.pause(_LOOK_AGAIN_SECONDS)
            refusal = self._refusal(connection, self._line, revisions)
        return refusal

    def _refuse(self, refusal: DeployRefused | None) -> None:
        if refusal is None:
            return
        if not self._options.break_glass:
            raise refusal
        self._watch.note(f"break-glass ({self._options.break_glass}): {refusal.happened}")

    def _promotion_refusal(self) -> PromotionRefused | None:
        environment = os.environ.get("DBKIT_ENV", "")
        if environment not in _ASKED:
            return None
        from dbkit.migrate.deploys.keys import PUBLIC_KEY, public_key

        key, given = public_key(os.environ), self._options.promotion or os.environ.get(PROMOTION)
        if key is not None:
            return _wrong(self._line, environment, given, key)
        if given:
            raise ConfigurationInvalid(
                f"a promotion is given, and {PUBLIC_KEY} is not set to check it with", advice="Set it, in PEM."
            )
        if environment == _ASKED[-1]:
            self._watch.note(f"nothing checks what is applied in {environment}: {PUBLIC_KEY} is not set")
        return None


def _wrong(line: Line, environment: str, given: str | None, key: Ed25519PublicKey) -> PromotionRefused | None:
    """Return what is wrong with a record for a line and an environment, None where nothing is."""
    from dbkit.migrate.deploys.record import chain_of, read_promotion

    if not given:
        return PromotionRefused(f"there is no record that promotes this chain to {environment}")
    try:
        promotion, _ = read_promotion(given, key)
    except PromotionRefused as refusal:
        return refusal
    if promotion.target != environment:
        return PromotionRefused(f"the record promotes to {promotion.target}, and this is {environment}")
    if promotion.chain != chain_of(line):
        return PromotionRefused(
            f"the record promotes another chain, to {promotion.head}, and this one ends at {line.head}"
        )
    return None
