"""The database keeps to the layers, and its words can stand inside a sentence."""

from django.apps import apps

from tests.architecture.source import layers


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("hjulet.")]


def test_relations_point_downwards():
    """String relations are invisible to the import linter."""
    place = {app: depth for depth, app in enumerate(layers())}

    upwards = [
        f"{field} → {field.related_model.__name__}"
        for model in our_models()
        for field in model._meta.fields + model._meta.many_to_many
        if field.is_relation and field.related_model in our_models()
        if place[field.related_model._meta.app_label] < place[model._meta.app_label]
    ]

    assert upwards == []


def test_field_names_begin_with_a_small_letter():
    shouting = {
        str(field)
        for model in our_models()
        for field in model._meta.fields
        if not field.primary_key and not field.verbose_name[0].islower()
    }

    assert shouting == set()
