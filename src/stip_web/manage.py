# SPDX-License-Identifier: EUPL-1.2
"""The command ``stip_web``: Django's own commands on this site, and ours beside them."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run a command of the site; a setting that does not fit is told in a sentence, without a traceback."""
    from django.core.management import execute_from_command_line

    from stip.errors import StipError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stip_web.settings")
    try:
        execute_from_command_line(sys.argv)
    except StipError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
