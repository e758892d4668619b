# SPDX-License-Identifier: EUPL-1.2
"""Toezicht → Algoritme: the registers from one card, to read, to take along and to let out."""
