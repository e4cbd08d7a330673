from django.utils.translation import gettext_lazy as _

from hjulet.rulebook.laws.pointing import Pointing
from hjulet.rulebook.processes.models import Process

POINTS = (
    Pointing(
        key="processes",
        model=Process,
        name=_("Processer"),
        rows=lambda: Process.objects.exclude(pk__in=Process.objects.over()),
        provision="versions__provisions",
    ),
)
