# SPDX-License-Identifier: EUPL-1.2
"""The shell of the desk: the frame of each page, the way around, the home page, errors and the five states."""
