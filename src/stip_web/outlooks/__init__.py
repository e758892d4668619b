# SPDX-License-Identifier: EUPL-1.2
"""Vooruitblik: the frozen outlook of a week beside its baseline, and what people change on top of it."""
