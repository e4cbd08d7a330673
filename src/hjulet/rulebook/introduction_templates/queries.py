from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.rulebook.documents.models import GoverningDocument
from hjulet.rulebook.introduction_templates import rules
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate, TemplatePoint


@dataclass(frozen=True)
class TemplatePage:
    template: IntroductionTemplate
    points: list[TemplatePoint]
    may_change: bool
    obstacle: str | None


def templates_visible_to(person: Person) -> QuerySet[IntroductionTemplate]:
    return IntroductionTemplate.objects.visible_to(person).select_related("unit")


def templates_listed_for(person: Person) -> QuerySet[IntroductionTemplate]:
    return templates_visible_to(person).annotate(total=Count("points", filter=Q(points__removed_date=None)))


def points_visible_to(person: Person) -> QuerySet[TemplatePoint]:
    visible = IntroductionTemplate.objects.visible_to(person).order_by()
    points = TemplatePoint.objects.filter(template__in=visible, removed_date=None)
    return points.select_related("template__unit", "document")


def template_page(person: Person, template: IntroductionTemplate) -> TemplatePage:
    may_change = rules.may_change(person, template)
    return TemplatePage(
        template=template,
        points=list(template.points.filter(removed_date=None).select_related("document")),
        may_change=may_change,
        obstacle=rules.obstacle_to_changing(template) if may_change else None,
    )


def units_to_lead_in(person: Person) -> QuerySet[Unit]:
    return open_units_within_reach(person, Permission.STAFF_LEAD)


def open_templates(person: Person) -> QuerySet[IntroductionTemplate]:
    return templates_visible_to(person).filter(closed_date=None)


def documents_to_read(person: Person) -> QuerySet[GoverningDocument]:
    return GoverningDocument.objects.visible_to(person).filter(withdrawn_date=None).order_by("title", "pk")
