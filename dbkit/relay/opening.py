"""Sinks by name, as the command line gives them."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from dbkit.relay._async.calling import async_sink_of
from dbkit.relay.file_sink import FileSink
from dbkit.relay.sink import Sink
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["open_sink"]

_ADVICE = "Say stdout, file:PATH, python:MODULE:CALLABLE or pubsub://PROJECT[/PREFIX]."


def open_sink(target: str) -> Sink:
    """Return the sink that a target names, or raise `ConfigurationInvalid`."""
    kind, _, rest = target.partition(":")
    if target == "stdout":
        return FileSink()
    if kind == "file" and rest:
        return _file(Path(rest))
    if kind == "python" and rest:
        return _from_python(rest)
    if kind == "pubsub":
        from dbkit.relay.pubsub import PubSubSink

        return PubSubSink.at(target)
    raise ConfigurationInvalid(f"there is no sink {target!r}", fields=("to",), advice=_ADVICE)


def _file(path: Path) -> Sink:
    try:
        return FileSink(path)
    except OSError as error:
        raise ConfigurationInvalid(
            f"the file {path} cannot be written: {error.strerror}", fields=("to",), advice="Name another one."
        ) from None


def _from_python(name: str) -> Sink:
    """Return a callable of a message, or an object with `publish` and `close`, as a sink."""
    module, _, attribute = name.partition(":")
    try:
        found: Any = getattr(importlib.import_module(module), attribute or "sink")
    except (ImportError, AttributeError) as error:
        raise ConfigurationInvalid(
            f"there is no {name} to send to: {type(error).__name__}", fields=("to",), advice=_ADVICE
        ) from error
    if not (callable(found) or hasattr(found, "publish")):
        raise ConfigurationInvalid(f"{name} is neither a callable nor a sink", fields=("to",), advice=_ADVICE)
    sink: Sink = async_sink_of(found)
    return sink
