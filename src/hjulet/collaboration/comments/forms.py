from django import forms

from hjulet.base.forms.performing import ModelForm
from hjulet.collaboration.comments.models import Comment


class CommentForm(ModelForm):
    class Meta:
        model = Comment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
