# SPDX-License-Identifier: EUPL-1.2
"""These tests need no town, only a site."""

from small_site import site

__all__ = ["site"]
