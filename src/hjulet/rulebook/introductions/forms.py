from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SoughtField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, RevisedModelForm
from hjulet.organisation.choices import ReachFilters
from hjulet.organisation.models import Person, Unit
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.introduction_templates.models import IntroductionTemplate
from hjulet.rulebook.introduction_templates.queries import open_templates, units_to_lead_in
from hjulet.rulebook.introductions.models import Introduction
from hjulet.rulebook.introductions.queries import people_to_introduce
from hjulet.rulebook.introductions.states import IntroductionState


class PersonField(SoughtField):
    words = "name"
    sign = "email"


class PlanForm(Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Enhet"))
    template = forms.ModelChoiceField(IntroductionTemplate.objects.none(), label=_("Mall"))
    person = PersonField(Person.objects.none(), label=_("Ny medarbetare"))
    supervisor = PersonField(Person.objects.none(), label=_("Handledare"))
    start_date = DateField(label=_("Första dag"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_lead_in(person)
        self.fields["template"].queryset = open_templates(person)
        people = people_to_introduce(person)
        self.fields["person"].queryset = people.exclude(pk=person.pk)
        self.fields["supervisor"].queryset = people


class SupervisorForm(RevisedModelForm):
    supervisor = PersonField(Person.objects.none(), label=_("Handledare"))

    class Meta:
        model = Introduction
        fields = ["supervisor"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = people_to_introduce(person).exclude(pk=self.instance.person_id)


class IntroductionFilters(ReachFilters):
    READ = Permission.STAFF_LEAD

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("Sök"))
    unit = django_filters.ModelChoiceFilter(
        queryset=Unit.objects.none(), method="in_unit", label=_("Enhet och det som hör till"), empty_label=_("Alla")
    )
    state = django_filters.ChoiceFilter(choices=IntroductionState, label=_("Läge"), empty_label=_("Alla"))

    class Meta:
        model = Introduction
        fields = []

    def in_unit(self, rows, name, unit):
        return rows.filter(unit__path__startswith=unit.path)
