from datetime import date
from typing import Any

from django.utils import timezone

from hjulet.audit import operations as audit
from hjulet.base.operations import locked, operation, require, require_no, save_changes
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.relocating import relocate
from hjulet.organisation.units.rules import obstacle_to_beginning_in
from hjulet.rulebook.introduction_templates import rules
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate, StandardPoint, TemplatePoint
from hjulet.rulebook.introduction_templates.states import Work


@operation
def start_template(*, by: Person, unit: Unit, name: str, role: str, work: str = "") -> IntroductionTemplate:
    """A unit's introduction to one kind of work; with `work` it begins with the points that the register has for it."""
    require(rules.may_lead(by, unit))
    require_no(obstacle_to_beginning_in(unit))
    template = IntroductionTemplate(unit=unit, name=name, role=role)
    template.full_clean()
    template.save()
    standard = StandardPoint.objects.filter(work__in=[Work.ALL, work]) if work else []
    points = [
        TemplatePoint(template=template, text=point.name, days=point.days, order=point.order, **point.said)
        for point in standard
    ]
    TemplatePoint.objects.bulk_create(points)
    after = {"name": name, "role": role, "points": [point.text for point in points]}
    audit.record("introductiontemplate.started", by=by, target=template, after=after)
    return template


@operation
def change_template(
    template: IntroductionTemplate, *, by: Person, revision: int, **changes: Any
) -> IntroductionTemplate:
    require(rules.may_change(by, template))
    require_no(rules.obstacle_to_changing(template))
    before, after = save_changes(template, revision=revision, changes=changes)
    if after:
        audit.record("introductiontemplate.changed", by=by, target=template, before=before, after=after)
    return template


@operation
def close_template(template: IntroductionTemplate, *, by: Person, reason: str) -> IntroductionTemplate:
    """No introduction more is planned from it; those that have been go on."""
    require(rules.may_change(by, template))
    standing = locked(template)
    require_no(rules.obstacle_to_changing(standing))
    save_changes(template, revision=standing.revision, changes={"closed_date": timezone.localdate()})
    audit.record("introductiontemplate.closed", by=by, target=template, after={"reason": reason})
    return template


@operation
def add_point(template: IntroductionTemplate, *, by: Person, **said: Any) -> TemplatePoint:
    """`said` are fields of `PointForm`."""
    require(rules.may_change(by, template))
    require_no(rules.obstacle_to_changing(template))
    point = TemplatePoint(template=template, **said)
    point.full_clean()
    point.save()
    audit.record("introductiontemplate.point_added", by=by, target=template, after=said)
    return point


@operation
def change_point(point: TemplatePoint, *, by: Person, revision: int, **changes: Any) -> TemplatePoint:
    """Introductions that are planned or under way keep the words they have."""
    require(rules.may_change(by, point.template))
    require_no(rules.obstacle_to_changing(point.template))
    before, after = save_changes(point, revision=revision, changes=changes)
    if after:
        audit.record("introductiontemplate.point_changed", by=by, target=point.template, before=before, after=after)
    return point


@operation
def remove_point(point: TemplatePoint, *, by: Person) -> IntroductionTemplate:
    require(rules.may_change(by, point.template))
    require_no(rules.obstacle_to_changing(point.template))
    standing = locked(point)
    if standing.removed_date is None:
        save_changes(point, revision=standing.revision, changes={"removed_date": timezone.localdate()})
        audit.record("introductiontemplate.point_removed", by=by, target=point.template, before={"text": point.text})
    return point.template


@operation
def relocate_template(template: IntroductionTemplate, *, by: Person, to: Unit, day: date) -> IntroductionTemplate:
    """Follows when its unit is reorganised; beside one of the same name it says where it comes from."""
    if IntroductionTemplate.objects.filter(unit=to, name=template.name, closed_date=None).exists():
        template.name = f"{template.name} ({template.unit.name})"[:200]
        template.save(update_fields=["name"])
    relocate(template, by=by, to=to)
    return template
