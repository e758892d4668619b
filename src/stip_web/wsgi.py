# SPDX-License-Identifier: EUPL-1.2
"""The site for a server that speaks WSGI, such as granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stip_web.settings")
application = get_wsgi_application()

from stip_web.audit.settling import settle_if_possible  # noqa: E402 - only once the apps are there

settle_if_possible()
