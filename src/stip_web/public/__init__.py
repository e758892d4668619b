# SPDX-License-Identifier: EUPL-1.2
"""The public site: its own process, which reads the folder ``published`` and adds sealed messages to an inbox."""
