# SPDX-License-Identifier: EUPL-1.2
"""What stands before every page: who may come in, and how the library's refusals are told."""
