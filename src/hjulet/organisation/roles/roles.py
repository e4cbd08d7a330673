"""The roles of the management system: what each is for, may do, and answers for (SOSFS 2011:9, 3 kap. 2 §)."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from hjulet.organisation.roles.permissions import Permission as P


class Responsibility(models.TextChoices):
    PLAN = "plan", _("Planera")
    LEAD = "lead", _("Leda")
    CONTROL = "control", _("Kontrollera")
    FOLLOW_UP = "follow_up", _("Följa upp")
    EVALUATE = "evaluate", _("Utvärdera")
    IMPROVE = "improve", _("Förbättra")


@dataclass(frozen=True)
class Role:
    """`unit` permissions hold in the unit and below it; `committee` ones there and in the whole nämnd it belongs to.

    A role that is held by election, by the nämnd's trust or over the system itself `stands_alone`: nobody may stand in
    for its holder; somebody else is given it, with an end.
    """

    key: str
    name: Any
    description: Any
    responsibilities: tuple[Responsibility, ...]
    unit: frozenset[P] = frozenset()
    committee: frozenset[P] = frozenset()
    stands_alone: bool = False

    def grants(self, permission: P) -> bool:
        return permission in self.unit or permission in self.committee


READ_THE_YEAR = frozenset(
    {
        P.ORGANISATION_READ,
        P.RULEBOOK_READ,
        P.GOALS_READ,
        P.RISKS_READ,
        P.PLANS_READ,
        P.ACTIONS_READ,
        P.CONTROLS_READ,
        P.INDICATORS_READ,
        P.FOLLOW_UPS_READ,
        P.PARTICIPATION_READ,
        P.COMPETENCE_READ,
    }
)
READ_DECIDED = frozenset(
    {P.ORGANISATION_READ, P.RULEBOOK_READ, P.GOALS_READ, P.PLANS_READ, P.INDICATORS_READ, P.FOLLOW_UPS_READ}
)
ANSWER_IDEAS = frozenset({P.IDEAS_READ, P.IDEAS_PROPOSE, P.IDEAS_ANSWER})
# Whoever may be made responsible for something that is to be done.
TAKE_ON = frozenset({P.ACTIONS_PERFORM, P.CONTROLS_PERFORM, P.INDICATORS_MEASURE})
RUN_A_UNIT = (
    ANSWER_IDEAS
    | TAKE_ON
    | frozenset(
        {
            P.RULEBOOK_EDIT,
            P.GOALS_EDIT,
            P.RISKS_EDIT,
            P.RISKS_ACCEPT,
            P.ACTIONS_EDIT,
            P.CONTROLS_EDIT,
            P.INDICATORS_EDIT,
            P.PARTICIPATION_EDIT,
            P.COMPETENCE_EDIT,
            P.COMMENTS_WRITE,
            P.COMMENTS_WITHDRAW,
        }
    )
)
# Whoever is asked for an opinion when the plan is out for comments.
TAKE_PART_IN_THE_YEAR = READ_THE_YEAR | {P.PLANS_READ_DRAFTS, P.COMMENTS_WRITE}
# Whoever works with what is secret reads it and says what is; whoever is only sometimes needed opens it with a reason.
WORK_WITH_SECRETS = frozenset({P.SECRETS_READ, P.SECRETS_MARK})
R = Responsibility

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "committee_member",
            _("Nämndledamot"),
            _("Beslutar om mål, kvalitetsplan och berättelse. Läser det som läggs fram för nämnden."),
            (R.LEAD, R.EVALUATE),
            committee=READ_THE_YEAR,
            stands_alone=True,
        ),
        Role(
            "committee_secretary",
            _("Nämndsekreterare"),
            _("För in nämndens beslut: sammanträdesdag, paragraf och diarienummer."),
            (R.CONTROL,),
            unit=frozenset({P.DECISIONS_RECORD}),
            committee=READ_THE_YEAR,
            stands_alone=True,
        ),
        Role(
            "social_director",
            _("Socialdirektör"),
            _("Har det yttersta ansvaret för att kvalitetsarbetet planeras och genomförs."),
            (R.PLAN, R.LEAD, R.EVALUATE, R.IMPROVE),
            unit=RUN_A_UNIT
            | {
                P.STAFF_LEAD,
                P.RULEBOOK_DECIDE,
                P.PLANS_EDIT,
                P.PLANS_PROPOSE,
                P.FOLLOW_UPS_EDIT,
                P.AUDIT_READ,
                P.SECRETS_OPEN,
            },
            committee=TAKE_PART_IN_THE_YEAR,
        ),
        Role(
            "quality_developer",
            _("Kvalitetsutvecklare"),
            _("Samordnar kvalitetsarbetet: riskanalys, kvalitetsplan, egenkontroll, analys och berättelse."),
            (R.PLAN, R.CONTROL, R.FOLLOW_UP, R.EVALUATE),
            unit=RUN_A_UNIT
            | WORK_WITH_SECRETS
            | {
                P.LAWS_EDIT,
                P.PLANS_EDIT,
                P.PLANS_PROPOSE,
                P.FOLLOW_UPS_EDIT,
                P.REGISTERS_MANAGE,
                P.AUDIT_READ,
            },
            committee=TAKE_PART_IN_THE_YEAR,
        ),
        Role(
            "unit_manager",
            _("Enhetschef"),
            _("Bryter ner målen, följer upp enhetens resultat och ser till att åtgärder blir gjorda."),
            (R.PLAN, R.LEAD, R.FOLLOW_UP, R.IMPROVE),
            unit=RUN_A_UNIT | WORK_WITH_SECRETS | {P.STAFF_LEAD, P.RULEBOOK_DECIDE},
            committee=TAKE_PART_IN_THE_YEAR,
        ),
        Role(
            "group_manager",
            _("Gruppchef"),
            _("Leder förbättringsarbetet i gruppen och gör de kontroller som gruppen ansvarar för."),
            (R.LEAD, R.CONTROL, R.IMPROVE),
            unit=ANSWER_IDEAS
            | TAKE_ON
            | {
                P.STAFF_LEAD,
                P.GOALS_EDIT,
                P.ACTIONS_EDIT,
                P.PARTICIPATION_EDIT,
                P.COMMENTS_WRITE,
            },
            committee=READ_THE_YEAR,
        ),
        Role(
            "employee",
            _("Medarbetare"),
            _("Arbetar enligt ledningssystemet och berättar när något inte fungerar."),
            (R.IMPROVE,),
            unit=TAKE_ON
            | frozenset(
                {
                    P.ACTIONS_READ,
                    P.CONTROLS_READ,
                    P.PARTICIPATION_READ,
                    P.IDEAS_READ,
                    P.IDEAS_PROPOSE,
                    P.COMMENTS_WRITE,
                }
            ),
            committee=READ_DECIDED,
        ),
        Role(
            "lawyer",
            _("Jurist"),
            _("Bevakar lagar och föreskrifter och rättssäkerheten i handläggningen."),
            (R.CONTROL, R.EVALUATE),
            unit=TAKE_ON
            | frozenset(
                {
                    P.RULEBOOK_EDIT,
                    P.LAWS_EDIT,
                    P.IDEAS_PROPOSE,
                    P.COMMENTS_WRITE,
                    P.SECRETS_OPEN,
                }
            ),
            committee=TAKE_PART_IN_THE_YEAR,
        ),
        Role(
            "staff_strategist",
            _("Personalstrateg"),
            _("Följer personal- och kompetensförsörjningen."),
            (R.PLAN, R.FOLLOW_UP),
            unit=TAKE_ON
            | frozenset(
                {
                    P.IDEAS_READ,
                    P.IDEAS_PROPOSE,
                    P.COMPETENCE_EDIT,
                    P.COMMENTS_WRITE,
                }
            ),
            committee=TAKE_PART_IN_THE_YEAR,
        ),
        Role(
            "web_editor",
            _("Webbansvarig"),
            _("Ser till att informationen till medborgarna är riktig och tillgänglig."),
            (R.CONTROL,),
            unit=TAKE_ON | frozenset({P.IDEAS_PROPOSE, P.COMMENTS_WRITE}),
            committee=READ_DECIDED | {P.ACTIONS_READ, P.CONTROLS_READ, P.PARTICIPATION_READ},
        ),
        Role(
            "medically_responsible",
            _("MAS/MAR"),
            _("Svarar för patientsäkerheten i den kommunala hälso- och sjukvården."),
            (R.CONTROL, R.FOLLOW_UP, R.EVALUATE),
            unit=TAKE_ON
            | frozenset(
                {
                    P.RULEBOOK_EDIT,
                    P.RULEBOOK_DECIDE,
                    P.RISKS_EDIT,
                    P.ACTIONS_EDIT,
                    P.CONTROLS_EDIT,
                    P.INDICATORS_EDIT,
                    P.IDEAS_PROPOSE,
                    P.COMMENTS_WRITE,
                }
            )
            | WORK_WITH_SECRETS,
            committee=TAKE_PART_IN_THE_YEAR,
        ),
        Role(
            "lex_sarah_investigator",
            _("Lex Sarah-utredare"),
            _("Utreder missförhållanden fristående från den verksamhet som berörs."),
            (R.CONTROL, R.EVALUATE),
            unit=frozenset({P.ACTIONS_EDIT, P.ACTIONS_PERFORM, P.IDEAS_PROPOSE, P.COMMENTS_WRITE}) | WORK_WITH_SECRETS,
            committee=READ_THE_YEAR,
        ),
        Role(
            "provider_contact",
            _("Utförarens kontakt"),
            _("Lämnar uppgifter för sin egen verksamhet och ser bara den."),
            (R.CONTROL, R.IMPROVE),
            unit=TAKE_ON
            | frozenset(
                {
                    P.RULEBOOK_READ,
                    P.ACTIONS_READ,
                    P.CONTROLS_READ,
                    P.INDICATORS_READ,
                    P.COMMENTS_WRITE,
                }
            ),
        ),
        Role(
            "auditor",
            _("Revisor"),
            _("Läser allt i den nämnd eller kommun som granskas. Ändrar ingenting."),
            (R.CONTROL, R.EVALUATE),
            unit=READ_THE_YEAR | {P.PLANS_READ_DRAFTS, P.AUDIT_READ, P.IDEAS_READ},
            stands_alone=True,
        ),
        Role(
            "log_reviewer",
            _("Loggranskare"),
            _("Granskar vem som har läst det som är sekretessmarkerat. Läser loggen, inte det som loggen handlar om."),
            (R.CONTROL,),
            unit=frozenset({P.READ_LOG_REVIEW, P.ACTIONS_READ}),
            committee=frozenset({P.ORGANISATION_READ, P.RULEBOOK_READ}),
        ),
        Role(
            "system_administrator",
            _("Systemförvaltare"),
            _("Sköter organisation, konton och register. Läser inga ärenden."),
            (R.LEAD,),
            unit=frozenset({P.ORGANISATION_READ, P.ORGANISATION_MANAGE, P.REGISTERS_MANAGE, P.RULEBOOK_READ}),
            stands_alone=True,
        ),
    )
}


def role_choices() -> list[tuple[str, Any]]:
    return [(role.key, role.name) for role in ROLES.values()]
