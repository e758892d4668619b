# SPDX-License-Identifier: EUPL-1.2
"""The account of what was read: each row is accepted, repaired or refused, by a rule with advice."""
