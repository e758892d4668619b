# SPDX-License-Identifier: EUPL-1.2
"""Migrations of Straat."""
