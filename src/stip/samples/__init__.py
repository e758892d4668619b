# SPDX-License-Identifier: EUPL-1.2
"""Stipdam, the sample town: generated, with its true intensity known, and sealed before any model was tuned on it."""

from stip.samples.picture import draw_town
from stip.samples.seal import frozen
from stip.samples.town import SEED, SampleTown, make_town
from stip.samples.truth import oracle_scores, planted_faults, true_incidents, true_intensity
from stip.samples.workspace import (
    SOURCES,
    SampleSource,
    make_workspace,
    sample_agreements,
    sample_settings,
    stip_toml,
)

__all__ = [
    "SEED",
    "SOURCES",
    "SampleSource",
    "SampleTown",
    "draw_town",
    "frozen",
    "make_town",
    "make_workspace",
    "oracle_scores",
    "planted_faults",
    "sample_agreements",
    "sample_settings",
    "stip_toml",
    "true_incidents",
    "true_intensity",
]
