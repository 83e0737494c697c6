from __future__ import annotations

from collections.abc import Mapping

from dbkit.types import ConnectionStatus, StateEnum

CREATED, WORKING, BAD = ConnectionStatus


class Light(StateEnum):
    RED = "red"
    GREEN = "green"
    BROKEN = "broken"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        return {cls.RED: frozenset({cls.BROKEN, cls.GREEN}), cls.GREEN: frozenset({cls.BROKEN, cls.RED})}


class Switch(StateEnum):
    ON = "on"
    OFF = "off"


def test_next_states_come_in_order_of_declaration() -> None:
    assert Light.RED.next_states() == (Light.GREEN, Light.BROKEN)
    assert Light.GREEN.next_states() == (Light.RED, Light.BROKEN)


def test_a_state_without_steps_is_final() -> None:
    assert Light.BROKEN.next_states() == ()
    assert Switch.ON.next_states() == ()


def test_a_state_may_be_set_from_itself_and_its_predecessors() -> None:
    assert Light.BROKEN.previous_states() == (Light.RED, Light.GREEN, Light.BROKEN)
    assert Switch.ON.previous_states() == (Switch.ON,)


def test_connection_status() -> None:
    assert CREATED.next_states() == (WORKING, BAD)
    assert WORKING.next_states() == (BAD,)
    assert BAD.next_states() == (WORKING,)
    assert CREATED.previous_states() == (CREATED,)
