"""One search box over everything a person may see."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "hjulet.search"
    verbose_name = _("Sök")

    def ready(self):
        from hjulet.audit.operations import follow  # noqa: PLC0415 - its models are ready only now
        from hjulet.search.keeping import keep_up  # noqa: PLC0415

        follow(keep_up)
