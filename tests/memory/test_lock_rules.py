"""Row locks that are drawn from a seed: nobody has what does not go together, and nobody waits for nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from dbkit.memory.locks import Locks
from dbkit.memory.row_locks import Holder, MustWait, RowKey, RowWanted, Strength, Waiter, strength_of
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import LockNotAvailable, TransactionConflict
from dbkit.types.lock import LockStrength

GAMES = 80
STEPS = 50
ROWS: tuple[RowKey, ...] = ((0, (1,)), (0, (2,)))

# PostgreSQL's documentation, table 13.3, written the other way round: what goes together.
TOGETHER = {
    (Strength.KEY_SHARE, Strength.KEY_SHARE),
    (Strength.KEY_SHARE, Strength.SHARE),
    (Strength.KEY_SHARE, Strength.NO_KEY_UPDATE),
    (Strength.SHARE, Strength.KEY_SHARE),
    (Strength.SHARE, Strength.SHARE),
    (Strength.NO_KEY_UPDATE, Strength.KEY_SHARE),
}


class Quiet(Waiter):
    """Somebody whose wait is looked at, and not waited for."""

    def wake(self) -> None:
        """Do nothing: `is_woken` tells."""


@dataclass(eq=False)
class Player:
    """A transaction: what it got, in order, the marks to go back to, and what it waits for.

    Those whom it `met` it waits for one after the other; of each it is known which of its locks was the first in the
    way.
    """

    holder: Holder = field(default_factory=lambda: Holder(object()))
    got: list[tuple[RowKey, Strength]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    waiter: Quiet | None = None
    wanted: tuple[RowKey, Strength] | None = None
    met: dict[Player, int] = field(default_factory=dict)

    def held(self, row: RowKey) -> Strength | None:
        return max((strength for of, strength in self.got if of == row), default=None)

    def is_in_the_way(self, row: RowKey, strength: Strength) -> bool:
        held = self.held(row)
        return held is not None and (held, strength) not in TOGETHER

    def first_in_the_way(self, row: RowKey, strength: Strength) -> int:
        places = enumerate(self.got)
        return next(place for place, (of, got) in places if of == row and (got, strength) not in TOGETHER)

    def get(self, row: RowKey, strength: Strength) -> None:
        held = self.held(row)
        if held is None or held < strength:
            self.got.append((row, strength))


class Game:
    """Transactions that take locks, go back, give up and end; `queue` are those who wait, in their order."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.locks = Locks()
        self.players = [Player() for _ in range(4)]
        self.queue: list[Player] = []
        self.entered: list[Player] = []
        self.deadlocks = self.late_deadlocks = 0

    def go_on(self) -> None:
        player = self._chance.choice(self.players)
        if player.waiter is not None:
            if self._chance.random() < 0.2:
                self._give_up(player)
            return
        what = self._chance.choices(("take", "mark", "go back", "end"), (8, 2, 2, 1))[0]
        if what == "take":
            self._take(player, self._chance.choice(ROWS), self._chance.choice([*Strength]))
        elif what == "mark":
            player.marks.append(len(player.got))
        elif what == "end":
            self.end(player)
        elif player.marks:
            self._go_back(player, player.marks.pop())

    def _take(self, player: Player, row: RowKey, strength: Strength) -> None:
        self.locks.enter(player.holder)
        if player not in self.entered:
            self.entered.append(player)
        is_free = not any(other.is_in_the_way(row, strength) for other in self.players if other is not player)
        wanted = self._refused(player, row, strength)
        if wanted is None:
            assert is_free
            player.get(row, strength)
        else:
            assert wanted == RowWanted(row, strength)
            assert not is_free or any(self._clashes(other, row, strength) for other in self.queue)
            self._wait(player, row, strength)
        self._settle()

    def _refused(self, player: Player, row: RowKey, strength: Strength) -> object:
        """Take a lock, and return what is to be waited for if it is not to be had."""
        try:
            self.locks.take(player.holder, row, strength)
        except MustWait as wait:
            return wait.wanted
        return None

    def _wait(self, player: Player, row: RowKey, strength: Strength) -> None:
        player.waiter, player.wanted = (
            Quiet(player.holder.caller, player.holder, RowWanted(row, strength)),
            (row, strength),
        )
        self.queue.append(player)
        self._meet(player)
        if self._is_in_circle(player, self._awaited):
            self.deadlocks += 1
            with refused(TransactionConflict, sqlstate="40P01"):
                self.locks.wait(player.waiter)
            self._leave(player)
            self.end(player)
        else:
            self.locks.wait(player.waiter)

    def _give_up(self, player: Player) -> None:
        assert player.waiter is not None
        self.locks.leave(player.waiter)
        self._leave(player)
        self._settle()

    def _go_back(self, player: Player, mark: int) -> None:
        self.locks.release(player.holder, mark, 0)
        del player.got[mark:]
        for other in self.queue:
            if other.met.get(player, -1) >= mark:
                del other.met[player]
        self._settle()

    def end(self, player: Player) -> None:
        if player.waiter is not None:
            self._give_up(player)
        self.locks.end(player.holder)
        self.players[self.players.index(player)] = Player()
        if player in self.entered:
            self.entered.remove(player)
        self._settle()

    def _leave(self, player: Player) -> None:
        self.queue.remove(player)
        player.waiter = player.wanted = None
        player.met = {}

    def _settle(self) -> None:
        """See who has been let go on, and that this is as it should be."""
        for player in [*self.queue]:
            if player.waiter is not None and player.waiter.is_victim:
                self.late_deadlocks += 1
                assert self._is_in_circle(player, self._in_front)
                self._leave(player)
                self.end(player)
                return
            if player.waiter is not None and player.waiter.is_woken and player.wanted is not None:
                assert not self._in_front(player)
                player.get(*player.wanted)
                self._leave(player)
            else:
                self._meet(player)
        for player in self.queue:
            assert self._awaited(player), "it waits for nothing"
            assert not self._is_in_circle(player, self._awaited)
        assert self.locks.waiting == {player.holder: player.waiter for player in self.queue}

    def _meet(self, player: Player) -> None:
        """Let somebody with nobody ahead, who has waited for all whom it met, meet those who are in the way by now."""
        if player.wanted is not None and not self._awaited(player):
            player.met = {other: other.first_in_the_way(*player.wanted) for other in self._blockers(player)}

    def _awaited(self, player: Player) -> list[Player]:
        """Return those whom somebody waits for now: who came before, else the next of those in the way that it met."""
        blockers = self._blockers(player)
        return self._ahead(player) or [other for other in player.met if other in blockers][:1]

    def _in_front(self, player: Player) -> list[Player]:
        """Return those who have to end before somebody goes on."""
        return [*self._blockers(player), *self._ahead(player)]

    def _blockers(self, player: Player) -> list[Player]:
        """Return those who hold the row, in the order in which they first took something."""
        assert player.wanted is not None
        row, strength = player.wanted
        return [other for other in self.entered if other is not player and other.is_in_the_way(row, strength)]

    def _ahead(self, player: Player) -> list[Player]:
        """Return those who came before somebody, and do not share the row."""
        assert player.wanted is not None
        row, strength = player.wanted
        before = self.queue[: self.queue.index(player)] if player.held(row) is None else []
        return [other for other in before if self._clashes(other, row, strength)]

    def _clashes(self, waiting: Player, row: RowKey, strength: Strength) -> bool:
        assert waiting.wanted is not None
        return waiting.wanted[0] == row and (waiting.wanted[1], strength) not in TOGETHER

    def _is_in_circle(self, player: Player, awaited: Callable[[Player], list[Player]]) -> bool:
        seen: list[Player] = []
        ahead = awaited(player)
        while ahead:
            other = ahead.pop()
            if other not in seen:
                seen.append(other)
                ahead += awaited(other) if other.wanted is not None else ()
        return player in seen


@pytest.mark.parametrize("part", range(2))
def test_locks_go_together_and_nobody_waits_for_nothing(part: int) -> None:
    """However locks are taken and given back, who waits waits for somebody, and a circle is found when it closes."""
    deadlocks = late_deadlocks = 0
    for seed in range(part * GAMES, (part + 1) * GAMES):
        game = Game(seed)
        for _ in range(STEPS):
            game.go_on()
        deadlocks += game.deadlocks
        late_deadlocks += game.late_deadlocks
        for player in [*game.players]:
            # Another one's end may have ended it: it closed a circle.
            if player in game.players:
                game.end(player)
        assert (game.locks.are_none, game.locks.busy, game.locks.waiting) == (True, {}, {})
    assert deadlocks > GAMES / 10
    assert late_deadlocks


def test_whoever_would_wait_for_itself_is_told_so() -> None:
    """One thread cannot end one of its transactions while another one of them waits."""
    locks, caller = Locks(), object()
    holder, other = Holder(caller), Holder(caller)
    for each in (holder, other):
        locks.enter(each)
    locks.take(holder, ROWS[0], Strength.UPDATE)
    with pytest.raises(MustWait) as wait:
        locks.take(other, ROWS[0], Strength.UPDATE)
    with refused(LockNotAvailable, sqlstate="55P03"):
        locks.wait(Quiet(caller, other, wait.value.wanted))
    assert locks.waiting == {}


def test_the_names_of_the_strengths() -> None:
    names: tuple[LockStrength, ...] = ("key share", "share", "no key update", "update")
    assert [strength_of(name) for name in names] == sorted(Strength)
