# SPDX-License-Identifier: EUPL-1.2
"""The public site for a server that speaks WSGI, such as granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "stip_web.public_settings"
application = get_wsgi_application()
