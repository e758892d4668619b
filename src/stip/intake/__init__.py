# SPDX-License-Identifier: EUPL-1.2
"""Read and check what comes in: files with incidents, open-data services, layers and areas."""

from stip.intake.accounts.account import RuleCount
from stip.intake.accounts.refused import write_refused_rows
from stip.intake.accounts.report import OpenDataReport
from stip.intake.accounts.rule import Rule
from stip.intake.file_name import shown_name
from stip.intake.incidents.export import export_incidents
from stip.intake.incidents.file import read_incident_file
from stip.intake.incidents.mapping import also_known
from stip.intake.incidents.receipt import check_received
from stip.intake.incidents.report import IntakeReport
from stip.intake.incidents.rules import REFUSED, REPAIRED
from stip.intake.incidents.undo import undo
from stip.intake.open_data.address_table import Addresses, read_address_file, store_addresses
from stip.intake.open_data.areas import AreasRead, DistrictNames, areas_from, read_areas_file, store_areas
from stip.intake.open_data.counts import Counts, fetch_counts, store_counts
from stip.intake.open_data.drafting import agreement_for_layer, draft_layer_agreement
from stip.intake.open_data.fetching import CollectionRequest, fetch_areas, fetch_layer
from stip.intake.open_data.layers import Layer, LayerChoice, layer_from, read_layer_file, store_layer
from stip.intake.services.http import ServiceClient
from stip.intake.services.odata import POLICE_COUNTS_URL
from stip.intake.services.ogc_api import FetchedCollection, fetch_collection
from stip.intake.services.reach import HostNotFound, Reach, ReachTransport, Resolve, resolve_host
from stip.intake.tables.open_things import open_things
from stip.intake.tables.opening import open_table
from stip.intake.tables.table import Block, SourceTable

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
    "HostNotFound",
    "IntakeReport",
    "Layer",
    "LayerChoice",
    "OpenDataReport",
    "Reach",
    "ReachTransport",
    "Resolve",
    "Rule",
    "RuleCount",
    "ServiceClient",
    "SourceTable",
    "agreement_for_layer",
    "also_known",
    "areas_from",
    "check_received",
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
    "resolve_host",
    "shown_name",
    "store_addresses",
    "store_areas",
    "store_counts",
    "store_layer",
    "undo",
    "write_refused_rows",
]
