# SPDX-License-Identifier: EUPL-1.2
"""Toezicht: the privacy officer's desk. Anything unusual? Register, rules, retention, log, questions, publication."""
