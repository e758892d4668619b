# SPDX-License-Identifier: EUPL-1.2
"""Words for the templates of this app."""
