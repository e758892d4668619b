# SPDX-License-Identifier: EUPL-1.2
"""What may be used of each source, why, how finely and how long; and the gate that holds to it."""

from stip.agreements.addresses import ADDRESS_COLUMNS, AddressResolver
from stip.agreements.features import check_features
from stip.agreements.gate import Admission, Gate, Refusal, about_persons
from stip.agreements.headings import heading_key
from stip.agreements.keys import Key, KeyRing, check_keys, key_folder, reports_by_key, workspace_id
from stip.agreements.load import agreements_of, install_shipped, load_agreement
from stip.agreements.may import (
    NO_ADVICE,
    Allowed,
    MayRules,
    Step,
    every_path,
    in_words,
    load_rules,
    rules_of,
    walk,
)
from stip.agreements.may_draft import draft_name, draft_of
from stip.agreements.model import NEEDS, Agreement, Column, Kind, Purpose, Role
from stip.agreements.notice import PAUSES_FILE, PauseNotice
from stip.agreements.pause import (
    EVERYTHING,
    PAUSE_ROLES,
    STAGES,
    check_not_paused,
    is_paused,
    pausable,
    pause_in_words,
    pause_name,
    pause_without_reason,
    pauses,
    publish_pauses,
    record_pause,
)
from stip.agreements.personal import find_any_personal, find_personal, looks_like_name, personal_in
from stip.agreements.reason import tidy_reason
from stip.agreements.retention import (
    RETENTION_EVERY,
    last_retention,
    retention,
    retention_limit,
    retention_limits,
    retention_runs,
    unread_retention_runs,
)
from stip.agreements.review import Remark, Weight, review
from stip.agreements.secret_file import read_secret_file, write_secret_file
from stip.agreements.sources import STAGE_PURPOSES, check_sources, check_stage, is_held
from stip.agreements.use import check_target, check_use

__all__ = [
    "ADDRESS_COLUMNS",
    "EVERYTHING",
    "NEEDS",
    "NO_ADVICE",
    "PAUSES_FILE",
    "PAUSE_ROLES",
    "RETENTION_EVERY",
    "STAGES",
    "STAGE_PURPOSES",
    "AddressResolver",
    "Admission",
    "Agreement",
    "Allowed",
    "Column",
    "Gate",
    "Key",
    "KeyRing",
    "Kind",
    "MayRules",
    "PauseNotice",
    "Purpose",
    "Refusal",
    "Remark",
    "Role",
    "Step",
    "Weight",
    "about_persons",
    "agreements_of",
    "check_features",
    "check_keys",
    "check_not_paused",
    "check_sources",
    "check_stage",
    "check_target",
    "check_use",
    "draft_name",
    "draft_of",
    "every_path",
    "find_any_personal",
    "find_personal",
    "heading_key",
    "in_words",
    "install_shipped",
    "is_held",
    "is_paused",
    "key_folder",
    "last_retention",
    "load_agreement",
    "load_rules",
    "looks_like_name",
    "pausable",
    "pause_in_words",
    "pause_name",
    "pause_without_reason",
    "pauses",
    "personal_in",
    "publish_pauses",
    "read_secret_file",
    "record_pause",
    "reports_by_key",
    "retention",
    "retention_limit",
    "retention_limits",
    "retention_runs",
    "review",
    "rules_of",
    "tidy_reason",
    "unread_retention_runs",
    "walk",
    "workspace_id",
    "write_secret_file",
]
