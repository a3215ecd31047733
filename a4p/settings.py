"""Every setting, read from the environment (or `.env`). docs/settings.md explains each variable."""

from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from dotenv import load_dotenv

from a4p import env, logs, storages
from a4p.env import (
    env_address,
    env_bool,
    env_choice,
    env_email,
    env_int,
    env_list,
    env_path,
    env_secret,
    env_str,
    env_url,
)
from stakeholders import languages

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
load_dotenv(BASE_DIR / ".env")

VERSION = "0.1.0"
DATA_DIR = env_path("DATA_DIR", "var", base=BASE_DIR)
DEBUG = env_bool("DEBUG", default=False)
DEMONSTRATION = env_bool("DEMONSTRATION", default=False)
SECRET_KEY = env_secret("SECRET_KEY")
if not SECRET_KEY:
    env.problems.append("SECRET_KEY (or SECRET_KEY_FILE) is not set; `make setup` writes one for a trial.")

# Addresses
SITE_ADDRESS = env_url("SITE_ADDRESS", "http://127.0.0.1:8000", ("http", "https")).rstrip("/")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
HTTPS = env_bool("HTTPS", default=SITE_ADDRESS.startswith("https://"), shown="as in `SITE_ADDRESS`")

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "stakeholders",
    "commitments",
    "progress",
    "reports",
    "a4p",
]

MIDDLEWARE = [
    "a4p.patience.PatienceMiddleware",
    "a4p.health.HealthProbes",
    "a4p.watching.Watching",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stakeholders.api.cors.OtherSites",
    "reports.middleware.PublicPageCache",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "stakeholders.middleware.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stakeholders.typed.SignInFirst",
    "stakeholders.middleware.DoorMiddleware",
    "stakeholders.middleware.RefusalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stakeholders.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "a4p.urls"
WSGI_APPLICATION = "a4p.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stakeholders.context.site",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: SQLite embedded, PostgreSQL by DATABASE_URL
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
STATEMENT_TIMEOUT = env_int("DATABASE_STATEMENT_TIMEOUT", 7_000, least=1)
# Pages ask for few rows of large tables that lie in memory: an index is cheap, compiling and parallel work are not.
# With the server's own values the planner reads whole tables once they hold twenty years (docs/performance.md).
_PLANNER = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0"
POSTGRES_OPTIONS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "options": f"-c statement_timeout={STATEMENT_TIMEOUT} -c idle_in_transaction_session_timeout=30000 {_PLANNER}",
}
DATABASE_URL = env_secret("DATABASE_URL", schemes=("postgres", "postgresql", "sqlite"))
DATABASE_URL = DATABASE_URL or f"sqlite:///{DATA_DIR / 'tracker.sqlite3'}"
DATABASES: dict[str, Any] = {
    "default": dict(dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True))
}
_IS_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if not _IS_SQLITE:
    DATABASES["default"]["ENGINE"] = "a4p.postgresql"
DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS if _IS_SQLITE else POSTGRES_OPTIONS)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts: by invitation; a second factor for the Secretariat; single sign-on when it is configured
AUTH_USER_MODEL = "stakeholders.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
SECRET_KEY_FALLBACKS = [key.strip() for key in env_secret("SECRET_KEY_FALLBACKS").split(",") if key.strip()]
SESSION_COOKIE_AGE = env_int("SESSION_HOURS", 12, least=1) * 3600
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "stakeholders.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # the library's checks want it; nobody signs up here
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is only accepted by who reads the mail
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,10/300s/key"}
ACCOUNT_FORMS = {
    "login": "stakeholders.account_forms.LoginForm",
    "reset_password": "stakeholders.account_forms.ResetPasswordForm",
    "reset_password_from_key": "stakeholders.account_forms.ResetPasswordKeyForm",
    "change_password": "stakeholders.account_forms.ChangePasswordForm",
    "set_password": "stakeholders.account_forms.SetPasswordForm",
    "reauthenticate": "stakeholders.account_forms.ReauthenticateForm",
}
MFA_ADAPTER = "stakeholders.accounts.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "A4P Commitment Tracker"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones run half a minute off
MFA_FORMS = {
    "authenticate": "stakeholders.account_forms.SecondStepForm",
    "reauthenticate": "stakeholders.account_forms.SecondStepAgainForm",
    "activate_totp": "stakeholders.account_forms.ActivateForm",
}
SOCIALACCOUNT_ADAPTER = "stakeholders.accounts.SingleSignOnAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
OIDC_SERVER_URL = env_url("OIDC_SERVER_URL", "", ("http", "https"))
OIDC_CLIENT_ID = env_str("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env_secret("OIDC_CLIENT_SECRET")
_OIDC_APP = {
    "provider_id": "oidc",
    "name": env_str("OIDC_NAME", "Single sign-on"),
    "client_id": OIDC_CLIENT_ID,
    "secret": OIDC_CLIENT_SECRET,
    "settings": {"server_url": OIDC_SERVER_URL, "oauth_pkce_enabled": True},
}
env.need_together(
    {"OIDC_SERVER_URL": OIDC_SERVER_URL, "OIDC_CLIENT_ID": OIDC_CLIENT_ID, "OIDC_CLIENT_SECRET": OIDC_CLIENT_SECRET},
    "single sign-on needs all three",
)
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [_OIDC_APP]}}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Languages: fixed before the first migration, since each has its columns
LANGUAGE_CODE = "en"
LANGUAGES = languages.CHOICES
MODELTRANSLATION_LANGUAGES = languages.CODES
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", *(code for code in languages.CODES if code != "en"))
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "static/"
STATIC_ROOT = env_path("STATIC_ROOT", "staticfiles", base=BASE_DIR)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DOCUMENTS_DIR = DATA_DIR / "documents"
EVIDENCE_DIR = DATA_DIR / "evidence"
BUCKET = storages.bucket_from_environment()  # instead of these two folders
EVIDENCE_MAX_BYTES = env_int("EVIDENCE_MAX_BYTES", 10 * 1024**2, least=1024)
EVIDENCE_QUOTA_BYTES = env_int("EVIDENCE_QUOTA_BYTES", 200 * 1024**2, least=1024)
if EVIDENCE_QUOTA_BYTES < EVIDENCE_MAX_BYTES:
    env.refuse("EVIDENCE_QUOTA_BYTES", "it must not be less than EVIDENCE_MAX_BYTES", str(EVIDENCE_QUOTA_BYTES))
IMPORTS_DIR = DATA_DIR / "imports"
BULK_MAX_BYTES = env_int("BULK_MAX_BYTES", 25 * 1024**2, least=1024)
BULK_MAX_ROWS = env_int("BULK_MAX_ROWS", 20_000, least=1)
BULK_BACKGROUND_BYTES = env_int("BULK_BACKGROUND_BYTES", 256 * 1024)
CLAMD_ADDRESS = env_address("CLAMD_ADDRESS")

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
BEHIND_PROXY = env_bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
PROXY_SENDS_FILES = env_bool("PROXY_SENDS_FILES", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576  # texts; Django leaves files out of this count
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# A file three times too large is still received, so that its form comes back with every text and says why.
UPLOAD_MAX_BYTES = max(3 * EVIDENCE_MAX_BYTES, BULK_MAX_BYTES) + DATA_UPLOAD_MAX_MEMORY_SIZE

# Mail
EMAIL_HOST = env_str("EMAIL_HOST")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"  # where mails lie when no server is named
EMAIL_TIMEOUT = 20
EMAIL_PORT = env_int("EMAIL_PORT", 25, least=1, most=65_535)
EMAIL_HOST_USER = env_str("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=False)
DEFAULT_FROM_EMAIL = env_email("DEFAULT_FROM_EMAIL", "tracker@localhost")
env.need_together(
    {"EMAIL_HOST_USER": EMAIL_HOST_USER, "EMAIL_HOST_PASSWORD": EMAIL_HOST_PASSWORD}, "a mail account needs both"
)
if EMAIL_HOST_USER and not EMAIL_HOST:
    env.refuse("EMAIL_HOST_USER", "EMAIL_HOST, the server of this account, is not given", EMAIL_HOST_USER)

# Counts of wrong passwords and pages for everyone; web processes on several machines need one that they share
CACHE_URL = env_secret("CACHE_URL", schemes=("redis", "rediss", "unix"))
CACHES: dict[str, dict[str, Any]]
if CACHE_URL:
    _REDIS = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    CACHES = {"default": {**_REDIS, "BACKEND": "a4p.steady_cache.SteadyCache"}, "pages": _REDIS}
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        # In files: what one process publishes must reach the pages that another has kept.
        "pages": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "pages"),
            "OPTIONS": {"MAX_ENTRIES": 5_000},
        },
    }
CACHES["words"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "words",
    "OPTIONS": {"MAX_ENTRIES": 500},
}
PUBLIC_CACHE_SECONDS = env_int("PUBLIC_CACHE_SECONDS", 600, least=0)

# Background work: rows in the database decide, the broker only wakes the workers
CELERY_BROKER_URL = env_secret(
    "CELERY_BROKER_URL", "filesystem://", schemes=("filesystem", "redis", "rediss", "amqp", "amqps")
)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_BROKER_CONNECTION_TIMEOUT = 4
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "a4p"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {}
if CELERY_BROKER_URL == "filesystem://":
    QUEUE_DIR = DATA_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
    }
elif CELERY_BROKER_URL.startswith("redis"):
    # Workers listen for a second at a time; what takes longer than this is a connection that leads nowhere.
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 4, "socket_timeout": 10, "socket_keepalive": True}
DOCUMENT_LEASE_SECONDS = env_int("DOCUMENT_LEASE_SECONDS", 30, least=5)
DOCUMENT_TIME_LIMIT = env_int("DOCUMENT_TIME_LIMIT", 300, least=1)
READY_OLDEST_JOB_SECONDS = env_int("READY_OLDEST_JOB_SECONDS", 1_800, least=60)
READY_CLOCK_SECONDS = env_int("READY_CLOCK_SECONDS", 300, least=60)

ASSESSMENT_REPLY_DAYS = env_int("ASSESSMENT_REPLY_DAYS", 10, least=0)

# The API. Limits are requests a minute, of an address or of a person who has said who they are
API_RATE_ANONYMOUS = env_int("API_RATE_ANONYMOUS", 120, least=1)
API_RATE_SIGNED_IN = env_int("API_RATE_SIGNED_IN", 600, least=1)
API_CORS_ORIGINS = env_list("API_CORS_ORIGINS")
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "stakeholders.api.bearer.BearerAuthentication",
        "stakeholders.api.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["stakeholders.api.access.SignedIn"],
    "DEFAULT_THROTTLE_CLASSES": ["stakeholders.api.throttling.PerMinute"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "stakeholders.api.schema.ApiSchema",
    "EXCEPTION_HANDLER": "stakeholders.api.handling.handle",
    "NUM_PROXIES": 1 if BEHIND_PROXY else 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "A4P Commitment Tracker",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "SERVERS": [{"url": SITE_ADDRESS}],
    "POSTPROCESSING_HOOKS": ["stakeholders.api.finishing.finished"],
}

# Watching
LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOG_FORMAT = env_choice("LOG_FORMAT", "text", ("text", "json"))
LOGGING = logs.configuration(level=LOG_LEVEL, format=LOG_FORMAT, candid=DEBUG)
METRICS_TOKEN = env_secret("METRICS_TOKEN", least=16)
SENTRY_DSN = env_secret("SENTRY_DSN", schemes=("http", "https"))
SENTRY_ENVIRONMENT = env_str("SENTRY_ENVIRONMENT", "production")
OTEL_ENDPOINT = env_url("OTEL_EXPORTER_OTLP_ENDPOINT", "", ("http", "https"))
if SENTRY_DSN:
    env.need_package("SENTRY_DSN", "sentry_sdk")
TRACING = ("sdk", "exporter.otlp.proto.http", "instrumentation.django", "instrumentation.celery")
if OTEL_ENDPOINT:
    env.need_package("OTEL_EXPORTER_OTLP_ENDPOINT", *(f"opentelemetry.{part}" for part in TRACING))

env.refuse_nonsense()
env.make_folders(DATA_DIR, DOCUMENTS_DIR, EVIDENCE_DIR)
