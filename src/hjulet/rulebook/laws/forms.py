from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.organisation.choices import Filters, PersonField, ReachFilters, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.laws.models import Law, LawField, LawKind, LawReview, Provision, ReviewOutcome
from hjulet.rulebook.laws.queries import overdue_for_review
from hjulet.rulebook.laws.registers import HOW_LONG
from hjulet.rulebook.laws.states import Certainty, ReviewState

MONTH = timedelta(days=30)
A_YEAR = timedelta(days=365)
SHORT = forms.Textarea(attrs={"rows": 3})
DAYS = {"valid_from": DateField, "valid_to": DateField}


class VersionedForm(ModelForm):
    """Each save is a version, with a reason that its history shows; carries the version the person saw."""

    reason = forms.CharField(
        label=_("Varför"), help_text=_("Visas i historiken."), required=False, max_length=1000, widget=SHORT
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = getattr(self.instance, "revision", 0)


class LawForm(VersionedForm):
    class Meta:
        model = Law
        fields = [
            "title",
            "short",
            "series",
            "number",
            "kind",
            "field",
            "demand",
            "link",
            "owner_role",
            "owner_person",
            *HOW_LONG,
        ]
        field_classes = {"owner_person": PersonField, **DAYS}
        widgets = {"demand": SHORT, "note": SHORT}

    link = forms.URLField(label=_("Länk till författningen"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.RULEBOOK_READ)
        self.fields["successor"].queryset = Law.objects.exclude(pk=self.instance.pk)


class ProvisionForm(VersionedForm):
    class Meta:
        model = Provision
        fields = ["reference", "heading", "demand", "is_advice", "order", *HOW_LONG]
        field_classes = DAYS
        widgets = {"demand": SHORT, "note": SHORT}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Provision.objects.exclude(pk=self.instance.pk).select_related("law")


class CheckForm(Form):
    checked_date = DateField(label=_("Genomgången"), initial=timezone.localdate)
    comment = forms.CharField(
        label=_("Vad kom du fram till?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    certainty = forms.ChoiceField(
        label=_("Hur säkert är det som står här?"), choices=Certainty, widget=forms.RadioSelect
    )
    next_review_date = DateField(label=_("Gås igenom igen senast"), required=False)

    def __init__(self, *args: Any, law: Law, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial |= {"certainty": law.certainty, "next_review_date": timezone.localdate() + A_YEAR}


class SupersedeForm(Form):
    valid_to = DateField(label=_("Sista dagen som den gäller"))
    successor = forms.ModelChoiceField(Law.objects.none(), label=_("Ersätts av"), required=False)
    reason = forms.CharField(label=_("Vad har hänt?"), widget=SHORT, max_length=1000)
    due_date = DateField(
        label=_("Det som styrs ska vara genomgånget senast"),
        help_text=_(
            "Den som ansvarar för varje process, dokument, avtal och annat som pekar hit får det som en uppgift."
        ),
    )

    def __init__(self, *args: Any, row: Law | Provision, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = type(row)._default_manager.exclude(pk=row.pk)
        self.fields["successor"].queryset = others.select_related("law") if isinstance(row, Provision) else others
        self.initial["due_date"] = timezone.localdate() + MONTH


class FinishReviewForm(RevisedModelForm):
    outcome = forms.ChoiceField(label=_("Vad blev det?"), choices=ReviewOutcome, widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("Vad kom du fram till?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    class Meta:
        model = LawReview
        fields = ["outcome", "comment"]


class LawFilters(Filters):
    more = ("owner_role", "review")

    q = django_filters.CharFilter(method="with_words", label=_("Sök i titel, namn och nummer"))
    field = django_filters.ChoiceFilter(choices=LawField, label=_("Område"), empty_label=_("Alla"))
    kind = django_filters.ChoiceFilter(choices=LawKind, label=_("Slag"), empty_label=_("Alla"))
    standing = django_filters.ChoiceFilter(
        method="that_stand",
        label=_("Läge"),
        empty_label=_("Alla"),
        choices=[
            ("holds", _("Gäller i dag")),
            ("ended", _("Gäller inte längre")),
            ("unverified", _("Att kontrollera")),
        ],
    )
    review = django_filters.ChoiceFilter(
        method="that_wait",
        label=_("Genomgång"),
        empty_label=_("Alla"),
        choices=[("overdue", _("Försenad")), ("never", _("Aldrig gjord"))],
    )
    owner_role = django_filters.ChoiceFilter(
        choices=lambda: Law._meta.get_field("owner_role").flatchoices,
        label=_("Bevakas av rollen"),
        empty_label=_("Alla"),
    )

    class Meta:
        model = Law
        fields = []

    def with_words(self, rows, name, text):
        """Few enough to be read whole."""
        columns = ("title__icontains", "short__icontains", "number__icontains")
        found = rows.none()
        for column in columns:
            found = found | rows.filter(**{column: text})
        return found

    def that_stand(self, rows, name, value):
        today = timezone.localdate()
        return {"holds": rows.on(today), "ended": rows.ended(today), "unverified": rows.unverified()}[value]

    def that_wait(self, rows, name, value):
        today = timezone.localdate()
        return (
            rows.filter(overdue_for_review(today)) if value == "overdue" else rows.on(today).filter(reviewed_date=None)
        )


class LawReviewFilters(ReachFilters):
    READ = Permission.RULEBOOK_READ

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Sök"))
    state = django_filters.ChoiceFilter(choices=ReviewState, label=_("Läge"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    overdue = django_filters.BooleanFilter(method="only_overdue", label=_("Bara försenade"), widget=forms.CheckboxInput)

    class Meta:
        model = LawReview
        fields = []

    def only_overdue(self, rows, name, value):
        return rows.overdue(timezone.localdate()) if value else rows
