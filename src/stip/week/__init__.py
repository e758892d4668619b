# SPDX-License-Identifier: EUPL-1.2
"""The whole week: every stage in order, and the files a team can use."""
