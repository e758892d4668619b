# SPDX-License-Identifier: EUPL-1.2
"""Pages of this app, one file a noun."""
