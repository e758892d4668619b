# SPDX-License-Identifier: EUPL-1.2
"""Accounting for use: every change is an action with a line, every look at incidents a span of the processing log."""
