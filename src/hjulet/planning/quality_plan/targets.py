"""A target value as one cell of a workbook: ">=90 %", "<=3,5 dagar", "100 %"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from hjulet.monitoring.self_monitoring.models import Comparator, Control, ResultKind

SIGNS = {
    ">=": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    "minst": Comparator.AT_LEAST,
    "<=": Comparator.AT_MOST,
    "≤": Comparator.AT_MOST,
    "högst": Comparator.AT_MOST,
    "=": Comparator.EXACTLY,
    "": Comparator.EXACTLY,
}
WORDS = {Comparator.AT_LEAST: "minst", Comparator.AT_MOST: "högst", Comparator.EXACTLY: ""}
WRITTEN = re.compile(
    r"(?P<sign>>=|<=|≥|≤|=|minst|högst|)\s*(?P<number>\d{1,9}(?:[.,]\d{1,3})?)\s*(?P<measure>(?![\d.,]).*)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_MEASURE = Control._meta.get_field("measure").max_length
COUNTED = re.compile(r"enkät|stickprov|granskning|\bandel", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    comparator: Comparator
    number: Decimal
    measure: str

    def __str__(self):
        """As in a cell; an exact target has no sign, for a cell that begins with = looks like a formula."""
        sign = "" if self.comparator == Comparator.EXACTLY else self.comparator.value
        return f"{sign}{self.amount}"

    @property
    def amount(self) -> str:
        number = f"{self.number.normalize():f}".replace(".", ",")
        return f"{number} {self.measure}".strip()

    @property
    def is_share(self) -> bool:
        return self.measure == "%" and self.number <= 100

    @property
    def in_words(self) -> str:
        return f"{WORDS[self.comparator]} {self.amount}".strip()


def read_target(text: str) -> Target | None:
    """None for an empty text; ValueError with a sentence for what is no target."""
    if not text:
        return None
    found = WRITTEN.fullmatch(text)
    if not found or len(found["measure"]) > LONGEST_MEASURE:
        raise ValueError(
            _(
                "”%(text)s” är inte ett målvärde. Skriv till exempel >=90 %%, <=3,5 dagar eller 100 %%, eller lämna tomt."
            )
            % {"text": text}
        )
    return Target(SIGNS[found["sign"].lower()], Decimal(found["number"].replace(",", ".")), found["measure"].strip())


def target_of(control: Control) -> Target | None:
    if control.target is None:
        return None
    return Target(Comparator(control.comparator), control.target, control.measure)


def result_kind(target: Target | None, *, title: str, method: str) -> ResultKind:
    """What a control's result is counted in: a target decides; without one, the words of the title and the method."""
    if target:
        return ResultKind.SHARE if target.is_share else ResultKind.VALUE
    return ResultKind.SHARE if COUNTED.search(f"{method} {title}") else ResultKind.JUDGEMENT
