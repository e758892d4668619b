# SPDX-License-Identifier: EUPL-1.2
"""What is promised to who sends a message: the public site says it, the desk keeps it."""

from __future__ import annotations

ANSWER_DAYS = 14
"""For a question or an error report."""
OBJECTION_DAYS = 28
"""For an objection or a request about own data: the GDPR, article 12(3), gives one month."""
MOST_DAYS = 42
EXTENSION_DAYS = 61
"""How much longer a hard one may take, told within the first term: two months by the same article."""
MESSAGE_DAYS = 182
"""How long after the answer a message is kept: long enough for an objection to a decision, and for what follows."""
ANSWERS = "de functionaris gegevensbescherming"
"""Who answers a question or an error report, as a citizen reads it."""
OBJECTION_ANSWERS = "het bestuur van de gemeente"
"""Who decides on an objection or a request: the controller, for a privacy officer advises (GDPR, article 38(6))."""
