# SPDX-License-Identifier: EUPL-1.2
"""What people keep of Kaart."""

from stip_web.dots.models.view import SavedView

__all__ = ["SavedView"]
