"""What may be missing in the processes and their activities."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.reporting.gaps.shape import NO_OWNER, Kind, Source
from hjulet.rulebook.models import Process
from hjulet.rulebook.processes import rules as process_rules
from hjulet.rulebook.processes.models import is_adopted
from hjulet.rulebook.processes.queries import (
    activities_visible_to,
    lacking_party,
    lacking_role,
    lacking_routine,
    processes_visible_to,
)

PROCESSES = Source(
    rows=lambda person, _year: processes_visible_to(person).exclude(pk__in=Process.objects.over()),
    unit="unit",
    kinds=(
        Kind(
            "process-owner",
            _("Processer utan ansvarig"),
            _("Välj ansvarig"),
            "processes:change",
            lambda _day: NO_OWNER,
            process_rules.may_change,
        ),
        Kind(
            "process-adoption",
            _("Processer som inte är fastställda"),
            _("Öppna processen"),
            "processes:detail",
            lambda _day: ~Q(is_adopted()),
            process_rules.may_change,
        ),
        Kind(
            "process-review",
            _("Processer som skulle ha setts över"),
            _("Öppna processen"),
            "processes:detail",
            lambda day: Q(is_adopted(), next_review_date__lt=day),
            process_rules.may_change,
        ),
    ),
)
ACTIVITIES = Source(
    rows=lambda person, _year: activities_visible_to(person).current(),
    unit="version__process__unit",
    kinds=(
        Kind(
            "activity-routine",
            _("Aktiviteter utan rutin som gäller"),
            _("Öppna aktiviteten"),
            "processes:activity",
            lambda _day: lacking_routine(),
            process_rules.may_describe_activity,
        ),
        Kind(
            "activity-role",
            _("Aktiviteter som ingen roll utför"),
            _("Öppna aktiviteten"),
            "processes:activity",
            lambda _day: lacking_role(),
            process_rules.may_describe_activity,
        ),
        Kind(
            "activity-party",
            _("Aktiviteter med samverkan som inte säger med vem"),
            _("Öppna aktiviteten"),
            "processes:activity",
            lambda _day: lacking_party(),
            process_rules.may_describe_activity,
        ),
    ),
)

SOURCES = (PROCESSES, ACTIVITIES)
