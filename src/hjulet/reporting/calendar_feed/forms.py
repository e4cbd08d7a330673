from django import forms
from django.utils.translation import gettext_lazy as _

from hjulet.base.forms.performing import Form


class FeedForm(Form):
    only_mine = forms.TypedChoiceField(
        label=_("Vad ska stå i kalendern?"),
        choices=[
            ("1", _("Bara det jag eller min roll ansvarar för")),
            ("0", _("Det jag ansvarar för, och alla årsuppgifter som jag får se")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="1",
    )
