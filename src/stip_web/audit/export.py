# SPDX-License-Identifier: EUPL-1.2
"""The processing log as lines of JSON, for a supervisor or another system."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from stip_web.audit.models import ProcessingSpan

FIELDS = ("trace_id", "span_id", "parent_span_id", "status", "name", "start_time", "end_time", "attributes")
"""The fields of the standard, in its order."""


def lines_between(first: date, last: date) -> Iterator[str]:
    """Give one JSON object a span that began in these days, oldest first.

    Parameters
    ----------
    first, last : date
        Both inclusive, in the time zone of the site.
    """
    spans = ProcessingSpan.objects.filter(
        start_time__gte=_ms(first), start_time__lt=_ms(last + timedelta(days=1))
    ).order_by("start_time", "id")
    for row in spans.values(*FIELDS).iterator(chunk_size=2000):
        resource = {"service.name": "stip"}
        yield json.dumps({**row, "resource": resource}, ensure_ascii=False)


def _ms(day: date) -> int:
    return int(datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)).timestamp() * 1000)
