# SPDX-License-Identifier: EUPL-1.2
"""The command line: one module a stage, with the same nouns."""

from stip.cli.app import main

__all__ = ["main"]
