from django.db import models

from hjulet.organisation.models import Person


class Draft(models.Model):
    """What a person has typed in the form at an address and not yet sent. Nobody else can see it.

    Kept as the browser would send it: for each field its values, as text.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    typed = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="draft_once_per_form")]
        indexes = [models.Index(fields=["saved_at"])]

    def __str__(self):
        return self.address
