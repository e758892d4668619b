# SPDX-License-Identifier: EUPL-1.2
"""The tables of this app. All but the making of figures only grow: they are what a supervisor asks for."""

from stip_web.oversight.models.proposing import FigureProposal
from stip_web.oversight.models.question import QuestionLine
from stip_web.oversight.models.retention import RetentionDone, RetentionOrder

__all__ = ["FigureProposal", "QuestionLine", "RetentionDone", "RetentionOrder"]
