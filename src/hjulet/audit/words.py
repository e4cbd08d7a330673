"""What happened, in words: the second half of an event's verb ("risk.accepted") as people read it."""

from django.utils.translation import gettext_lazy as _

HAPPENINGS = {
    "added": _("lade till"),
    "assigned": _("gav"),
    "changed": _("ändrade"),
    "closed": _("stängde"),
    "ended": _("avslutade"),
    "established": _("inrättade"),
    "installed": _("installerade"),
    "login_allowed": _("öppnade inloggningen för"),
    "login_stopped": _("stängde inloggningen för"),
    "one_time_password_given": _("gav nytt engångslösenord till"),
    "password_chosen": _("valde nytt lösenord"),
    "recorded": _("förde in"),
    "second_step_removed": _("tog bort andra steget för"),
    "set": _("satte"),
    "withdrawn": _("upphävde"),
}

# What an event says beside the fields of its row.
FIELDS = {
    "about": _("gäller"),
    "about_id": _("gäller nummer"),
    "reason": _("orsak"),
}


def happening(verb: str) -> str:
    """The Swedish words for what happened; the verb itself when nobody has given it words."""
    return str(HAPPENINGS.get(verb.partition(".")[2], verb))
