# SPDX-License-Identifier: EUPL-1.2
"""The tables of messages."""

from stip_web.reactions.models.message import Message
from stip_web.reactions.models.step import Step

__all__ = ["Message", "Step"]
