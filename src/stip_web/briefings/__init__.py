# SPDX-License-Identifier: EUPL-1.2
"""The briefing: the week plan on one A4 of two sides, and the same as a page."""
