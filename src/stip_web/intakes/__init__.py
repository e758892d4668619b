# SPDX-License-Identifier: EUPL-1.2
"""Gegevens: a file comes in, step by step, through the gate; what came in, how fresh and how good."""
