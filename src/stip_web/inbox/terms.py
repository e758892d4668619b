# SPDX-License-Identifier: EUPL-1.2
"""What is promised to who sends a message: the public site says it, the desk keeps it."""

from __future__ import annotations

ANSWER_DAYS = 14
"""For a question or an error report."""
OBJECTION_DAYS = 28
"""For an objection: the GDPR, article 12(3), gives one month."""
MOST_DAYS = 42
MESSAGE_DAYS = 90
"""How long after the answer a message is kept."""
ANSWERS = "de functionaris gegevensbescherming"
"""Who answers, as a citizen reads it."""
