"""One search box over everything a person may see."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "hjulet.search"
    verbose_name = _("Sök")

    def ready(self):
        from hjulet.audit.followers import follow  # noqa: PLC0415
        from hjulet.search.keeping import keep_up  # noqa: PLC0415 - the models are ready only now

        follow(keep_up)
