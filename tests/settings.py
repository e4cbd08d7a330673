"""The product's own settings, with a throw-away data folder, fast passwords, and templates that forgive nothing."""

import atexit
import os
import shutil
import tempfile

from tests.strictness import UnknownTemplateVariable

# One folder per process, so that parallel test processes never meet.
os.environ["HJULET_DATA"] = tempfile.mkdtemp(prefix="hjulet-test-")
atexit.register(shutil.rmtree, os.environ["HJULET_DATA"], ignore_errors=True)

from hjulet.config.settings import *  # noqa: E402, F403 - the folder must be named before it is read
from hjulet.config.settings import DATA, DATABASES, INSTALLED_APPS, STATIC_ROOT, TEMPLATES  # noqa: E402

DEBUG = False
STATIC_ROOT.mkdir()
INSTALLED_APPS.append("allauth.socialaccount.providers.saml")  # there, and set to nothing until a test says so
BACKUP_NIGHTLY = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAIL_IS_SET = True
ADDRESS = "https://hjulet.example.org"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownTemplateVariable("%s")

if DATABASES["default"]["ENGINE"] == "hjulet.base.sqlite":
    # A file as in use, not memory: several threads of a journey each need a connection of their own.
    DATABASES["default"] |= {"ENGINE": "tests.sqlite", "TEST": {"NAME": DATA / "test.sqlite3"}}
