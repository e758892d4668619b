# SPDX-License-Identifier: EUPL-1.2
"""Keeps spans of the processing log in the site's own table."""

from __future__ import annotations

import secrets

from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace.id_generator import IdGenerator

_NS_PER_MS = 1_000_000


class SecretIds(IdGenerator):
    """Ids that no seed repeats: the SDK draws them from `random`, and whoever seeds that makes the same ids again."""

    def generate_span_id(self) -> int:
        """Draw 64 bits, not all zero."""
        return secrets.randbits(64) or 1

    def generate_trace_id(self) -> int:
        """Draw 128 bits, not all zero."""
        return secrets.randbits(128) or 1


class TableProcessor(SpanProcessor):
    """Writes each span as a row when it ends.

    The SDK's own processors swallow the error of an exporter; here it stops the answer, since no look at incidents
    may go unseen.
    """

    def on_end(self, span: ReadableSpan) -> None:
        """Write the row."""
        from stip_web.audit.models import ProcessingSpan

        ProcessingSpan.objects.create(**row_of(span))


def row_of(span: ReadableSpan) -> dict[str, object]:
    """Give the fields that the standard names."""
    context = span.get_span_context()
    assert context is not None  # noqa: S101 - every ended span has one
    return {
        "trace_id": f"{context.trace_id:032x}",
        "span_id": f"{context.span_id:016x}",
        "parent_span_id": f"{span.parent.span_id:016x}" if span.parent else "",
        "status": span.status.status_code.name,
        "name": span.name,
        "start_time": (span.start_time or 0) // _NS_PER_MS,
        "end_time": (span.end_time or 0) // _NS_PER_MS,
        "attributes": dict(span.attributes or {}),
    }
