# SPDX-License-Identifier: EUPL-1.2
"""Settings: frozen objects, read from ``stip.toml`` and kept with every run."""

from stip.settings.base import Frozen
from stip.settings.load import Settings, checked, read_toml, write_toml
from stip.settings.measure import Measure
from stip.settings.signals import SHAREABLE, Partner, SignalRule, SignalSettings
from stip.settings.stages import (
    FeatureSettings,
    IntakeSettings,
    LearnSettings,
    LinkSettings,
    OutlookSettings,
    PlanSettings,
    ServiceSettings,
)
from stip.settings.town import SAMPLE_TOWN, SEED_TYPES, CrimeType, Dwellings, Reporting, Town

__all__ = [
    "SAMPLE_TOWN",
    "SEED_TYPES",
    "SHAREABLE",
    "CrimeType",
    "Dwellings",
    "FeatureSettings",
    "Frozen",
    "IntakeSettings",
    "LearnSettings",
    "LinkSettings",
    "Measure",
    "OutlookSettings",
    "Partner",
    "PlanSettings",
    "Reporting",
    "ServiceSettings",
    "Settings",
    "SignalRule",
    "SignalSettings",
    "Town",
    "checked",
    "read_toml",
    "write_toml",
]
