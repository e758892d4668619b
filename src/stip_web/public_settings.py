# SPDX-License-Identifier: EUPL-1.2
"""Django's settings of the public process: no database, no session, no cookie, no log-in, no workspace.

What it cannot reach it cannot tell: it is started with the folder ``published`` and the inbox, and nothing else.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from stip_web.public.environment import read_public_environment

STIP_PUBLIC = read_public_environment()
PACKAGE = Path(__file__).resolve().parent

DEMO = STIP_PUBLIC.mode == "demo"
DEBUG = False
SECRET_KEY = STIP_PUBLIC.secret or secrets.token_urlsafe(48)
ALLOWED_HOSTS = [*STIP_PUBLIC.hosts, *(["localhost", "127.0.0.1", "[::1]"] if DEMO else [])]

INSTALLED_APPS = [
    "stip_web.public",
    "stip_web.opendata",
    "csp",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "stip_web.public.freshness.FreshnessMiddleware",
]

ROOT_URLCONF = "stip_web.public.site_urls"
WSGI_APPLICATION = "stip_web.public.wsgi.application"
APPEND_SLASH = False
DATABASES: dict[str, dict[str, object]] = {}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "stip_web.public.context.frame",
            ],
            "builtins": ["stip_web.public.templatetags.plain"],
        },
    }
]

# What the browser may do: show a page, and send the form back to where it came from
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^openbaar/gezondheid$"]
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if STIP_PUBLIC.proxies else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "payment", "usb", "geolocation", "interest-cohort")
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024  # 4,000 signs of four bytes, each written as %F0%9F…
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LANGUAGE_CODE = "nl"
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/built/assets/"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "stip_web.audit.log_lines.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}, "django.request": {"level": "ERROR"}},
}
