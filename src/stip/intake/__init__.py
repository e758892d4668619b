# SPDX-License-Identifier: EUPL-1.2
"""Read and check what comes in: files with incidents, open-data services, layers and areas."""

from stip.intake.export import export_incidents
from stip.intake.file import read_incident_file
from stip.intake.opening import open_table
from stip.intake.refused import write_refused_rows
from stip.intake.report import IntakeReport, RuleCount
from stip.intake.rules import REFUSED, REPAIRED, Rule
from stip.intake.table import Block, SourceTable
from stip.intake.undo import undo

__all__ = [
    "REFUSED",
    "REPAIRED",
    "Block",
    "IntakeReport",
    "Rule",
    "RuleCount",
    "SourceTable",
    "export_incidents",
    "open_table",
    "read_incident_file",
    "undo",
    "write_refused_rows",
]
