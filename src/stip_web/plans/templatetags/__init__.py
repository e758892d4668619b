# SPDX-License-Identifier: EUPL-1.2
"""How a plan is written on a page."""
