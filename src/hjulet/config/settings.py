"""Settings of every installation; what differs between them comes from the environment."""

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from hjulet.config import contributions, databases
from hjulet.config.environment import Environment
from hjulet.config.sign_on import sign_on_settings
from hjulet.config.soundness import sound
from hjulet.upkeep.logs import logging_in

env = Environment()

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

DATA = env.get("HJULET_DATA")
SECRET_KEY = env.get("HJULET_SECRET_KEY") or secret_key_of(DATA)
DEBUG = env.get("HJULET_DEBUG")
ALLOWED_HOSTS = env.get("HJULET_HOSTS")
CSRF_TRUSTED_ORIGINS = env.get("HJULET_ORIGINS", [])
MEDIA_ROOT = DATA / "files"
STATIC_ROOT = DATA / "static"
PORT = env.get("PORT")
WORKERS = env.get("HJULET_WORKERS")

# Database: SQLite in the data folder, or PostgreSQL by one setting

DATABASE_SECONDS = env.get("HJULET_DATABASE_SECONDS")
server = env.get("HJULET_DATABASE")
DATABASES = {"default": databases.postgres(server) if server else databases.embedded(DATA / "hjulet.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Safe copies: where those of the night lie, and what seals them

BACKUP_FOLDER = env.get("HJULET_BACKUPS", DATA / "backups")
BACKUP_NIGHTLY = env.get("HJULET_BACKUP_NIGHTLY", DATABASES["default"]["ENGINE"].endswith("sqlite3"))
BACKUP_PASSPHRASE = env.get("HJULET_BACKUP_PASSPHRASE", "")

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
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    "hjulet.upkeep",
    "hjulet.demo",
]
MIDDLEWARE = [
    "hjulet.upkeep.middleware.Observe",  # first: it times and counts all that comes after
    # These before all that answers, so that what they say stands on every answer: static files and faults too.
    "hjulet.base.middleware.CloseAnswers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "hjulet.upkeep.middleware.AnswerWatchers",
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
    "hjulet.organisation.secrecy.middleware.LogReadings",
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
ALLAUTH_TRUSTED_PROXY_COUNT = env.get("HJULET_PROXIES")  # else all failed logins come from the proxy
ACCOUNT_FORMS = {
    "login": "hjulet.organisation.people.forms.LoginForm",
    "reauthenticate": "hjulet.organisation.people.forms.ConfirmForm",
    "change_password": "hjulet.organisation.people.forms.ChangePasswordForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kvalitetshjulet"

vars().update(signing_on := sign_on_settings(os.environ))
INSTALLED_APPS += signing_on["SIGN_ON_APPS"]
# A session ends when nobody has done anything for so long, and after a working day whatever is done.
SESSION_COOKIE_AGE = 60 * env.get("HJULET_IDLE_MINUTES")
SESSION_AT_MOST = 60 * 60 * 10
# allauth counts failed logins in the cache: all processes must share it.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# What leaves the house

HTTPS = env.get("HJULET_HTTPS")
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
MAIL_IS_SET = env.is_given("HJULET_MAIL")
# Without a server no mail goes anywhere, and least of all to the log.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_IS_SET else 'dummy'}.EmailBackend"
MAIL_SERVER = env.get("HJULET_MAIL", {})
vars().update(MAIL_SERVER)
DEFAULT_FROM_EMAIL = env.get("HJULET_MAIL_FROM")

ADDRESS = [*env.get("HJULET_ADDRESS", []), *CSRF_TRUSTED_ORIGINS, "http://127.0.0.1:8000"][0]

# What the clock does, and what follows when a unit is reorganised

CLOCK_EVERY = env.get("HJULET_CLOCK_MINUTES")
CLOCK_DUTIES = contributions.CLOCK_DUTIES
POINTS_TO_LAWS = contributions.POINTS_TO_LAWS
FOLLOWS_REORGANISATIONS = contributions.FOLLOWS_REORGANISATIONS

# Whether the addresses of others that our texts lead to are asked

CHECK_LINKS = env.get("HJULET_CHECK_LINKS")

# How many years a reading of what is secret is kept at least

READ_LOG_YEARS = env.get("HJULET_READ_LOG_YEARS")

# Files

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hjulet.base.static_files.StaticFiles"},
}
if s3 := env.get("HJULET_FILES"):
    STORAGES["default"] = {
        "BACKEND": "hjulet.base.object_storage.ObjectStorage",
        "OPTIONS": s3,
    }
WORD_TEMPLATE = env.get("HJULET_WORD_TEMPLATE", DATA / "word-template.docx")
MAX_ATTACHMENT_BYTES = env.get("HJULET_MAX_ATTACHMENT_MB") * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Language and time

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [PACKAGE / "config" / "locale"]
FORMAT_MODULE_PATH = ["hjulet.config.formats"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# What those who watch the installation get to know: never who, and never what anybody wrote

LOGGING = logging_in(env.get("HJULET_LOG"))
METRICS_TOKEN = env.get("HJULET_METRICS_TOKEN", "")

# Raises when something cannot be used or does not go together

SETTINGS_WARNINGS = sound(env, globals())
