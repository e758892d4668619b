# SPDX-License-Identifier: EUPL-1.2
"""How forms are written with the components of NL Design System."""
