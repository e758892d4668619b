# SPDX-License-Identifier: EUPL-1.2
"""The API: the same data and actions for programs."""
