# SPDX-License-Identifier: EUPL-1.2
"""The pages of the phone, what they are made from, and where entries come in."""
