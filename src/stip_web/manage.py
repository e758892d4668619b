# SPDX-License-Identifier: EUPL-1.2
"""The command ``stip_web``: Django's own commands on this site, and ours beside them."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run a command of the site; a setting that does not fit is told in a sentence, without a traceback."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from stip.errors import StipError

    if len(sys.argv) > 1:  # ‘processing-log’ is the file processing_log.py
        sys.argv[1] = sys.argv[1].replace("-", "_") if not sys.argv[1].startswith("-") else sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stip_web.settings")
    if sys.argv[1:2] == ["serve_public"]:  # whatever the environment says: it must not know the desk
        os.environ["DJANGO_SETTINGS_MODULE"] = "stip_web.public_settings"
    try:
        execute_from_command_line(sys.argv)
    except (StipError, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
