"""Nothing that points at a unit is forgotten when the unit is reorganised."""

from django.apps import apps

from hjulet.organisation.models import Unit
from hjulet.organisation.reorganisations.following import followings

# What points at a unit and follows with another row, or stays, and why.
NOT_BY_ITSELF = {
    "collaboration.notice": "what somebody was told then",
    "monitoring.reviewplan": "of the nämnd",
    "monitoring.dutyoccurrence": "what was done there; what is to be done follows with its duty",
    "monitoring.occurrence": "what was done there; what is to be done follows with its control",
    "monitoring.measurement": "what was measured there; what is to be measured follows with its measured unit",
    "organisation.decision": "of the nämnd",
    "organisation.delegateddecision": "where it was decided then",
    "organisation.delegation": "of the nämnd",
    "organisation.marking": "where it was marked; what is marked follows by itself",
    "organisation.part": "of the reorganisation itself",
    "organisation.reorganisation": "of the reorganisation itself",
    "organisation.succession": "of the reorganisation itself",
    "organisation.unitversion": "the unit as it was",
    "planning.qualityplan": "of the nämnd",
    "planning.riskanalysis": "its risks follow",
    "reporting.compliancejudgement": "of the nämnd, on a day",
    "reporting.followup": "of the nämnd",
    "reporting.outsideplace": "written anew from the texts every day",
    "rulebook.activity_units": "what a process says; its next version names the new one",
    "rulebook.party": "who is a party; the agreement itself follows",
    "rulebook.readreceipt": "where it was read then",
    "search.entry": "follows the log",
}


def test_every_kind_of_row_in_a_unit_says_whether_it_follows():
    pointing = {
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Unit
    }
    following = {found.model._meta.label_lower for found in followings()}

    assert pointing - following == set(NOT_BY_ITSELF)
    assert following - pointing == {"planning.risk"}
