from django.db import models

from hjulet.actions.models import Action
from hjulet.planning.risks.models import Risk


class LeadsOn(models.Model):
    """Something heard, proposed or found missing, and the actions and risks that it became."""

    actions = models.ManyToManyField(Action, related_name="+", editable=False)
    risks = models.ManyToManyField(Risk, related_name="+", editable=False)

    class Meta:
        abstract = True
