# SPDX-License-Identifier: EUPL-1.2
"""Incidents as dots: what a caller may see of them, filtered and counted."""
