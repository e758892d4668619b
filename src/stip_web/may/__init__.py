# SPDX-License-Identifier: EUPL-1.2
"""*Mag dit?*: the guided check for a new source or use, and how many dwellings a dot could be."""
