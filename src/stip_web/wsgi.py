# SPDX-License-Identifier: EUPL-1.2
"""The site for a server that speaks WSGI, such as granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stip_web.settings")
application = get_wsgi_application()
