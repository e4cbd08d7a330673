"""Every setting of an installation, described once: from here come its value, its check and its page in the docs.

Read before Django is set up, so nothing here may need it.
"""

import os
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from hjulet.config.kinds import (
    ADDRESSES,
    DATABASE,
    FILES,
    FOLDER,
    MAIL,
    NAMES,
    TEXT,
    YES_OR_NO,
    Setting,
    choice,
    number,
)
from hjulet.config.sign_on_settings import SIGN_ON

PREFIX = "HJULET_"


class SettingsError(Exception):
    """What stands in the environment cannot be used; the sentences name the setting and what it may be."""


GROUPS: dict[str, tuple[Setting, ...]] = {
    "Var allt ligger": (
        Setting(
            "HJULET_DATA",
            FOLDER,
            "Datamappen. Här ligger den inbyggda databasen, bilagorna, nattens kopior och den hemliga nyckeln.",
            "/var/lib/hjulet",
            default=".data/hjulet",
        ),
        Setting(
            "HJULET_DATABASE",
            DATABASE,
            "PostgreSQL i stället för den inbyggda databasen. Lägg till ?sslmode=verify-full för krypterad förbindelse.",
            "postgres://hjulet:LÖSENORD@db.kommun.se/hjulet?sslmode=verify-full",
            worked_out="den inbyggda databasen i datamappen",
            is_secret=True,
        ),
        Setting(
            "HJULET_DATABASE_SECONDS",
            number(1, 600),
            "Hur länge en sida får vänta på ett svar från PostgreSQL innan den ger upp. Gäller inte kommandon.",
            "30",
            default="30",
        ),
        Setting(
            "HJULET_FILES",
            FILES,
            "Bilagorna i S3-kompatibel lagring i stället för i datamappen: nyckel, hemlighet, server och hink.",
            "s3://NYCKEL:HEMLIGHET@lagring.kommun.se/hjulet",
            worked_out="mappen files i datamappen",
            is_secret=True,
        ),
        Setting(
            "HJULET_SECRET_KEY",
            TEXT,
            "Den hemliga nyckeln som skyddar inloggningar. Måste vara samma på alla webbservrar.",
            "minst 50 slumpade tecken",
            worked_out="görs vid första starten och sparas i datamappen",
            is_secret=True,
        ),
        Setting(
            "HJULET_WORD_TEMPLATE",
            FOLDER,
            "Kommunens egen Word-mall.",
            "/etc/hjulet/mall.docx",
            worked_out="word-template.docx i datamappen",
        ),
    ),
    "Adress och proxy": (
        Setting(
            "HJULET_HOSTS",
            NAMES,
            "De värdnamn som hjulet svarar på, med komma emellan.",
            "hjulet.kommun.se",
            default="127.0.0.1,localhost,[::1]",
        ),
        Setting(
            "HJULET_ORIGINS",
            ADDRESSES,
            "De adresser, med https://, som formulär får komma från.",
            "https://hjulet.kommun.se",
        ),
        Setting(
            "HJULET_HTTPS",
            YES_OR_NO,
            "Säkra kakor och HSTS. Proxyn framför ska skicka X-Forwarded-Proto.",
            "ja",
            default="nej",
        ),
        Setting(
            "HJULET_PROXIES",
            number(0, 5),
            "Hur många proxyer som står framför, så att spärren mot gissade lösenord gäller den som gissar "
            "och inte proxyn. Proxyn ska skicka X-Forwarded-For.",
            "1",
            default="0",
        ),
        Setting(
            "HJULET_ADDRESS",
            ADDRESSES,
            "Adressen till hjulet som står i mejlen.",
            "https://hjulet.kommun.se",
            worked_out="den första i HJULET_ORIGINS, annars http://127.0.0.1:8000",
        ),
        Setting("PORT", number(1, 65535), "Porten som webbplatsen lyssnar på.", "8000", default="8000"),
        Setting(
            "HJULET_WORKERS",
            number(1, 64),
            "Hur många webbprocesser som arbetar samtidigt: ungefär en per kärna.",
            "4",
            worked_out="2, men 1 på en dator med en enda kärna",
        ),
    ),
    "Mejl och klocka": (
        Setting(
            "HJULET_MAIL",
            MAIL,
            "Mejlservern. submission:// krypterar med STARTTLS, smtps:// från början.",
            "submission://NAMN:LÖSENORD@mejl.kommun.se:587",
            worked_out="inga mejl skickas",
            is_secret=True,
        ),
        Setting(
            "HJULET_MAIL_FROM",
            TEXT,
            "Mejlens avsändare.",
            "kvalitetshjulet@kommun.se",
            default="kvalitetshjulet@localhost",
        ),
        Setting(
            "HJULET_CLOCK_MINUTES", number(1, 60), "Hur ofta klockan ser efter vad som är på tur.", "5", default="5"
        ),
        Setting(
            "HJULET_CHECK_LINKS",
            YES_OR_NO,
            "Om klockan en gång i veckan prövar de länkar till andra webbplatser som står i lagar och dokument. "
            "Servern måste nå ut på nätet.",
            "ja",
            default="nej",
        ),
        Setting(
            "HJULET_READ_LOG_YEARS",
            number(1, 100),
            "Hur många år en läsning i läsloggen minst bevaras. Inget gallras av sig självt.",
            "5",
            default="5",
        ),
    ),
    "Säkerhetskopior": (
        Setting(
            "HJULET_BACKUPS",
            FOLDER,
            "Mappen för säkerhetskopior, helst på en annan disk.",
            "/mnt/kopior/hjulet",
            worked_out="mappen backups i datamappen",
        ),
        Setting(
            "HJULET_BACKUP_NIGHTLY",
            YES_OR_NO,
            "Om klockan tar en kopia varje natt, och om en kopia tas före varje uppgradering.",
            "ja",
            worked_out="ja med den inbyggda databasen, nej med PostgreSQL",
        ),
        Setting(
            "HJULET_BACKUP_PASSPHRASE",
            TEXT,
            "Lösenfrasen som krypterar nattens kopior, och öppnar dem.",
            "en lång mening som ingen annan har",
            is_secret=True,
        ),
    ),
    "Inloggning och gränser": (
        Setting(
            "HJULET_IDLE_MINUTES",
            number(5, 600),
            "Hur länge man är inloggad utan att göra något.",
            "60",
            default="60",
        ),
        Setting("HJULET_MAX_ATTACHMENT_MB", number(1, 500), "Största bilaga, i megabyte.", "20", default="20"),
    ),
    "Inloggning med kommunens konto": SIGN_ON,
    "Loggar och övervakning": (
        Setting(
            "HJULET_LOG",
            choice("text", "json"),
            "Hur loggen skrivs: som text med bara varningar och fel, eller som JSON med en rad för varje svar.",
            "json",
            default="text",
        ),
        Setting(
            "HJULET_METRICS_TOKEN",
            TEXT,
            "Lösenordet som Prometheus skickar för att läsa mätvärdena. Utan det finns inga mätvärden att läsa.",
            "minst 20 slumpade tecken",
            is_secret=True,
        ),
        Setting(
            "HJULET_DEBUG",
            YES_OR_NO,
            "Visar fel med alla detaljer. Bara på en utvecklares egen dator.",
            "nej",
            default="nej",
        ),
    ),
}
SETTINGS = {setting.name: setting for group in GROUPS.values() for setting in group}
# Of the tools around the product, not of an installation.
NOT_SETTINGS = {"HJULET_TEST_POSTGRES"}


class Environment:
    """The values of the settings. Every fault is collected, so that one start tells of all of them."""

    def __init__(self, variables: Mapping[str, str] = os.environ):
        self.variables = variables
        self.faults: list[str] = []

    def get(self, name: str, otherwise: Any = None) -> Any:
        """The value; `otherwise` where nothing is set and the setting has no default of its own."""
        setting = SETTINGS[name]
        text = self.variables.get(name, "").strip()
        if not text and not setting.default:
            return otherwise
        try:
            return setting.kind.read(text or setting.default)
        except ValueError:
            given = "" if setting.is_secret else f" är ”{text}” men"
            self.faults.append(f"{name}{given} ska vara {setting.kind.allowed}, till exempel {setting.example}.")
            return setting.kind.read(setting.default) if setting.default else otherwise

    def is_given(self, name: str) -> bool:
        return bool(self.variables.get(name, "").strip())

    def refuse(self, sentence: str, *, when: bool) -> None:
        if when:
            self.faults.append(sentence)

    def require_sound(self) -> None:
        """Raises `SettingsError` with every fault found so far."""
        if self.faults:
            raise SettingsError("\n".join(self.faults))

    def unknown(self) -> Iterator[str]:
        """A sentence for each variable that looks like a setting of ours and is none: likely a slip of the pen."""
        for name in sorted(self.variables):
            if name.startswith(PREFIX) and name not in SETTINGS.keys() | NOT_SETTINGS:
                own = {known.removeprefix(PREFIX): known for known in SETTINGS}
                close = get_close_matches(name.removeprefix(PREFIX), own, n=1)
                yield f"{name} är ingen inställning och gör inget." + (f" Menade du {own[close[0]]}?" if close else "")
