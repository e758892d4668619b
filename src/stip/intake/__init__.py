# SPDX-License-Identifier: EUPL-1.2
"""Read and check what comes in: files with incidents, open-data services, layers and areas."""

from stip.intake.account import OpenDataReport
from stip.intake.address_table import Addresses, read_address_file, store_addresses
from stip.intake.areas import AreasRead, DistrictNames, areas_from, read_areas_file, store_areas
from stip.intake.counts import Counts, fetch_counts, store_counts
from stip.intake.drafting import agreement_for_layer, draft_layer_agreement
from stip.intake.export import export_incidents
from stip.intake.fetching import CollectionRequest, fetch_areas, fetch_layer
from stip.intake.file import read_incident_file
from stip.intake.http import ServiceClient
from stip.intake.layers import Layer, LayerChoice, layer_from, read_layer_file, store_layer
from stip.intake.odata import POLICE_COUNTS_URL
from stip.intake.ogc_api import FetchedCollection, fetch_collection
from stip.intake.open_things import open_things
from stip.intake.opening import open_table
from stip.intake.refused import write_refused_rows
from stip.intake.report import IntakeReport, RuleCount
from stip.intake.rules import REFUSED, REPAIRED, Rule
from stip.intake.table import Block, SourceTable
from stip.intake.undo import undo

__all__ = [
    "POLICE_COUNTS_URL",
    "REFUSED",
    "REPAIRED",
    "Addresses",
    "AreasRead",
    "Block",
    "CollectionRequest",
    "Counts",
    "DistrictNames",
    "FetchedCollection",
    "IntakeReport",
    "Layer",
    "LayerChoice",
    "OpenDataReport",
    "Rule",
    "RuleCount",
    "ServiceClient",
    "SourceTable",
    "agreement_for_layer",
    "areas_from",
    "draft_layer_agreement",
    "export_incidents",
    "fetch_areas",
    "fetch_collection",
    "fetch_counts",
    "fetch_layer",
    "layer_from",
    "open_table",
    "open_things",
    "read_address_file",
    "read_areas_file",
    "read_incident_file",
    "read_layer_file",
    "store_addresses",
    "store_areas",
    "store_counts",
    "store_layer",
    "undo",
    "write_refused_rows",
]
