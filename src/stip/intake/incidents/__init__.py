# SPDX-License-Identifier: EUPL-1.2
"""A file with incidents, from its headings to a delivery in the workspace."""
