# SPDX-License-Identifier: EUPL-1.2
"""What people do with a file: bring it, say what its columns are, publish, throw away, try again, take back."""

from stip_web.intakes.actions.bringing import BringFile
from stip_web.intakes.actions.choosing import ChooseColumns, ChooseSource
from stip_web.intakes.actions.ending import CancelUpload, UndoDelivery
from stip_web.intakes.actions.publishing import PublishUpload, RetryStep

__all__ = [
    "BringFile",
    "CancelUpload",
    "ChooseColumns",
    "ChooseSource",
    "PublishUpload",
    "RetryStep",
    "UndoDelivery",
]
