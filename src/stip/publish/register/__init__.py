# SPDX-License-Identifier: EUPL-1.2
"""The registers from one card: algorithm register, model card, DPIA and IAMA drafts, and the public explanation."""

from stip.publish.register.reading import (
    published_explanation,
    published_model_card,
    published_register,
    published_register_facts,
    published_register_file,
)
from stip.publish.register.shapes import Explanation, Figure, Link, RecordRow, RegisterFacts, Section

__all__ = [
    "Explanation",
    "Figure",
    "Link",
    "RecordRow",
    "RegisterFacts",
    "Section",
    "published_explanation",
    "published_model_card",
    "published_register",
    "published_register_facts",
    "published_register_file",
]
