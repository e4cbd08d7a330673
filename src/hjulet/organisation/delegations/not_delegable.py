"""What a nämnd decides itself (KL 6 kap. 38 §), to begin from. What nobody has compared with the law's text says so."""

from django.utils.translation import gettext_lazy as _

CHECK = _("Kontrollera lydelsen mot kommunallagen innan raden används.")

NOT_DELEGABLE = (
    {
        "code": "0.1",
        "title": _("Verksamhetens mål, inriktning, omfattning eller kvalitet"),
        "legal_basis": "KL 6 kap. 38 § 1",
        "conditions": "",
    },
    {
        "code": "0.2",
        "title": _("Framställningar och yttranden till fullmäktige, och yttranden när ett beslut har överklagats"),
        "legal_basis": "KL 6 kap. 38 § 2",
        "conditions": CHECK,
    },
    {
        "code": "0.3",
        "title": _("Myndighetsutövning mot enskilda som är av principiell beskaffenhet eller annars av större vikt"),
        "legal_basis": "KL 6 kap. 38 § 3",
        "conditions": CHECK,
    },
    {
        "code": "0.4",
        "title": _("Ärenden som väckts genom medborgarförslag och överlåtits till nämnden"),
        "legal_basis": "KL 6 kap. 38 § 4",
        "conditions": CHECK,
    },
    {
        "code": "0.5",
        "title": _("Ärenden som enligt lag eller annan författning inte får delegeras"),
        "legal_basis": "KL 6 kap. 38 § 5",
        "conditions": CHECK,
    },
)
