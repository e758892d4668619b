# SPDX-License-Identifier: EUPL-1.2
"""The site's settings for tests: a demo, in folders that do not outlive them; ``DATABASE_URL`` is heeded."""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="stip-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ |= {"STIP_MODE": "demo", "STIP_WORKSPACE": f"{_folder}/werkmap", "STIP_STATE": f"{_folder}/site"}

from stip_web.settings import *  # noqa: E402, F403
from stip_web.settings import DATABASES  # noqa: E402

for _name in ("STIP_MODE", "STIP_WORKSPACE", "STIP_STATE"):  # the command line reads one of them too
    del os.environ[_name]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # in a file: a server in a thread reads it too
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
