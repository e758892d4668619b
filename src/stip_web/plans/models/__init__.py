# SPDX-License-Identifier: EUPL-1.2
"""The tables of week plans."""

from stip_web.plans.models.draft import Draft, Status
from stip_web.plans.models.proposing import Proposing

__all__ = ["Draft", "Proposing", "Status"]
