# SPDX-License-Identifier: EUPL-1.2
"""Django's settings, from what the environment says. What differs between installations is in `environment`."""

from __future__ import annotations

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from stip_web.settings.environment import Mode, read_environment, secret_of

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]

DEMO = ENVIRONMENT.mode is Mode.DEMO
DEBUG = False  # a traceback may hold a refused value, so nobody is ever shown one
SECRET_KEY = secret_of(ENVIRONMENT)
SECRET_KEY_FALLBACKS = [ENVIRONMENT.old_secret_key] if ENVIRONMENT.old_secret_key else []
ALLOWED_HOSTS = [*ENVIRONMENT.hosts, *(["localhost", "127.0.0.1", "[::1]"] if DEMO else [])]

STIP_WORKSPACE = ENVIRONMENT.workspace.resolve()
STIP_STATE = ENVIRONMENT.state.resolve()
STIP_INBOX = ENVIRONMENT.inbox.resolve()
STIP_MESSAGE_DAYS = ENVIRONMENT.message_days
STIP_ANSWERS = ENVIRONMENT.answers
STIP_OBJECTION_ANSWERS = ENVIRONMENT.objection_answers
STIP_REQUIRE_MFA = ENVIRONMENT.require_mfa and not DEMO
STIP_OIDC_MFA = ENVIRONMENT.oidc_mfa
STIP_TILES_URL = ENVIRONMENT.tiles_url
STIP_UPLOAD_BYTES = ENVIRONMENT.upload_mb * 1_000_000
STIP_STEP_MINUTES = ENVIRONMENT.step_minutes
STIP_QUARANTINE_KEY = ENVIRONMENT.quarantine_key
STIP_OLD_QUARANTINE_KEY = ENVIRONMENT.old_quarantine_key

INSTALLED_APPS = [
    "stip_web.accounts",
    "stip_web.audit",
    "stip_web.workspaces",
    "stip_web.desk",
    "stip_web.dots",
    "stip_web.outlooks",
    "stip_web.plans",
    "stip_web.briefings",
    "stip_web.evaluations",
    "stip_web.intakes",
    "stip_web.street",
    "stip_web.signals",
    "stip_web.reactions",
    "stip_web.administration",
    "stip_web.oversight",
    "stip_web.registers",
    "stip_web.may",
    "stip_web.api",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django_vite",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "stip_web.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stip_web.desk.middleware.refusals.RefusalMiddleware",
    "stip_web.desk.middleware.doors.DoorMiddleware",
]

ROOT_URLCONF = "stip_web.urls"
WSGI_APPLICATION = "stip_web.wsgi.application"
APPEND_SLASH = False

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stip_web.desk.context.frame",
            ],
            "builtins": ["stip_web.desk.templatetags.dutch", "stip_web.desk.templatetags.states"],
        },
    }
]

_SQLITE = f"sqlite:///{STIP_STATE / 'stip.sqlite3'}"
DATABASES = {"default": dict(dj_database_url.parse(ENVIRONMENT.database_url or _SQLITE, conn_max_age=60))}
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",  # what is destroyed is written over in the file
    }
    STIP_STATE.mkdir(parents=True, exist_ok=True, mode=0o700)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "stip_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},  # Django's 300 would let a busy hour wash away who is locked out
    }
}

# Who comes in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "stip_web.accounts.backend.RoleBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "stip_web.accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")  # the pages of a code by mail are closed
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "login": "30/m/ip"}
SOCIALACCOUNT_ADAPTER = "stip_web.accounts.adapter.WorkAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "werk",
                "name": ENVIRONMENT.oidc_name,
                "client_id": ENVIRONMENT.oidc_client,
                "secret": ENVIRONMENT.oidc_secret,
                "settings": {"server_url": str(ENVIRONMENT.oidc_url), "token_auth_method": "client_secret_basic"},
            }
        ]
        if ENVIRONMENT.oidc_url
        else [],
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # an administrator's link to choose a password
MFA_ADAPTER = "stip_web.accounts.second_factor.SealedAdapter"
MFA_FORMS = {
    "activate_totp": "stip_web.accounts.forms.ActivateAppForm",
    "add_webauthn": "stip_web.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "stip_web.accounts.forms.EditPasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # the clock of a phone may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody makes an account for himself, so no address was merely claimed
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Stip"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

# What the browser may do
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.proxies else None
SECURE_REDIRECT_EXEMPT = [r"^gezondheid(/|$)"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "stip_session" if DEMO else "__Host-stip_session"
CSRF_COOKIE_NAME = "stip_csrf" if DEMO else "__Host-stip_csrf"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "stip_web.desk.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([ENVIRONMENT.tiles_origin] if ENVIRONMENT.tiles_origin else [])],
        "font-src": [SELF],
        "connect-src": [SELF, *([ENVIRONMENT.tiles_origin] if ENVIRONMENT.tiles_origin else [])],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF, *([ENVIRONMENT.oidc_origin] if ENVIRONMENT.oidc_origin else [])],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "payment", "usb", "geolocation", "interest-cohort")
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never a plain file on the disk

# Words and time
LANGUAGE_CODE = "nl"
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# Files that everybody may have
STATIC_URL = "/static/"
STATIC_ROOT = STIP_STATE / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is not there
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/built/assets/"
DJANGO_VITE = {
    "default": {
        "dev_mode": False,
        "manifest_path": PACKAGE / "static" / "built" / "manifest.json",
        "static_url_prefix": "built",
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if ENVIRONMENT.mail_host else 'console'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = ENVIRONMENT.mail_host, ENVIRONMENT.mail_port
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "stip_web.audit.log_lines.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"stip_web": {"level": "INFO"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}
