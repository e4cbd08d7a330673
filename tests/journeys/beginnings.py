"""What a journey starts from, each as a sentence, reached by the operations of the product."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from hjulet.actions.models import Action
from hjulet.collaboration.attachments.operations import attach
from hjulet.collaboration.models import Attachment
from hjulet.library.operations import initialise
from hjulet.monitoring.models import Control, Frequency
from hjulet.organisation.models import Person, Unit
from hjulet.planning.models import QualityPlan, Risk
from hjulet.planning.quality_plan.operations import adopt_plan, propose_plan, start_plan
from hjulet.planning.risk_analyses.operations import start_analysis
from hjulet.planning.risks import operations as risks
from hjulet.planning.risks.models import Occasion
from hjulet.rulebook.models import QualityArea
from tests import factories
from tests.sqlite.keeping import kept, put_back

TODAY = timezone.localdate()
YEAR = TODAY.year
MADE = {}


@dataclass
class Year:
    """One nämnd's year under way."""

    committee: Unit
    unit: Unit
    risk: Risk
    action: Action
    control: Control
    plan: QualityPlan
    attachment: Attachment


def given_an_empty_installation(*committees):
    """As `hjulet init` leaves it: nämnder, starter library and the first administrator's way in.

    Made once by each process and put back for the next journey: the library alone is 350 rows, each with its version.
    """
    assert not Unit.objects.exists(), "a journey begins with its installation"
    committees = committees or ("Socialnämnden",)
    if connection.vendor != "sqlite":
        return initialised(committees)
    if committees not in MADE:
        begun = initialised(committees)
        MADE[committees] = begun, kept()
    begun, copy = MADE[committees]
    put_back(copy)
    return deepcopy(begun)


def initialised(committees):
    return initialise(
        by=Person.objects.machine(),
        municipality="Ekliden",
        committees=committees,
        administrator="siv.system@example.org",
    )


def given_someone(name, role, unit):
    return factories.person(name, **{role: unit})


def given_a_year_under_way(committee) -> Year:
    """A red risk in a unit, with an action and a control that the unit's head answers for, in an adopted plan."""
    unit = factories.unit(committee, f"Hemtjänst i {committee}")
    by = given_someone(f"Vera Lind {committee.pk}", "quality_developer", committee)
    secretary = given_someone(f"Siv Ek {committee.pk}", "committee_secretary", committee)
    risk = given_a_risk(by, unit, "Sena besök i hemtjänsten")
    answer = {"unit": unit, "owner_role": "unit_manager"}
    action = risks.plan_action_for(
        risk,
        by=by,
        title="Nytt schema för kvällarna",
        description="Lägg två besök åt gången.",
        due_date=TODAY + timedelta(days=3),
        **answer,
    )
    control = risks.plan_control_for(
        risk,
        by=by,
        title="Besöken görs i tid",
        method="Stickprov",
        frequency=Frequency.objects.get(key="month"),
        starts_date=TODAY.replace(day=1),
        ends_date=date(YEAR, 12, 31),
        result_kind="share",
        comparator=">=",
        target=90,
        **answer,
    )
    file = SimpleUploadedFile("underlag.txt", b"Hur riskerna har bed\xc3\xb6mts.")
    return Year(
        committee=committee,
        unit=unit,
        risk=risk,
        action=action,
        control=control,
        plan=given_an_adopted_plan(by, secretary, committee),
        attachment=attach(risk, by=by, upload=file),
    )


def given_a_risk(by, unit, title) -> Risk:
    risk = risks.identify_risk(
        by=by,
        analysis=start_analysis(by=by, unit=unit, year=YEAR),
        title=title,
        deficiency="Schemat stämmer inte med besluten.",
        quality_area=QualityArea.objects.get(key="safety"),
    )
    risks.assess_risk(risk, by=by, occasion=Occasion.INITIAL, assessed_date=TODAY, probability=3, severity=4)
    return risk


def given_an_adopted_plan(by, secretary, committee) -> QualityPlan:
    plan = start_plan(by=by, committee=committee, year=YEAR)
    propose_plan(plan, by=by)
    return adopt_plan(plan, by=secretary, meeting_date=TODAY, paragraph="§ 12", registry_number="SN 12/45")
