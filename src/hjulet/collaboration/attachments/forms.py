from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import ModelForm
from hjulet.collaboration.attachments.models import Attachment
from hjulet.collaboration.attachments.rules import allowed_types


class AttachmentForm(ModelForm):
    upload = forms.FileField(label=_("Fil"), allow_empty_file=True)

    field_order = ["upload"]

    class Meta:
        model = Attachment
        fields = ["description"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = allowed_types()
