# SPDX-License-Identifier: EUPL-1.2
"""Who may what: users, roles as data, permissions in code, and the one door that every view stands behind."""
