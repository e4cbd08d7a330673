from django.utils.translation import gettext_lazy as _

from hjulet.collaboration.clock.duties import Duty
from hjulet.rulebook.receipts.notices import remind_of_due, remind_of_overdue, tell_of_what_is_asked

DUTIES = (
    Duty("reading.asked", _("Besked om dokument att läsa"), tell_of_what_is_asked),
    Duty("reading.due", _("Påminnelser om dokument som snart ska vara lästa"), remind_of_due),
    Duty("reading.overdue", _("Påminnelser om dokument som skulle ha varit lästa"), remind_of_overdue),
)
