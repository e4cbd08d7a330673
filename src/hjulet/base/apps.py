from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "hjulet.base"
    label = "base"
