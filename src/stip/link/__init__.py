# SPDX-License-Identifier: EUPL-1.2
"""Tie sources together on place, time and address, and report how well that went."""

from stip.link.weeks import counts_by_week, weeks_of_windows

__all__ = ["counts_by_week", "weeks_of_windows"]
