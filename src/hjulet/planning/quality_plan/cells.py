"""What may stand in a cell of the workbook: each reader gives the value, or a ValueError says what is allowed."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hjulet.base.intake.cells import chosen, read_day
from hjulet.planning.quality_plan.targets import read_target

NUMBER = re.compile(r"(?:(?P<unit>.+) )?(?P<area>[1-9]\d{0,3})\.(?P<ordinal>[1-9]\d{0,3})", re.DOTALL)
SCALE = (1, 2, 3, 4)


@dataclass(frozen=True)
class Vocabulary:
    """The names that hold here. Each maps what may be written, in small letters, to the name itself."""

    today: date
    units: dict[str, str]
    areas: dict[str, str]
    frequencies: dict[str, str]
    roles: dict[str, str]
    responsible: dict[str, str]


def read_number(text: str, vocabulary: Vocabulary) -> str:
    found = NUMBER.fullmatch(text)
    if not found:
        raise ValueError(_("”%(text)s” är inte ett risknummer. Skriv till exempel 1.1.") % {"text": text})
    if not found["unit"]:
        return text
    unit = chosen(found["unit"], vocabulary.units, _("ingen enhet med risker i planen"))
    return f"{unit} {found['area']}.{found['ordinal']}"


def read_probability(text: str, _vocabulary: Vocabulary) -> int:
    return read_step(text, _("en sannolikhet"))


def read_severity(text: str, _vocabulary: Vocabulary) -> int:
    return read_step(text, _("en allvarlighetsgrad"))


def read_step(text: str, thing: str) -> int:
    if text not in {str(step) for step in SCALE}:
        raise ValueError(_("%(text)s är inte %(thing)s. Tillåtet: 1, 2, 3 eller 4.") % {"text": text, "thing": thing})
    return int(text)


def read_past_day(text: str, vocabulary: Vocabulary) -> date:
    day = read_day(text)
    if day > vocabulary.today:
        raise ValueError(_("%(day)s har inte varit än. Skriv den dag då risken bedömdes.") % {"day": text})
    return day


def read_area(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.areas, _("inget kvalitetsområde"))


def read_frequency(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.frequencies, _("ingen frekvens"))


def read_role(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.roles, _("ingen roll"))


def read_responsible(text: str, vocabulary: Vocabulary) -> str:
    return chosen(text, vocabulary.responsible, _("ingen roll och ingen person med en roll i nämnden"))


def read_goal_value(text: str, _vocabulary: Vocabulary) -> str:
    target = read_target(text)
    return str(target) if target else ""
