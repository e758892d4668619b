# SPDX-License-Identifier: EUPL-1.2
"""Kaart: the dots of what was reported, filtered, compared, listed, charted and taken along."""
