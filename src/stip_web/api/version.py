# SPDX-License-Identifier: EUPL-1.2
"""Which version of the API this is; SemVer, apart from the version of the program."""

VERSION = "1.0.0"
"""Stands in the header ``API-Version`` of every answer; its first number stands in every address."""

PREFIX = "/api/v1"
