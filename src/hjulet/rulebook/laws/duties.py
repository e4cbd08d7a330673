from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.rulebook.laws.notices import remind_of_due, remind_of_overdue

DUTIES = (
    Duty("law_reviews.due", _("Påminnelser om det som snart ska vara genomgånget"), remind_of_due),
    Duty("law_reviews.overdue", _("Påminnelser om det som skulle ha varit genomgånget"), remind_of_overdue),
)
