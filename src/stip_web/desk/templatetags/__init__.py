# SPDX-License-Identifier: EUPL-1.2
"""Words and states for templates."""
