# SPDX-License-Identifier: EUPL-1.2
"""The operations, a file for each kind of resource."""
