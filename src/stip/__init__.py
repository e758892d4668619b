# SPDX-License-Identifier: EUPL-1.2
"""Stip: from the weekly incident file to a dot map, an outlook, a week plan and an honest account.

The packages are the stages of the week, in the order in which the data passes them:
``intake`` → ``link`` → ``explore`` → ``outlook`` → ``plan`` → ``learn``, on the foundations
``space``, ``store`` and ``agreements``. ``week`` runs them all.
"""

from importlib.metadata import version

__version__ = version("stip")
__all__ = ["__version__"]
