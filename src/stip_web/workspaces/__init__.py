# SPDX-License-Identifier: EUPL-1.2
"""The one door from the site to the library's workspace, and the clock by which it reads it."""
