"""What may be missing in how we listen, and in what we know how to do."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hjulet.planning.competence import rules as competence_rules
from hjulet.planning.competence.queries import needs_visible_to
from hjulet.planning.ideas import rules as idea_rules
from hjulet.planning.ideas.queries import ideas_visible_to
from hjulet.planning.participation import rules as participation_rules
from hjulet.planning.participation.queries import outcomes_visible_to
from hjulet.reporting.gaps.shape import Kind, Source

OUTCOMES = Source(
    rows=lambda person, _year: outcomes_visible_to(person).unanswered(),
    unit="meeting__unit",
    kinds=(
        Kind(
            "outcome-answer",
            _("Det som kom fram på möten och inte har lett till något"),
            _("Säg vad det leder till"),
            "participation:outcome",
            lambda day: Q(answer_by_date__lt=day),
            participation_rules.may_work_on,
        ),
    ),
)
IDEAS = Source(
    rows=lambda person, _year: ideas_visible_to(person).unanswered(),
    unit="unit",
    kinds=(
        Kind(
            "idea-answer",
            _("Idéer som ingen har svarat på i tid"),
            _("Svara på idén"),
            "ideas:detail",
            lambda day: Q(answer_by_date__lt=day),
            idea_rules.may_answer,
        ),
    ),
)
NEEDS = Source(
    rows=lambda person, _year: needs_visible_to(person).standing(),
    unit="unit",
    kinds=(
        Kind(
            "competence-plan",
            _("Kompetens som fattas utan plan"),
            _("Skriv planen"),
            "competence:change",
            lambda _day: Q(shown_gap__gt=0, plan=""),
            competence_rules.may_change,
        ),
    ),
)

SOURCES = (OUTCOMES, IDEAS, NEEDS)
