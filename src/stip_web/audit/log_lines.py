# SPDX-License-Identifier: EUPL-1.2
"""How the server writes its log: one line an event, without the words of an error that may hold a value."""

from __future__ import annotations

import logging

from stip.words import visible


class OneLine(logging.Formatter):
    """Time, level, place and message on one line; of an error only its kind and where it happened."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; signs that steer a terminal are made visible."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {visible(record.getMessage())}"
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = f" at {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace is not None else ""
            line += f" [{kind.__name__}{where}]"
        return line
