# SPDX-License-Identifier: EUPL-1.2
"""``python -m stip.cli`` is the same as ``stip``."""

from stip.cli.app import main

main()
