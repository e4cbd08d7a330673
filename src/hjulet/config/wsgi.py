import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hjulet.config.settings")

# No page may hold PostgreSQL for ever, nor take more than one of its cores from the others; a command may, and does not
# come this way. Said when the connection is made: a page that only reads could not say it after.
if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
    options = settings.DATABASES["default"]["OPTIONS"]
    options["options"] = (
        f"{options.get('options', '')} -c statement_timeout={settings.DATABASE_SECONDS}s "
        f"-c idle_in_transaction_session_timeout={2 * settings.DATABASE_SECONDS}s "
        "-c max_parallel_workers_per_gather=0"
    )

application = get_wsgi_application()

# What is loaded by now stays for good, and a page makes some fifty thousand objects: to look through them all each seven
# hundred takes a twentieth of its time.
gc.freeze()
gc.set_threshold(10_000, 20, 50)
