# SPDX-License-Identifier: EUPL-1.2
"""What is written in a cell: moments, numbers, figures and codes, however they are written."""
