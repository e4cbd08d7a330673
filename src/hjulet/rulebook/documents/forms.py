from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.choices import SeveralField
from hjulet.base.forms.fields import DateField, MarkdownField
from hjulet.base.forms.performing import Form, ModelForm, RevisedModelForm
from hjulet.organisation.choices import PersonField, UnitField
from hjulet.organisation.delegations.queries import delegations_for
from hjulet.organisation.models import Decision, Delegation, Person, Unit
from hjulet.organisation.owners import possible_owners
from hjulet.organisation.roles.permissions import Permission
from hjulet.organisation.roles.queries import open_units_within_reach
from hjulet.organisation.roles.roles import role_choices
from hjulet.organisation.units.models import UnitKind
from hjulet.rulebook.documents.models import (
    MANY,
    DocumentVersion,
    GoverningDocument,
    decider_choices,
)
from hjulet.rulebook.documents.reviews import DocumentReview, next_review
from hjulet.rulebook.laws.models import Provision
from hjulet.rulebook.quality_areas.models import QualityArea


class DocumentForm(RevisedModelForm):
    decider_role = forms.ChoiceField(
        label=_("Beslutas av"),
        required=False,
        help_text=_("Det som gäller verksamhetens mål, inriktning, omfattning eller kvalitet beslutar nämnden själv."),
    )
    next_review_date = DateField(
        label=_("Ses över senast"), required=False, help_text=_("Sätts av sig själv när en version beslutas.")
    )

    class Meta:
        model = GoverningDocument
        fields = [
            "kind",
            "summary",
            "owner_person",
            "owner_role",
            "reviewer",
            "decider_role",
            "next_review_date",
            "search_words",
        ]
        field_classes = {"owner_person": PersonField, "reviewer": PersonField}
        help_texts = {
            "summary": _("Vad dokumentet hjälper läsaren med. Syns i listor och i sökningen."),
            "owner_person": _("Den som håller dokumentet rätt. Välj en person, eller en roll i enheten."),
            "reviewer": _("Den som läser utkastet före beslutet. Gärna någon annan än den som beslutar."),
            "search_words": _(
                "Ord som inte står i texten men som någon kan söka på, till exempel blöja, BPSD, nyckelskåp."
            ),
        }

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = possible_owners(person, Permission.RULEBOOK_READ)
        self.fields["owner_person"].queryset = people
        self.fields["reviewer"].queryset = people
        self.fields["decider_role"].choices = [("", _("Nämnden")), *decider_choices()]


class NewDocumentForm(DocumentForm):
    """A new document also says where it belongs, and may begin with its text."""

    revision = None
    next_review_date = None
    unit = UnitField(label=_("Enhet"), help_text=_("Dokumentet gäller enheten och allt som hör till den."))
    body = MarkdownField(
        label=_("Text"),
        required=False,
        max_length=DocumentVersion._meta.get_field("body").max_length,
        help_text=_("Du kan skriva texten senare, eller lägga in en Word-fil eller PDF när utkastet är påbörjat."),
    )

    field_order = ["title", "kind", "unit"]

    class Meta(DocumentForm.Meta):
        fields = ["title", *(name for name in DocumentForm.Meta.fields if name != "next_review_date")]

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["unit"].queryset = open_units_within_reach(person, Permission.RULEBOOK_EDIT)


def provisions_by_law(chosen: set[int]) -> list[tuple[str, list[tuple[int, str]]]]:
    """What holds today, each under its law and with what it is about; of what has ceased, what is chosen already."""
    rows = Provision.objects.select_related("law").order_by("law__title", "law", "order", "pk")
    shown = [row for row in rows if row.pk in chosen or not row.has_ended]
    return [
        (str(law), [(row.pk, f"{row.reference} {row.heading}".strip()) for row in provisions])
        for law, provisions in groupby(shown, key=lambda row: row.law)
    ]


class ScopeForm(RevisedModelForm):
    """For whom the document is, and by what it is governed."""

    applies_to = SeveralField(
        queryset=Unit.objects.none(),
        label=_("Gäller bara för de här enheterna"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Lämna tomt om dokumentet gäller hela enheten. En utförare som det gäller ser det och kan läsa det."
        ),
    )
    roles = forms.MultipleChoiceField(
        label=_("Gäller bara för de här rollerna"),
        required=False,
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Vem som gör vad enligt dokumentet. Lämna tomt om det gäller alla."),
    )
    provisions = SeveralField(
        queryset=Provision.objects.none(),
        label=_("Lagrum"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quality_areas = SeveralField(
        queryset=QualityArea.objects.none(),
        label=_("Kvalitetsområden"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = GoverningDocument
        fields = ["applies_to", "roles", "quality_areas", "provisions"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        below = Q(path__startswith=self.instance.unit.path) & ~Q(pk=self.instance.unit_id)
        units = Unit.objects.filter(below | Q(kind=UnitKind.PROVIDER)).on(timezone.localdate())
        self.fields["applies_to"].queryset = units.order_by("path")
        self.fields["provisions"].queryset = Provision.objects.all()
        chosen = {provision.pk for provision in self.initial["provisions"]}
        self.fields["provisions"].widget.choices = provisions_by_law(chosen)
        self.fields["quality_areas"].queryset = QualityArea.objects.on(timezone.localdate())

    def show_both_versions(self, current: GoverningDocument) -> None:
        """Of several rows the other's choice is shown by the page itself."""
        for name in MANY:
            self.cleaned_data.pop(name, None)
        super().show_both_versions(current)


class WriteForm(RevisedModelForm):
    body = MarkdownField(
        label=_("Text"),
        required=False,
        max_length=DocumentVersion._meta.get_field("body").max_length,
        help_text=_("Rubriker, listor, fetstil och länkar skrivs i Markdown; knapparna ovanför fältet hjälper dig."),
    )

    class Meta:
        model = DocumentVersion
        fields = ["title", "changes", "body"]
        widgets = {"changes": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"changes": _("Högst tre rader. Behövs från version 2 och visas överst i dokumentet.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.upload_id is not None:
            del self.fields["body"]


class UploadForm(Form):
    upload = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,
        help_text=_("En Word-fil (.docx) eller en PDF. Filen sparas som den är, och texten i den blir sökbar."),
    )


class DecideForm(Form):
    valid_from = DateField(label=_("Börjar gälla"), initial=timezone.localdate)
    delegation = forms.ModelChoiceField(
        Delegation.objects.none(),
        label=_("Delegation"),
        required=False,
        empty_label=_("Beslutet fattas inte på delegation"),
        help_text=_("Ett beslut på delegation anmäls också till nämnden."),
    )
    registry_number = forms.CharField(
        label=_("Diarienummer"),
        required=False,
        max_length=Decision._meta.get_field("registry_number").max_length,
        help_text=_("Behövs när beslutet fattas på delegation. Till exempel SN 2026/45."),
    )

    def __init__(self, *args: Any, person: Person, document: GoverningDocument, **kwargs: Any):
        super().__init__(*args, **kwargs)
        found = delegations_for(person, document.unit, timezone.localdate())
        self.fields["delegation"].queryset = found

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("delegation") and not typed.get("registry_number"):
            self.add_error("registry_number", _("Skriv diarienumret: beslutet ska anmälas till nämnden."))
        return typed


class CommitteeDecisionForm(Form):
    meeting_date = DateField(label=_("Sammanträdesdag"))
    paragraph = forms.CharField(
        label=_("Paragraf"),
        max_length=Decision._meta.get_field("paragraph").max_length,
        help_text=_("Till exempel § 12."),
    )
    registry_number = forms.CharField(
        label=_("Diarienummer"),
        max_length=Decision._meta.get_field("registry_number").max_length,
        help_text=_("Till exempel SN 2026/45."),
    )
    valid_from = DateField(label=_("Börjar gälla"), initial=timezone.localdate)


class ConfirmForm(ModelForm):
    next_review_date = DateField(label=_("Ses över igen senast"))

    class Meta:
        model = DocumentReview
        fields = ["comment", "next_review_date"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, document: GoverningDocument, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("next_review_date", next_review(document, timezone.localdate()))


class DayForm(forms.Form):
    day = DateField(label=_("Vilken version gällde den"))


class CompareForm(forms.Form):
    """Two versions of one document, by their numbers."""

    older = forms.TypedChoiceField(label=_("Från version"), coerce=int)
    newer = forms.TypedChoiceField(label=_("Till version"), coerce=int)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            self.fields[name].choices = [(number, number) for number in numbers]
