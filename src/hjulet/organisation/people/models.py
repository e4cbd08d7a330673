from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hjulet.base.addresses import address_of
from hjulet.base.models import Revised


class PersonManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def machine(self) -> "Person":
        """The account in whose name the command line and the clock act; nobody can log in with it."""
        return self.get(is_machine=True)


class Person(Revised, AbstractBaseUser):
    """Someone who works here or for us. What a person may do follows from roles, never from this row."""

    NAMED_BY = ("name",)

    email = models.EmailField(_("e-postadress"), unique=True)
    name = models.CharField(_("namn"), max_length=200)
    title = models.CharField(_("titel"), max_length=200, blank=True)
    external_id = models.CharField(_("id i annat system"), max_length=100, blank=True)
    is_active = models.BooleanField(_("kan logga in"), default=True)
    is_machine = models.BooleanField(default=False, editable=False)
    must_change_password = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # Who sees and looks after somebody who has no role yet.
    added_by = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    # Whose role answered the last question of what the person may do, when it was not the person's own.
    in_place_of: "Person | None" = None

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="person_email_any_case",
                violation_error_message=_("E-postadressen används redan av någon annan."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id=""),
                name="person_external_id_once",
                violation_error_message=_("Det id:t har redan en annan person."),
            ),
            models.UniqueConstraint("is_machine", condition=models.Q(is_machine=True), name="person_one_machine"),
        ]
        indexes = [models.Index(fields=["name", "id"], name="person_in_order")]  # the order of the list

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return address_of("people:detail", self.pk)

    @property
    def signature(self) -> str:
        """The name under what the person does: always the own, and whose place it was done in."""
        if self.in_place_of is None:
            return self.name
        return gettext("%(name)s, i stället för %(holder)s") % {"name": self.name, "holder": self.in_place_of.name}
