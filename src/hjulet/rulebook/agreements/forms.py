from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SeveralField, SoughtField
from hjulet.base.forms.fields import DateField
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.organisation.choices import PersonField, ReachFilters, UnitField, UnitFilter
from hjulet.organisation.models import Person
from hjulet.organisation.owner_forms import SharedOwnerForm
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.rulebook.agreements.models import Agreement, AgreementKind, Party, Requirement
from hjulet.rulebook.agreements.queries import ends_within, possible_providers, possible_successors
from hjulet.rulebook.agreements.states import AgreementState
from hjulet.rulebook.laws.models import Provision


class AgreementForm(RevisedModelForm):
    valid_from = DateField(label=_("Gäller från"), required=False)
    valid_to = DateField(
        label=_("Gäller till och med"), required=False, help_text=_("Lämna tomt om avtalet gäller tills vidare.")
    )
    notice_date = DateField(
        label=_("Säg upp eller förläng senast"),
        required=False,
        help_text=_("Den ansvariga påminns tre månader före den dagen."),
    )
    next_follow_up_date = DateField(
        label=_("Följs upp senast"), required=False, help_text=_("Den ansvariga påminns en månad före den dagen.")
    )

    provisions = SeveralField(
        queryset=Provision.objects.none(),
        label=_("Lagrum"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Slutar ett av dem att gälla får den ansvariga avtalet att gå igenom."),
    )

    class Meta:
        model = Agreement
        fields = [
            "title",
            "kind",
            "mandatory_basis",
            "purpose",
            "target_group",
            "valid_from",
            "valid_to",
            "notice_date",
            "renewal",
            "follow_up_months",
            "next_follow_up_date",
            "owner_person",
            "owner_role",
            "contact_function",
            "contact_phone",
            "contact_email",
            "registry_number",
            "provisions",
        ]
        field_classes = {"owner_person": PersonField}
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "target_group": forms.Textarea(attrs={"rows": 2}),
            "renewal": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "mandatory_basis": _("Lämna tomt om ingen lag kräver överenskommelsen."),
            "renewal": _("Till exempel ”ett år i taget om ingen säger upp det sex månader före”."),
            "owner_person": _("Välj en person, eller en roll i enheten."),
            "contact_function": _("Skriv en funktion, till exempel ”avtalscontroller”. Skriv inga namn."),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["owner_person"].queryset = possible_owners(person, Permission.RULEBOOK_READ)
        self.fields["provisions"].queryset = Provision.objects.select_related("law").order_by(
            "law__title", "order", "pk"
        )

    def show_both_versions(self, current: Agreement) -> None:
        """What is chosen among many is not shown beside: the list stands as it was chosen."""
        self.cleaned_data.pop("provisions", None)
        super().show_both_versions(current)


class NewAgreementForm(AgreementForm):
    """A new agreement also says where it belongs; nobody else can have changed it yet."""

    revision = None
    unit = UnitField(label=_("Enhet"), help_text=_("Avtalet kan läsas av alla som arbetar där och i det som hör till."))

    field_order = ["unit"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.RULEBOOK_EDIT)


class ManyAgreementsForm(SharedOwnerForm):
    READ = Permission.RULEBOOK_READ

    next_follow_up_date = DateField(label=_("Följs upp senast"), required=False)


class PartyForm(RevisedModelForm):
    unit = UnitField(
        label=_("Utförare i organisationen"),
        required=False,
        help_text=_("Utförarens kontakt ser då avtalet när det gäller."),
    )

    class Meta:
        model = Party
        fields = ["name", "kind", "unit", "role"]
        widgets = {"role": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = possible_providers(person)


class NewPartyForm(PartyForm):
    revision = None


class RequirementForm(RevisedModelForm):
    class Meta:
        model = Requirement
        fields = ["text", "is_critical", "legal_basis", "method", "order"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "is_critical": _("Ett krav som måste vara uppfyllt för att avtalet ska kunna fortsätta."),
            "method": _("Till exempel intyg, stickprov eller platsbesök."),
            "order": _("Kraven visas i den ordningen."),
        }


class NewRequirementForm(RequirementForm):
    revision = None

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any):
        super().__init__(*args, **kwargs)
        last = agreement.requirements.order_by("-order").first()
        self.initial["order"] = last.order + 1 if last else 1


class TerminateForm(ModelForm):
    valid_to = DateField(label=_("Avtalets sista dag"))
    reason = forms.CharField(
        label=_("Vem säger upp avtalet, och varför?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    class Meta:
        model = Agreement
        fields = ["valid_to"]


class ReplaceForm(Form):
    successor = SoughtField(Agreement.objects.none(), label=_("Ersätts av"))
    reason = forms.CharField(
        label=_("Varför ersätts avtalet?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def __init__(self, *args: Any, person: Person, agreement: Agreement, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = possible_successors(person, agreement)


class AgreementFilters(ReachFilters):
    READ = Permission.RULEBOOK_READ
    more = ("party", "ends_within", "mine", "ownerless")

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label=_("Sök i rubriken"))
    kind = django_filters.ModelChoiceFilter(
        queryset=AgreementKind.objects.all(), label=_("Slag"), empty_label=_("Alla")
    )
    state = django_filters.ChoiceFilter(choices=AgreementState, label=_("Läge"), empty_label=_("Alla"))
    unit = UnitFilter(method="in_unit", label=_("Enhet och det som hör till"))
    party = django_filters.CharFilter(method="with_party", label=_("Part"))
    ends_within = django_filters.NumberFilter(
        method="ending_within", label=_("Slutar inom så många månader"), min_value=1, max_value=120
    )
    mandatory = django_filters.BooleanFilter(
        method="only_mandatory", label=_("Bara de som lagen kräver"), widget=forms.CheckboxInput
    )
    overdue = django_filters.BooleanFilter(
        method="only_overdue", label=_("Bara med försenad uppföljning"), widget=forms.CheckboxInput
    )
    mine = django_filters.BooleanFilter(method="only_mine", label=_("Bara mina"), widget=forms.CheckboxInput)
    ownerless = django_filters.BooleanFilter(
        method="only_ownerless", label=_("Bara utan ansvarig"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Agreement
        fields = []

    def with_party(self, rows, name, text):
        return rows.filter(pk__in=Party.objects.standing().filter(name__icontains=text).order_by().values("agreement"))

    def ending_within(self, rows, name, months):
        return rows.in_force().filter(ends_within(int(months), timezone.localdate()))

    def only_mandatory(self, rows, name, value):
        return rows.filter(mandatory_basis__isnull=False) if value else rows

    def only_overdue(self, rows, name, value):
        return rows.unfollowed(timezone.localdate()) if value else rows

    def only_ownerless(self, rows, name, value):
        return rows.filter(owner_person=None, owner_role="") if value else rows
