# SPDX-License-Identifier: EUPL-1.2
"""Answers for programs, as the API at the desk and the public open data both give them: problems, systems, shapes."""
