# SPDX-License-Identifier: EUPL-1.2
"""Backup: the workspace and the database in one sealed file, and back again.

What hashes the numbers of incidents (``STIP_KEYS``), the quarantine of uploads and the site's own keys stay out.
"""

from stip_web.desk.backup.make import make_backup
from stip_web.desk.backup.restore import restore_backup

__all__ = ["make_backup", "restore_backup"]
