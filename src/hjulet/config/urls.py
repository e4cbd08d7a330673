from django.urls import include, path

from hjulet.actions.registers import ACTION_TYPES
from hjulet.collaboration.registers.responsibilities import EXPECTED_ROLES, ORGANISATION_TEXTS, RESPONSIBILITY_AREAS
from hjulet.collaboration.registers.role_texts import ROLE_TEXTS
from hjulet.collaboration.registers.urls import register_pages
from hjulet.monitoring.frequencies.registers import FREQUENCIES
from hjulet.monitoring.indicators.registers import INDICATOR_TEMPLATES
from hjulet.monitoring.log_review.registers import REVIEW_RULES
from hjulet.monitoring.recurring_duties.registers import DUTY_TEMPLATES
from hjulet.planning.competence.registers import COMPETENCES
from hjulet.planning.goals.registers import GOAL_LEVELS
from hjulet.planning.participation.registers import MEETING_KINDS
from hjulet.planning.quality_plan.registers import PLAN_TEXTS
from hjulet.planning.risks.registers import OPERATIONAL_AREAS, RISK_SOURCES
from hjulet.rulebook.agreements.registers import AGREEMENT_KINDS, MANDATORY_BASES
from hjulet.rulebook.documents.registers import DOCUMENT_KINDS
from hjulet.rulebook.introduction_templates.registers import STANDARD_POINTS
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS

REGISTERS = (
    QUALITY_AREAS,
    DOCUMENT_KINDS,
    GOAL_LEVELS,
    RISK_SOURCES,
    OPERATIONAL_AREAS,
    ACTION_TYPES,
    MEETING_KINDS,
    COMPETENCES,
    FREQUENCIES,
    DUTY_TEMPLATES,
    INDICATOR_TEMPLATES,
    AGREEMENT_KINDS,
    MANDATORY_BASES,
    PLAN_TEXTS,
    ROLE_TEXTS,
    RESPONSIBILITY_AREAS,
    EXPECTED_ROLES,
    ORGANISATION_TEXTS,
    REVIEW_RULES,
    STANDARD_POINTS,
)

handler500 = "hjulet.upkeep.views.fault"

urlpatterns = [
    path("", include("hjulet.reporting.wheel.urls")),
    path("mina-uppgifter/", include("hjulet.reporting.my_work.urls")),
    path("lankar/", include("hjulet.reporting.outside_links.urls")),
    path("bruten-trad/", include("hjulet.reporting.gaps.urls")),
    path("mal/", include("hjulet.planning.goals.urls")),
    path("risker/analyser/", include("hjulet.planning.risk_analyses.urls")),
    path("risker/matris/", include("hjulet.planning.risk_matrix.urls")),
    path("risker/", include("hjulet.planning.risks.urls")),
    path("kvalitetsplan/", include("hjulet.planning.quality_plan.urls")),
    path("delaktighet/moten/", include("hjulet.planning.participation.urls")),
    path("delaktighet/ideer/", include("hjulet.planning.ideas.urls")),
    path("delaktighet/kompetens/", include("hjulet.planning.competence.urls")),
    path("delaktighet/bakom/", include("hjulet.planning.origins.urls")),
    path("atgarder/", include("hjulet.actions.urls")),
    path("egenkontroll/", include("hjulet.monitoring.self_monitoring.urls")),
    path("nyckeltal/", include("hjulet.monitoring.indicators.urls")),
    path("arshjul/uppgifter/", include("hjulet.monitoring.recurring_duties.urls")),
    path("arshjul/kalender/", include("hjulet.reporting.calendar_feed.urls")),
    path("arshjul/", include("hjulet.reporting.year_wheel.urls")),
    path("logggranskning/", include("hjulet.monitoring.log_review.urls")),
    path("uppfoljning/", include("hjulet.reporting.follow_up.urls")),
    path("dokument/lika/", include("hjulet.rulebook.copies.urls")),
    path("att-lasa/", include("hjulet.rulebook.receipts.urls")),
    path("dokument/fragor/", include("hjulet.rulebook.questions.urls")),
    path("introduktion/mallar/", include("hjulet.rulebook.introduction_templates.urls")),
    path("introduktion/", include("hjulet.rulebook.introductions.urls")),
    path("dokument/", include("hjulet.rulebook.exchange.urls")),
    path("processer/", include("hjulet.rulebook.processes.urls")),
    path("dokument/", include("hjulet.rulebook.documents.urls")),
    path("efterlevnad/", include("hjulet.reporting.compliance.urls")),
    path("avtal/uppfoljningar/", include("hjulet.monitoring.agreement_follow_ups.urls")),
    path("avtal/", include("hjulet.rulebook.agreements.urls")),
    path("kvalitetsomraden/", include("hjulet.rulebook.quality_areas.urls")),
    path("styrs/", include("hjulet.rulebook.links.urls")),
    path("lagar/", include("hjulet.rulebook.laws.urls")),
    path("organisation/omorganisationer/", include("hjulet.organisation.reorganisations.urls")),
    path("organisation/ersattare/", include("hjulet.organisation.deputies.urls")),
    path("organisation/las-in/", include("hjulet.organisation.importing.urls")),
    path("organisation/", include("hjulet.organisation.units.urls")),
    path("personer/", include("hjulet.organisation.people.urls")),
    path("roller/", include("hjulet.organisation.roles.urls")),
    path("kvalitetsorganisation/", include("hjulet.organisation.responsibilities.urls")),
    path("beslut/", include("hjulet.organisation.decisions.urls")),
    path("delegationer/", include("hjulet.organisation.delegations.urls")),
    path("andringslogg/", include("hjulet.organisation.change_log.urls")),
    path("sekretess/", include("hjulet.collaboration.secrecy.urls")),
    path("laslogg/", include("hjulet.collaboration.read_log.urls")),
    path("samtal/", include("hjulet.collaboration.conversation.urls")),
    path("vyer/", include("hjulet.collaboration.saved_views.urls")),
    path("utkast/", include("hjulet.collaboration.drafts.urls")),
    path("kommentarer/", include("hjulet.collaboration.comments.urls")),
    path("bilagor/", include("hjulet.collaboration.attachments.urls")),
    path("sok/", include("hjulet.search.urls")),
    path("register/", include(register_pages(*REGISTERS))),
    path("startbibliotek/", include("hjulet.library.urls")),
    path("klockan/", include("hjulet.collaboration.clock.urls")),
    path("", include("hjulet.collaboration.notices.urls")),
    path("konto/", include("hjulet.organisation.sign_on.doors")),
    path("konto/", include("allauth.account.urls")),
    path("konto/2fa/", include("allauth.mfa.urls")),
    path("konto/sessions/", include("allauth.usersessions.urls")),
    path("roller/inloggning/", include("hjulet.organisation.sign_on.urls")),
    path("", include("hjulet.base.gallery.urls")),
    path("", include("hjulet.upkeep.urls")),
]
