from django.utils.translation import gettext_lazy as _

from hjulet.actions.notices import remind_of_due, remind_of_effect, remind_of_overdue
from hjulet.collaboration.clock.duties import Duty

DUTIES = (
    Duty("actions.due", _("Påminnelser om åtgärder som snart ska vara klara"), remind_of_due),
    Duty("actions.overdue", _("Påminnelser om försenade åtgärder"), remind_of_overdue),
    Duty("actions.effect", _("Påminnelser om effekter att bedöma"), remind_of_effect),
)
