from django.utils.translation import gettext_lazy as _

from hjulet.organisation.reorganisations.following import Following
from hjulet.organisation.roles.permissions import Permission
from hjulet.rulebook.laws.models import LawReview
from hjulet.rulebook.laws.operations import relocate_review
from hjulet.rulebook.laws.states import ReviewState

FOLLOWINGS = (
    Following(
        key="law_reviews",
        model=LawReview,
        name=_("Att gå igenom när lagen ändras"),
        open_in=lambda units, day: LawReview.objects.filter(unit__in=units, state=ReviewState.OPEN),
        follow=relocate_review,
        visible_to=LawReview.objects.visible_to,
        sorted_by=Permission.RULEBOOK_EDIT,
        kept_name=_("Genomgångar som är gjorda"),
        kept_in=lambda units, day: LawReview.objects.filter(unit__in=units, state=ReviewState.DONE),
    ),
)
