"""What people are told, and what of it they may choose not to get by mail."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

WEEK = timedelta(days=7)


class Mail(models.TextChoices):
    AT_ONCE = "at_once", _("Genast")
    WEEKLY = "weekly", _("Samlat på måndagar")
    NEVER = "never", _("Inte alls")


@dataclass(frozen=True)
class Kind:
    """`name` is what the notice says to its person, `short` what the page of the row calls it.

    One that `repeats` comes every week until what it is about is done.
    """

    key: str
    name: Any
    short: Any
    description: Any
    repeats: bool = False
    may_be_off: bool = True

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [(mail.value, mail.label) for mail in Mail if self.may_be_off or mail is not Mail.NEVER]


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "action_given",
            _("Du har fått en åtgärd"),
            _("Åtgärden är given"),
            _("När någon gör dig eller din roll ansvarig för en åtgärd."),
        ),
        Kind(
            "action_due",
            _("En åtgärd ska snart vara klar"),
            _("Ska snart vara klar"),
            _("Sju dagar innan åtgärden ska vara klar."),
        ),
        Kind(
            "action_overdue",
            _("En åtgärd är försenad"),
            _("Försenad"),
            _("Dagen efter att åtgärden skulle ha varit klar, och sedan varje vecka tills den är det."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "effect_due",
            _("En åtgärds effekt ska bedömas"),
            _("Effekten ska bedömas"),
            _("Den dag effekten ska bedömas, och sedan varje vecka tills det är gjort."),
            repeats=True,
        ),
        Kind(
            "control_due",
            _("En egenkontroll ska snart vara gjord"),
            _("Ska snart vara gjord"),
            _("Sju dagar innan kontrollen ska vara gjord."),
        ),
        Kind(
            "control_overdue",
            _("En egenkontroll är försenad"),
            _("Försenad"),
            _("Dagen efter att kontrollen skulle ha varit gjord, och sedan varje vecka tills den är det."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "measurement_due",
            _("Ett nyckeltal ska snart vara mätt"),
            _("Ska snart vara mätt"),
            _("Sju dagar innan mätningen ska vara klar."),
        ),
        Kind(
            "measurement_overdue",
            _("En mätning av ett nyckeltal är försenad"),
            _("Försenad"),
            _("Dagen efter att mätningen skulle ha varit klar, och sedan varje vecka tills den är det."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "duty_due",
            _("Tiden för en årsuppgift har börjat"),
            _("Tiden har börjat"),
            _("När tiden för en uppgift i årshjulet börjar, så många dagar före den sista dagen som uppgiften säger."),
        ),
        Kind(
            "duty_overdue",
            _("En årsuppgift är försenad"),
            _("Försenad"),
            _("Dagen efter att en uppgift i årshjulet skulle ha varit gjord, och sedan varje vecka tills den är det."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "reading_asked",
            _("Du har ett dokument att läsa"),
            _("Ska läsas"),
            _("När ett dokument ska läsas av dig, eller av dem som har din roll."),
        ),
        Kind(
            "reading_due",
            _("Ett dokument ska snart vara läst"),
            _("Ska snart vara läst"),
            _("Sju dagar innan dokumentet ska vara läst, om du inte har läst det."),
        ),
        Kind(
            "reading_overdue",
            _("Ett dokument skulle ha varit läst"),
            _("Skulle ha varit läst"),
            _("Dagen efter att dokumentet skulle ha varit läst, och sedan varje vecka tills du har läst det."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "question_asked",
            _("Någon har en fråga om ett dokument"),
            _("Ny fråga"),
            _("När någon frågar om ett dokument som du eller din roll ansvarar för."),
        ),
        Kind(
            "question_answered",
            _("Din fråga om ett dokument är besvarad"),
            _("Besvarad"),
            _("När den som ansvarar för dokumentet har svarat."),
        ),
        Kind(
            "introduction_begun",
            _("En introduktion har börjat"),
            _("Introduktionen har börjat"),
            _("När en introduktion börjar, till den nya medarbetaren och handledaren."),
        ),
        Kind(
            "introduction_late",
            _("Något i en introduktion är försenat"),
            _("Något är försenat"),
            _("Dagen efter att en punkt skulle ha varit signerad av dig, och sedan varje vecka tills den är det."),
            repeats=True,
        ),
        Kind(
            "agreement_given",
            _("Du har fått ansvar för ett avtal"),
            _("Avtalet är givet"),
            _("När någon gör dig eller din roll ansvarig för ett avtal eller en överenskommelse."),
        ),
        Kind(
            "agreement_follow_up_due",
            _("Ett avtal ska följas upp"),
            _("Ska följas upp"),
            _("En månad innan avtalet ska vara uppföljt, och sedan varje vecka tills det är gjort."),
            repeats=True,
        ),
        Kind(
            "agreement_renewal_due",
            _("Ett avtal ska sägas upp eller förlängas"),
            _("Ska sägas upp eller förlängas"),
            _("Tre månader före sista dagen att säga upp eller förlänga avtalet."),
            may_be_off=False,
        ),
        Kind(
            "agreement_past_end",
            _("Ett avtals tid har gått ut"),
            _("Tiden har gått ut"),
            _("Dagen efter avtalets sista dag, och sedan varje vecka tills det är avslutat eller förlängt."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "law_review_asked",
            _("Något du ansvarar för ska gås igenom när en lag har ändrats"),
            _("Ska gås igenom"),
            _("När en lag eller bestämmelse slutar gälla och något som du eller din roll ansvarar för pekar dit."),
        ),
        Kind(
            "law_review_due",
            _("En genomgång efter en lagändring ska snart vara klar"),
            _("Ska snart vara klar"),
            _("Sju dagar innan genomgången ska vara klar."),
        ),
        Kind(
            "law_review_overdue",
            _("En genomgång efter en lagändring är försenad"),
            _("Försenad"),
            _("Dagen efter att genomgången skulle ha varit klar, och sedan varje vecka tills den är det."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "decision_awaited",
            _("Ett beslut av nämnden ska föras in"),
            _("Beslutet ska föras in"),
            _("När en kvalitetsplan eller en uppföljning är föreslagen, till den som för in nämndens beslut."),
            may_be_off=False,
        ),
        Kind(
            "review_due",
            _("En granskning av läsloggen väntar"),
            _("Granskningen väntar"),
            _("När en period är slut, och sedan varje vecka tills granskningen är undertecknad."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "document_given",
            _("Du har fått ansvar för ett styrande dokument"),
            _("Ansvaret är givet"),
            _("När någon gör dig eller din roll ansvarig för ett styrande dokument."),
        ),
        Kind(
            "document_sent",
            _("Ett styrande dokument väntar på granskning och beslut"),
            _("Skickat för granskning"),
            _("När ett utkast skickas till dig som granskar eller beslutar."),
            may_be_off=False,
        ),
        Kind(
            "document_decided",
            _("Ett styrande dokument som du ansvarar för är beslutat"),
            _("Beslutat"),
            _("När en ny version av ett dokument som du ansvarar för har beslutats."),
        ),
        Kind(
            "document_applies",
            _("Ett styrande dokument gäller från och med nu"),
            _("Börjar gälla"),
            _("När en ny version börjar gälla i en enhet som du leder, så att du kan göra den känd."),
        ),
        Kind(
            "document_review",
            _("Ett styrande dokument ska ses över"),
            _("Ska ses över"),
            _("Den dag dokumentet senast ska ses över, och sedan varje vecka tills det är gjort."),
            repeats=True,
            may_be_off=False,
        ),
        Kind(
            "secret_opened",
            _("Någon utanför uppdraget har läst det som är sekretessmarkerat"),
            _("Läst utanför uppdraget"),
            _("När någon anger skäl och läser något sekretessmarkerat i en enhet där du är den som ansvarar."),
            may_be_off=False,
        ),
        Kind(
            "idea_proposed",
            _("En medarbetare har lämnat en idé"),
            _("Ny idé"),
            _("När någon som arbetar där du leder arbetet lämnar en idé."),
        ),
        Kind(
            "idea_answered",
            _("Det har hänt något med din idé"),
            _("Svar om idén"),
            _("När din idé övervägs, antas, avböjs eller blir genomförd."),
            may_be_off=False,
        ),
        Kind(
            "comment",
            _("Någon har kommenterat det du ansvarar för"),
            _("Ny kommentar"),
            _("När någon annan skriver en kommentar."),
        ),
    )
}


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind.key, kind.name) for kind in KINDS.values()]


def reminder_date(since: date, day: date) -> date:
    """The day of the latest weekly reminder up to `day`, the first being on `since`."""
    return since + (day - since) // WEEK * WEEK
