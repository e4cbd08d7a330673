"""The processes, their activities in order, the routines of these, and with whom they are done."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.units.models import lies_below
from hjulet.reporting.compliance.evidence.kinds import Evidence, Source
from hjulet.rulebook.models import Activity, Process
from hjulet.rulebook.processes.models import is_adopted
from hjulet.rulebook.processes.queries import (
    activities_visible_to,
    lacking_party,
    lacking_role,
    lacking_routine,
    processes_visible_to,
)
from hjulet.rulebook.processes.states import StepKind

HAS_OWNER = ~Q(owner_person=None, owner_role="")
IS_TASK = Q(kind=StepKind.TASK)
TASKS = Activity.objects.current().filter(IS_TASK, version__process=OuterRef("pk")).order_by()

# What is decided above the nämnd binds there too.
PROCESSES = Source(
    rows=lambda person, committee, _day: (
        processes_visible_to(person)
        .exclude(pk__in=Process.objects.over())
        .filter(Q(lies_below(committee)) | Q(unit__in=committee.lineage))
    ),
    evidence=(
        Evidence(
            "process",
            ("Q-7",),
            _("Processer som har en ansvarig och är fastställda"),
            lambda _day: HAS_OWNER & Q(is_adopted()),
            lambda _day: ~(HAS_OWNER & Q(is_adopted())),
            "processes:list",
            _("Välj ansvarig och fastställ"),
        ),
        Evidence(
            "process-activities",
            ("Q-8",),
            _("Processer vars aktiviteter står i ordning"),
            lambda _day: Q(Exists(TASKS)),
            lambda _day: ~Q(Exists(TASKS)),
            "processes:list",
            _("Beskriv aktiviteterna"),
        ),
    ),
)
ACTIVITIES = Source(
    rows=lambda person, committee, _day: (
        activities_visible_to(person)
        .current()
        .filter(Q(lies_below(committee, "version__process__unit")) | Q(version__process__unit__in=committee.lineage))
    ),
    evidence=(
        Evidence(
            "activity",
            ("Q-9",),
            _("Aktiviteter med rutin som gäller och roll som utför"),
            lambda _day: IS_TASK & ~lacking_routine() & ~lacking_role(),
            lambda _day: IS_TASK & (lacking_routine() | lacking_role()),
            "processes:list",
            _("Koppla rutin och roll"),
        ),
        Evidence(
            "collaboration",
            ("Q-10", "Q-11"),
            _("Aktiviteter med samverkan som säger med vem"),
            lambda _day: Q(is_collaboration=True) & ~lacking_party(),
            lambda _day: lacking_party(),
            "processes:list",
            _("Ange med vem"),
        ),
    ),
    unit=lambda row: str(row.version.process.unit.name),
)
