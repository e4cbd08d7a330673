from typing import Any

from django import forms

from hjulet.base.forms.performing import ModelForm
from hjulet.rulebook.questions.models import DocumentQuestion


class QuestionForm(ModelForm):
    class Meta:
        model = DocumentQuestion
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class AnswerForm(ModelForm):
    class Meta:
        model = DocumentQuestion
        fields = ["answer", "shown_to_all", "changes_text"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = True
