# SPDX-License-Identifier: EUPL-1.2
"""The registers from one card: algorithm register, model card, DPIA and IAMA drafts, and the public explanation."""

from stip.publish.register.card import Card, Status, card_path, empty_card, read_card, write_empty_card
from stip.publish.register.document import Document
from stip.publish.register.entry import RegisterEntry, entry_of
from stip.publish.register.explanation import explanation_of
from stip.publish.register.facts import Facts, facts_of
from stip.publish.register.make import (
    FORMATS,
    Register,
    drafts_folder,
    file_of,
    let_out,
    make_register,
    write_drafts,
)
from stip.publish.register.model_card import model_card_of
from stip.publish.register.named import Fact, filled
from stip.publish.register.reading import (
    published_explanation,
    published_model_card,
    published_register,
    published_register_facts,
    published_register_file,
)
from stip.publish.register.shapes import Explanation, Figure, Link, RecordRow, RegisterFacts, Section

__all__ = [
    "FORMATS",
    "Card",
    "Document",
    "Explanation",
    "Fact",
    "Facts",
    "Figure",
    "Link",
    "RecordRow",
    "Register",
    "RegisterEntry",
    "RegisterFacts",
    "Section",
    "Status",
    "card_path",
    "drafts_folder",
    "empty_card",
    "entry_of",
    "explanation_of",
    "facts_of",
    "file_of",
    "filled",
    "let_out",
    "make_register",
    "model_card_of",
    "published_explanation",
    "published_model_card",
    "published_register",
    "published_register_facts",
    "published_register_file",
    "read_card",
    "write_drafts",
    "write_empty_card",
]
