# SPDX-License-Identifier: EUPL-1.2
"""The tables of Straat: entries that are only added, and what goes away again beside them."""

from stip_web.street.models.area_remark import AreaRemark
from stip_web.street.models.entry import Entry
from stip_web.street.models.mirrored import Mirrored
from stip_web.street.models.note import Note

__all__ = ["AreaRemark", "Entry", "Mirrored", "Note"]
