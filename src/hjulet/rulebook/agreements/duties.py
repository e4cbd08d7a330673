from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.rulebook.agreements.notices import remind_of_end, remind_of_follow_up, remind_of_renewal

DUTIES = (
    Duty("agreements.follow_up", _("Påminnelser om avtal att följa upp"), remind_of_follow_up),
    Duty("agreements.renewal", _("Påminnelser om avtal att säga upp eller förlänga"), remind_of_renewal),
    Duty("agreements.end", _("Påminnelser om avtal vars tid har gått ut"), remind_of_end),
)
