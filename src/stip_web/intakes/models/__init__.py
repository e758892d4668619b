# SPDX-License-Identifier: EUPL-1.2
"""The tables of intakes: an upload on its way in, the steps that work on it, and how columns were named."""

from stip_web.intakes.models.mapping import ColumnMapping
from stip_web.intakes.models.step import Step
from stip_web.intakes.models.upload import Upload

__all__ = ["ColumnMapping", "Step", "Upload"]
