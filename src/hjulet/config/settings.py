"""Settings of every installation; what differs between them comes from the environment."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent


def secret_key_of(data: Path) -> str:
    """The key made at first start and kept beside the data, so that sessions survive a restart."""
    file = data / "secret-key"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text().strip()


# Where this installation keeps its things

DATA = env.path("HJULET_DATA", default=Path(".data/hjulet")).expanduser().resolve()
SECRET_KEY = env.str("HJULET_SECRET_KEY", default="") or secret_key_of(DATA)
DEBUG = env.bool("HJULET_DEBUG", default=False)
ALLOWED_HOSTS = env.list("HJULET_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("HJULET_ORIGINS", default=[])
MEDIA_ROOT = DATA / "files"

# Database: SQLite in the data folder, or PostgreSQL by one setting

if database_url := env.str("HJULET_DATABASE", default=""):
    if not database_url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(
            "HJULET_DATABASE ska börja med postgres:// (eller lämnas tom för den inbyggda databasen)."
        )
    DATABASES = {"default": env.dj_db_url("HJULET_DATABASE")}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "hjulet.sqlite3",
            "OPTIONS": {
                # A deferred transaction that reads and then writes fails at once when another writes.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY"
                ),
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Safe copies: where those of the night lie, and what seals them

BACKUP_FOLDER = env.path("HJULET_BACKUPS", default=DATA / "backups").expanduser().resolve()
BACKUP_NIGHTLY = env.bool("HJULET_BACKUP_NIGHTLY", default=DATABASES["default"]["ENGINE"].endswith("sqlite3"))
BACKUP_PASSPHRASE = env.str("HJULET_BACKUP_PASSPHRASE", default="")

# What it is made of

INSTALLED_APPS = [
    "hjulet.base",  # first, so that its templates win over those of forms and login
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_filters",
    "csp",
    "lucide",
    "template_partials.apps.SimpleAppConfig",  # simple: each would else replace the loaders of the other
    "django_cotton.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "hjulet.audit",
    "hjulet.organisation",
    "hjulet.collaboration",
    "hjulet.rulebook",
    "hjulet.actions",
    "hjulet.monitoring",
    "hjulet.planning",
    "hjulet.reporting",
    "hjulet.search",
    "hjulet.library",
    "hjulet.backup",
    "hjulet.demo",
]
MIDDLEWARE = [
    # These first, so that what they say stands on every answer: static files and faults too.
    "hjulet.base.middleware.CloseAnswers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hjulet.organisation.people.middleware.EndSession",
    "hjulet.organisation.people.middleware.ChangeOneTimePassword",
    "hjulet.collaboration.drafts.middleware.KeepTyped",
    "hjulet.base.middleware.OnceOnly",
    "hjulet.base.middleware.RefusalInWords",
]
ROOT_URLCONF = "hjulet.config.urls"
WSGI_APPLICATION = "hjulet.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Components become ordinary tags first, so that they also work inside a named part of a template.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hjulet.config.context.page",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "hjulet.base.forms.renderer.FormRenderer"

# Who comes in

AUTH_USER_MODEL = "organisation.Person"
AUTHENTICATION_BACKENDS = ["hjulet.collaboration.notices.backend.PersonWithNotices"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "hjulet.organisation.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kvalitetshjulet"
# A session ends when nobody has done anything for so long, and after a working day whatever is done.
SESSION_COOKIE_AGE = 60 * env.int("HJULET_IDLE_MINUTES", default=60)
SESSION_AT_MOST = 60 * 60 * 10
# allauth counts failed logins in the cache: all processes must share it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# What leaves the house

HTTPS = env.bool("HJULET_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    # By this name no other site under the municipality's domain can plant a cookie here.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "hjulet.base.fault_pages.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
EMAIL_CONFIG = env.dj_email_url("HJULET_MAIL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = EMAIL_CONFIG["EMAIL_TIMEOUT"] or 10  # seconds; else a server that never answers holds the clock
MAIL_IS_SET = bool(env.str("HJULET_MAIL", default=""))
DEFAULT_FROM_EMAIL = env.str("HJULET_MAIL_FROM", default="kvalitetshjulet@localhost")

ADDRESS = env.str("HJULET_ADDRESS", default=(CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0])

# What the clock does, in this order

CLOCK_EVERY = env.int("HJULET_CLOCK_MINUTES", default=5)
CLOCK_DUTIES = [
    "hjulet.monitoring.self_monitoring.duties.CALENDAR",
    "hjulet.actions.duties.DUTIES",
    "hjulet.monitoring.self_monitoring.duties.REMINDERS",
    "hjulet.collaboration.notices.duties.DUTIES",
    "hjulet.collaboration.drafts.duties.DUTIES",
    "hjulet.collaboration.attachments.duties.DUTIES",
    "hjulet.backup.duties.DUTIES",
    "hjulet.collaboration.clock.duties.LAST",
]

# Files

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WORD_TEMPLATE = env.path("HJULET_WORD_TEMPLATE", default=DATA / "word-template.docx")
MAX_ATTACHMENT_BYTES = env.int("HJULET_MAX_ATTACHMENT_MB", default=20) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Language and time

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
FORMAT_MODULE_PATH = ["hjulet.config.formats"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
