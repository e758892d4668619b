# SPDX-License-Identifier: EUPL-1.2
"""The week plan: hours first, a proposal that people decide on, and each version to be read."""
