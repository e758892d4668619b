# SPDX-License-Identifier: EUPL-1.2
"""Pages of Beheer; each is thin and lets an action do the work."""
