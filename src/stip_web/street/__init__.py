# SPDX-License-Identifier: EUPL-1.2
"""Straat: the week plan on the phone, and what the team tells back; works without a connection."""
