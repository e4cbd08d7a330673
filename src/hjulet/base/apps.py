from django.apps import AppConfig

from hjulet.base.migrating import draw_lazily


class BaseConfig(AppConfig):
    name = "hjulet.base"
    label = "base"

    def ready(self):
        draw_lazily()
