"""To read the log of readings is itself written there, in each of the units whose log was open to the reader."""

from collections.abc import Iterable

from django.http import HttpRequest

from hjulet.audit.models import How
from hjulet.base.disclosing import disclose
from hjulet.organisation.models import Unit


def disclose_log(request: HttpRequest, units: Iterable[Unit], details: str) -> None:
    for unit in units:
        disclose(request, unit, How.LOG, details[:500])
