"""Spans that were exported, in words that tests compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Tracer

__all__ = ["Traces"]


@dataclass(frozen=True)
class Traces:
    provider: TracerProvider
    exporter: InMemorySpanExporter

    @property
    def tracer(self) -> Tracer:
        return self.provider.get_tracer("of the application")

    @property
    def spans(self) -> tuple[ReadableSpan, ...]:
        return self.exporter.get_finished_spans()

    @property
    def names(self) -> list[str]:
        """In the order in which they ended."""
        return [span.name for span in self.spans]

    @property
    def paths(self) -> list[str]:
        """Each span with those around it, the outermost first, in the order in which they began."""
        by_id = {span.context.span_id: span for span in self.spans if span.context is not None}

        def path(span: ReadableSpan) -> str:
            above = by_id.get(span.parent.span_id) if span.parent is not None else None
            return f"{path(above)} > {span.name}" if above is not None else span.name

        return [path(span) for span in sorted(self.spans, key=lambda span: span.start_time or 0)]

    def attributes(self, name: str) -> Mapping[str, Any]:
        """What the only span of this name says."""
        (span,) = (span for span in self.spans if span.name == name)
        return span.attributes or {}
