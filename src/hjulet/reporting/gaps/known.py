"""Where those concerned do not know what applies, or somebody new has been left alone."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.reporting.gaps.shape import Kind, Source
from hjulet.rulebook.introductions import rules as introduction_rules
from hjulet.rulebook.introductions.queries import has_late_points, introductions_visible_to
from hjulet.rulebook.questions import rules as question_rules
from hjulet.rulebook.questions.queries import questions_visible_to
from hjulet.rulebook.receipts import rules as receipt_rules
from hjulet.rulebook.receipts.concerned import not_read_by_all
from hjulet.rulebook.receipts.queries import requests_visible_to

READING = Source(
    rows=lambda person, _year: requests_visible_to(person).open_on(timezone.localdate()),
    unit="unit",
    kinds=(
        Kind(
            "reading-late",
            _("Dokument som inte är lästa av alla fast dagen har gått"),
            _("Se vilka som är kvar"),
            "receipts:detail",
            lambda day: Q(due_date__lt=day) & not_read_by_all(day),
            lambda person, request: receipt_rules.may_see_names(person, request.unit),
        ),
    ),
)
INTRODUCTIONS = Source(
    rows=lambda person, _year: introductions_visible_to(person).open(),
    unit="unit",
    kinds=(
        Kind(
            "introduction-late",
            _("Introduktioner där något inte är signerat fast dagen har gått"),
            _("Öppna introduktionen"),
            "introductions:detail",
            has_late_points,
            introduction_rules.leads,
        ),
    ),
)
QUESTIONS = Source(
    rows=lambda person, _year: questions_visible_to(person).unanswered(),
    unit="document__unit",
    kinds=(
        Kind(
            "question-late",
            _("Frågor om dokument som ingen har svarat på i tid"),
            _("Svara på frågan"),
            "questions:answer",
            lambda day: Q(due_date__lt=day),
            lambda person, question: question_rules.may_answer(person, question.document),
        ),
    ),
)

SOURCES = (READING, QUESTIONS, INTRODUCTIONS)
