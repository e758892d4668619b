# SPDX-License-Identifier: EUPL-1.2
"""Evaluation: what was expected and what came, who pointed better, and whether to go on."""
