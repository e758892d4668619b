# SPDX-License-Identifier: EUPL-1.2
"""Signals and decisions: what is known, who decides on it before when, and what a partner took on."""
