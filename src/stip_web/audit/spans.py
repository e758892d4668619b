# SPDX-License-Identifier: EUPL-1.2
"""Keeps spans of the processing log in the site's own table."""

from __future__ import annotations

from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor

_NS_PER_MS = 1_000_000


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
