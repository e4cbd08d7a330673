"""What settings may not be together, however right each of them is."""

from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from hjulet.config.environment import Environment

HERE = {"127.0.0.1", "localhost", "[::1]"}
LONG_KEY, LONG_TOKEN = 50, 20


def sound(environment: Environment, settings: Mapping[str, Any]) -> list[str]:
    """What should be seen to. Raises `SettingsError` for what cannot be used, or must not be."""
    for is_so, sentence in dangers(environment, settings):
        environment.refuse(sentence, when=is_so)
    environment.require_sound()
    weak = ["HJULET_SECRET_KEY är kort och går att gissa. Ta minst 50 slumpade tecken."]
    return [*environment.unknown(), *(weak if len(settings["SECRET_KEY"]) < LONG_KEY else [])]


def dangers(environment: Environment, settings: Mapping[str, Any]) -> Iterator[tuple[bool, str]]:
    given, server = environment.is_given, settings["MAIL_SERVER"]
    yield (
        settings["HTTPS"] and not given("HJULET_HOSTS"),
        "HJULET_HTTPS är ja, men HJULET_HOSTS saknas. Ange värdnamnet som hjulet svarar på.",
    )
    yield (
        settings["DEBUG"] and not HERE.issuperset(settings["ALLOWED_HOSTS"]),
        "HJULET_DEBUG visar uppgifter för vem som helst och går bara på den egna datorn. Ta bort den eller HJULET_HOSTS.",
    )
    yield (
        bool(server.get("EMAIL_HOST_PASSWORD")) and not (server["EMAIL_USE_TLS"] or server["EMAIL_USE_SSL"]),
        "HJULET_MAIL skulle skicka lösenordet i klartext. Börja adressen med submission:// eller smtps://.",
    )
    yield (
        given("HJULET_FILES") and find_spec("storages") is None,
        "HJULET_FILES kräver ett tillägg som inte är installerat. Kör python3 tools/bootstrap.py --extra.",
    )
    yield (
        0 < len(settings["METRICS_TOKEN"]) < LONG_TOKEN,
        "HJULET_METRICS_TOKEN är för kort. Ta minst 20 slumpade tecken.",
    )
