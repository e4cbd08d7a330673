"""What stands in the environment: its value, or a sentence that can be acted on."""

import os
import re
import subprocess
import sys

import pytest

from hjulet.config.environment import NOT_SETTINGS, SETTINGS, Environment, SettingsError
from hjulet.config.sign_on_settings import SIGN_ON
from hjulet.organisation.sign_on.configuration import (
    OIDC,
    common,
    openid_provider,
    password_login_from,
    saml_provider,
)
from tests.architecture.source import PACKAGE

SECRET = {"HJULET_OIDC_CLIENT_SECRET": "x"}


def said(**variables):
    """The faults of these variables, each setting read once."""
    environment = Environment(variables)
    for name in SETTINGS:
        environment.get(name)
    return environment.faults


def test_every_setting_has_a_sound_default_and_an_example():
    assert said() == []
    assert {name for name, setting in SETTINGS.items() if not (setting.what.endswith(".") and setting.example)} == set()


def test_every_setting_of_the_table_is_used_and_no_other():
    used = re.findall(r'env\.(?:get|is_given)\("(\w+)"', (PACKAGE / "config" / "settings.py").read_text())

    assert set(used) == set(SETTINGS) - {setting.name for setting in SIGN_ON}


def test_every_setting_of_single_sign_on_is_read_where_it_is_put_together():
    asked = set()

    class Asked(dict):
        def get(self, name, otherwise=None):
            asked.add(name)
            return super().get(name, otherwise)

        def __contains__(self, name):
            asked.add(name)
            return super().__contains__(name)

    openid_provider(Asked({"HJULET_OIDC_ISSUER": "https://x.se", "HJULET_OIDC_CLIENT_ID": "x"} | SECRET))
    saml_provider(Asked({"HJULET_SAML_METADATA_URL": "https://x.se/x", "HJULET_SAML_IDP_ENTITY_ID": "x"}))
    common(Asked(), OIDC, "https://x.se", {})
    password_login_from(Asked(), None)

    assert asked == {setting.name for setting in SIGN_ON}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("HJULET_IDLE_MINUTES", " 30 ", 30),
        ("HJULET_HTTPS", "Ja", True),
        ("HJULET_HTTPS", "true", True),
        ("HJULET_HTTPS", "nej", False),
        ("HJULET_HOSTS", "a.se, b.se,", ["a.se", "b.se"]),
        ("HJULET_ORIGINS", "https://a.se/, http://b.se:8000", ["https://a.se", "http://b.se:8000"]),
        ("HJULET_LOG", "json", "json"),
        ("HJULET_BACKUP_PASSPHRASE", "en lång mening", "en lång mening"),
        (
            "HJULET_FILES",
            "s3://nyckel:hem%2Flighet@lagring.se:9000/hink-1?region=eu-north-1",
            {
                "access_key": "nyckel",
                "secret_key": "hem/lighet",
                "bucket_name": "hink-1",
                "endpoint_url": "https://lagring.se:9000",
                "region_name": "eu-north-1",
            },
        ),
        (
            "HJULET_MAIL",
            "submission://namn:l%C3%B6sen@mejl.se?timeout=20",  # no secret
            {
                "EMAIL_HOST": "mejl.se",
                "EMAIL_PORT": 587,
                "EMAIL_HOST_USER": "namn",
                "EMAIL_HOST_PASSWORD": "lösen",
                "EMAIL_USE_TLS": True,
                "EMAIL_USE_SSL": False,
                "EMAIL_TIMEOUT": 20,
            },
        ),
    ],
)
def test_text_becomes_a_value(name, text, value):
    assert Environment({name: text}).get(name) == value


@pytest.mark.parametrize(("scheme", "port", "tls", "ssl"), [("smtp", 25, False, False), ("smtps", 465, False, True)])
def test_the_way_to_the_mail_server_says_how_it_is_encrypted(scheme, port, tls, ssl):
    server = Environment({"HJULET_MAIL": f"{scheme}://mejl.se"}).get("HJULET_MAIL")

    assert (server["EMAIL_PORT"], server["EMAIL_USE_TLS"], server["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_a_database_keeps_what_its_address_asks_for():
    server = Environment({"HJULET_DATABASE": "postgres://h:p%40ss@db.se/hjulet?sslmode=verify-full"}).get(  # no secret
        "HJULET_DATABASE"
    )

    assert (server["HOST"], server["NAME"], server["PASSWORD"], server["OPTIONS"]) == (
        "db.se",
        "hjulet",
        "p@ss",
        {"sslmode": "verify-full"},
    )


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "HJULET_IDLE_MINUTES",
            "en timme",
            "HJULET_IDLE_MINUTES är ”en timme” men ska vara ett helt tal från 5 till 600, till exempel 60.",
        ),
        ("PORT", "70000", "PORT är ”70000” men ska vara ett helt tal från 1 till 65535, till exempel 8000."),
        ("HJULET_HTTPS", "kanske", "HJULET_HTTPS är ”kanske” men ska vara ja eller nej, till exempel ja."),
        ("HJULET_LOG", "xml", "HJULET_LOG är ”xml” men ska vara text eller json, till exempel json."),
        (
            "HJULET_HOSTS",
            "https://a.se",
            (
                "HJULET_HOSTS är ”https://a.se” men ska vara värdnamn med komma emellan, utan https://, "
                "till exempel hjulet.kommun.se."
            ),
        ),
        (
            "HJULET_ORIGINS",
            "a.se",
            (
                "HJULET_ORIGINS är ”a.se” men ska vara en eller flera adresser som börjar med https:// eller http://, "
                "med komma emellan, till exempel https://hjulet.kommun.se."
            ),
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_what_can(name, text, sentence):
    assert said(**{name: text}) == [sentence]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("HJULET_DATABASE", "mysql://u:HEMLIGT@db/hjulet"),
        ("HJULET_DATABASE", "postgres://u:HEMLIGT@db:port/hjulet"),
        ("HJULET_MAIL", "imap://u:HEMLIGT@mejl"),
        ("HJULET_MAIL", "smtp://mejl?timeout=HEMLIGT"),
        ("HJULET_FILES", "s3://u:HEMLIGT@lagring.se"),
        ("HJULET_FILES", "s3://u:HEMLIGT@lagring.se/hink?regoin=x"),
        ("HJULET_FILES", "s3://lagring.se/HEMLIGT"),
    ],
)
def test_a_secret_is_never_repeated(name, text):
    [sentence] = said(**{name: text})

    assert sentence.startswith(f"{name} ska vara ")
    assert "HEMLIGT" not in sentence


def test_all_faults_are_told_at_once():
    environment = Environment({"PORT": "x", "HJULET_LOG": "y"})
    environment.get("PORT")
    environment.get("HJULET_LOG")
    environment.refuse("Det går inte ihop.", when=True)
    environment.refuse("Det här går bra.", when=False)

    with pytest.raises(SettingsError) as error:
        environment.require_sound()

    assert len(str(error.value).splitlines()) == 3
    assert str(error.value).endswith("\nDet går inte ihop.")


def test_a_slip_of_the_pen_is_pointed_out_with_the_nearest_name():
    environment = Environment({"HJULET_IDEL_MINUTES": "5", "HJULET_QQQ": "1", "HJULET_DATA": "/x", "HOME": "/"})

    assert list(environment.unknown()) == [
        "HJULET_IDEL_MINUTES är ingen inställning och gör inget. Menade du HJULET_IDLE_MINUTES?",
        "HJULET_QQQ är ingen inställning och gör inget.",
    ]
    assert list(Environment(dict.fromkeys(NOT_SETTINGS, "x")).unknown()) == []


def start(tmp_path, **variables):
    """`hjulet --help` with these settings: what it says on its second way, and its status."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("HJULET_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", "from hjulet.config.command_line import main; main()", "--help"],
        env=clean | {"HJULET_DATA": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr, done.returncode


DANGERS = {
    "HJULET_HTTPS är ja, men HJULET_HOSTS saknas. Ange värdnamnet som hjulet svarar på.": {"HJULET_HTTPS": "ja"},
    "HJULET_DEBUG visar uppgifter för vem som helst och går bara på den egna datorn. Ta bort den eller HJULET_HOSTS.": {
        "HJULET_DEBUG": "ja",
        "HJULET_HOSTS": "hjulet.kommun.se",
    },
    "HJULET_MAIL skulle skicka lösenordet i klartext. Börja adressen med submission:// eller smtps://.": {
        "HJULET_MAIL": "smtp://namn:losen@mejl.se"  # no secret
    },
    "HJULET_METRICS_TOKEN är för kort. Ta minst 20 slumpade tecken.": {"HJULET_METRICS_TOKEN": "kort"},
}


def test_what_is_dangerous_together_is_refused(tmp_path):
    together = {name: value for variables in DANGERS.values() for name, value in variables.items()}
    together.pop("HJULET_HOSTS")

    error, status = start(tmp_path, **together)
    alone, _status = start(tmp_path, HJULET_DEBUG="ja", HJULET_HOSTS="hjulet.kommun.se")

    faults = [f"Fel: {sentence}" for sentence in DANGERS]
    assert (error.splitlines(), status) == ([fault for fault in faults if "DEBUG" not in fault], 1)
    assert alone.splitlines() == [fault for fault in faults if "DEBUG" in fault]


def test_sound_settings_start_in_silence(tmp_path):
    server = {
        "HJULET_DATABASE": "postgres://h:x@db.se/h?sslmode=verify-full",  # no secret
        "HJULET_HOSTS": "hjulet.kommun.se",
        "HJULET_ORIGINS": "https://hjulet.kommun.se",
        "HJULET_HTTPS": "ja",
        "HJULET_WORKERS": "4",
        "HJULET_FILES": "s3://n:h@lagring.se/hink",
        "HJULET_MAIL": "submission://namn:losen@mejl.se",  # no secret
    }

    assert start(tmp_path, **server) == ("", 0)
