# SPDX-License-Identifier: EUPL-1.2
"""Open data: layers of things, areas, addresses and counts."""
