"""Settings: from the environment only; a default for each that suits one laptop."""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF

PROJECT = Path(__file__).resolve().parents[2]


def env_bool(name: str, *, default: bool = False) -> bool:
    """Whether the variable is set to 1, true, yes or on."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    """The comma-separated words of the variable."""
    return [each.strip() for each in os.environ.get(name, default).split(",") if each.strip()]


DATA = Path(os.environ.get("CX280_DATA", "var")).resolve()


def _secret() -> str:
    """CX280_SECRET_KEY, or a key made once and kept beside the data, readable by its owner only."""
    given = os.environ.get("CX280_SECRET_KEY")
    if given:
        return given
    path = DATA / "secret-key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text(encoding="utf-8").strip()


def _address() -> str:
    """CX280_ADDRESS, or where `cx280 serve` was last started on this data."""
    kept = DATA / "address"
    usual = kept.read_text(encoding="utf-8") if kept.is_file() else "http://localhost:8280"
    return os.environ.get("CX280_ADDRESS", usual)


SECRET_KEY = _secret()
# Former keys still open what they encrypted, and nothing is encrypted under them.
SECRET_KEY_FALLBACKS = env_list("CX280_FORMER_SECRET_KEYS")
DEBUG = env_bool("CX280_DEBUG")
ALLOWED_HOSTS = env_list("CX280_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CX280_ORIGINS")
# Set when a proxy that terminates TLS stands in front and overwrites these headers.
BEHIND_PROXY = env_bool("CX280_BEHIND_PROXY")
SECURE = env_bool("CX280_SECURE", default=BEHIND_PROXY)
PUBLIC_ADDRESS = _address().rstrip("/")

INSTALLED_APPS = [
    "cx280.audit",
    "cx280.agencies",
    "cx280.accounts",
    "cx280.services",
    "cx280.clearance",
    "cx280.surveys",
    "cx280.delivery",
    "cx280.responses",
    "cx280.telemetry",
    "cx280.measures",
    "cx280.paperwork",
    "cx280.alarms",
    "cx280.recovery",
    "cx280.research",
    "cx280.designation",
    "cx280.burden",
    "cx280.plans",
    "cx280.deep_dive",
    "cx280.journeys",
    "cx280.reporting",
    "cx280.indicators",
    "cx280.life_experiences",
    "cx280.opendata",
    "cx280.dashboards",
    "cx280.capacity",
    "cx280.obligations",
    "cx280.oversight",
    "cx280.pages",
    "cx280.site",
    "axes",
    "django_htmx",
    "csp",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cx280.accounts.middleware.DenyByDefault",
    "cx280.accounts.middleware.ProblemsForPrograms",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cx280.pages.middleware.ProblemsAsPages",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cx280.site.urls"
WSGI_APPLICATION = "cx280.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "cx280.site.navigation.navigation",
            ],
        },
    }
]


def _database() -> dict[str, Any]:
    """DATABASE_URL, or SQLite beside the data: durable commits, readers never blocked."""
    url = os.environ.get("DATABASE_URL")
    if url:
        return dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "cx280.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Take the write lock at the start, so that two writers wait instead of failing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # FULL: an acknowledged answer survives a power cut, not only a killed process.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
            ),
        },
    }


DATABASES = {"default": _database()}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cx280.accounts.backends.PasswordOrLink",
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
# A shared office address must not lock everybody out: name and address together count.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # as the sign-in form names it; tries are counted by it
AXES_LOCKOUT_TEMPLATE = "accounts/locked-out.html"
AXES_SENSITIVE_PARAMETERS = ["password"]
AXES_VERBOSE = False

SESSION_COOKIE_NAME = "cx280_staff"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env_bool("CX280_REDIRECT_TO_HTTPS")
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_COOKIE_NAME = "unused"  # the public gets no cookie; language stands in the address
TIME_ZONE = "America/New_York"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Hashed names once the files have been gathered; straight from the folders before.
COLLECTED = env_bool("CX280_COLLECT") or (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED and not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG

EMAIL_BACKEND = os.environ.get(
    "CX280_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("CX280_EMAIL_FROM", "cx280@localhost")
EMAIL_HOST = os.environ.get("CX280_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("CX280_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("CX280_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CX280_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env_bool("CX280_SMTP_TLS")
# A mail server that hangs holds nobody else up for longer (seconds for each of its answers).
EMAIL_TIMEOUT = float(os.environ.get("CX280_SMTP_SECONDS", "10"))

# Alarms are posted to public machines only; of private networks to these, with commas, where
# unencrypted http is taken as well. A receiver that hangs is left after so many seconds.
CX280_WEBHOOK_PRIVATE = env_list("CX280_WEBHOOK_PRIVATE")
CX280_WEBHOOK_SECONDS = float(os.environ.get("CX280_WEBHOOK_SECONDS", "10"))
# Who carries text messages: where to post what (a JSON object in which {to} and {text} stand for
# number and text), as a form or as JSON, with user and password, or a token as the password alone.
CX280_SMS_URL = os.environ.get("CX280_SMS_URL", "")
CX280_SMS_FIELDS = os.environ.get("CX280_SMS_FIELDS", '{"To": "{to}", "Body": "{text}"}')
CX280_SMS_FORMAT = os.environ.get("CX280_SMS_FORMAT", "form")
CX280_SMS_USER = os.environ.get("CX280_SMS_USER", "")
CX280_SMS_PASSWORD = os.environ.get("CX280_SMS_PASSWORD", "")
# Who answers STOP and HELP: cx280, or the provider where it does so by itself.
CX280_SMS_REPLIES = os.environ.get("CX280_SMS_REPLIES", "cx280")
# What providers sign with that tell us what became of messages, or bring calls: Twilio's token of
# the account, and secrets like whsec_… with commas, the newest first, for everybody else. None:
# nobody is heard.
CX280_TWILIO_TOKEN = os.environ.get("CX280_TWILIO_TOKEN", "")
CX280_HOOK_SECRETS = env_list("CX280_HOOK_SECRETS")
# Numbers handed over without their country are taken as of this one.
CX280_PHONE_REGION = os.environ.get("CX280_PHONE_REGION", "US")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("CX280_LOG", "WARNING")},
}

# The edition new work is done under; stored things keep the edition they were made under.
CX280_EDITION = os.environ.get("CX280_EDITION", "FY2022")
# Counts under this are never published, and figures that would reveal them neither.
CX280_SMALLEST_CELL = int(os.environ.get("CX280_SMALLEST_CELL", "10"))
# Answers sent sooner than this after the page was opened are set apart as a robot's (seconds).
CX280_LEAST_SECONDS = float(os.environ.get("CX280_LEAST_SECONDS", "1.0"))
# Where events are kept: a folder, or s3://bucket/prefix; and what reads them: duckdb in this
# process, or the address of a cluster that speaks Spark Connect, sc://host:port.
CX280_LAKE = os.environ.get("CX280_LAKE", str(DATA / "lake"))
CX280_ENGINE = os.environ.get("CX280_ENGINE", "duckdb")
