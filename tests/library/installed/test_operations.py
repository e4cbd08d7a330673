"""What a library has written, and what becomes of it when it is installed again."""

import copy
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from hjulet.actions.models import ActionType
from hjulet.audit.models import Event
from hjulet.collaboration.models import RegisterVersion
from hjulet.collaboration.registers.operations import save_register_row
from hjulet.collaboration.registers.queries import latest_version
from hjulet.library.models import Installation
from hjulet.library.operations import install, install_library
from hjulet.library.parts import PARTS
from hjulet.library.shipped import shipped
from hjulet.library.states import Standing as S
from hjulet.monitoring.models import Frequency
from hjulet.organisation.models import Person, RoleText
from hjulet.planning.models import GoalLevel, PlanTextTemplate
from hjulet.planning.risk_matrix.operations import draft_matrix, put_matrix_in_force
from hjulet.planning.risk_matrix.queries import content_of, matrix_in_force
from hjulet.rulebook.models import QualityArea
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS
from tests.factories import municipality, person
from tests.library.shelf import ROWS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installed")]


@pytest.fixture
def machine():
    return Person.objects.machine()


@pytest.fixture
def administrator():
    return person("Siv Sys", system_administrator=municipality())


@pytest.fixture
def library():
    """A copy that a test may change."""
    return copy.deepcopy(shipped("socialtjanst"))


def change_area(area, by, **values):
    standing = QUALITY_AREAS.values_of(area)
    return save_register_row(
        area, by=by, register=QUALITY_AREAS, revision=latest_version(QUALITY_AREAS, area), **standing | values
    )


def newer(library):
    """The next year's edition, with one area said in other words and one action type more."""
    edition = replace(copy.deepcopy(library), version="2027.1")
    edition.sections["quality_areas"][0]["explanation"] = "Nya ord om självbestämmande."
    edition.sections["action_types"].append(
        {"key": "staff_ideas", "name": "Idéer", "strength": "weak", "explanation": "Förslag.", "order": 11}
    )
    return edition


def test_install_fills_every_register_and_the_matrix(installed):
    assert installed.counts == Counter({S.NEW: ROWS})
    assert {part.name: part.register.model.objects.count() for part in PARTS} == {
        "quality_areas": 6,
        "laws": 54,
        "provisions": 123,
        "document_kinds": 7,
        "goal_levels": 5,
        "action_types": 10,
        "frequencies": 7,
        "duty_templates": 19,
        "indicator_templates": 27,
        "risk_sources": 8,
        "operational_areas": 4,
        "role_texts": 16,
        "plan_texts": 9,
        "review_rules": 2,
        "responsibility_areas": 9,
        "expected_roles": 6,
        "organisation_texts": 6,
        "introduction_points": 19,
        "agreement_kinds": 6,
        "mandatory_bases": 3,
        "meeting_kinds": 10,
        "competences": 15,
    }
    assert matrix_in_force().in_force_from == date(2026, 3, 16)


def test_install_writes_what_the_file_says():
    area = QualityArea.objects.get(key="safety")
    quarter = Frequency.objects.get(key="quarter")
    text = PlanTextTemplate.objects.get(key="safety")
    matrix = content_of(matrix_in_force())
    assert (area.name, area.order, area.valid_from, area.valid_to) == (
        "Trygghet och säkerhet",
        3,
        date(2012, 1, 1),
        None,
    )
    assert (quarter.months, "var tredje månad" in quarter.synonyms) == (3, True)
    assert (text.quality_area, PlanTextTemplate.objects.get(key="purpose").quality_area) == (area, None)
    assert ActionType.objects.get(key="reminder").strength == "weak"
    assert RoleText.objects.get(role="auditor").text.startswith("Kontrollerar: ")
    assert (matrix["cells"][2, 4], matrix["cells"][4, 4], matrix["bands"]["green"][0]) == ("red", "red", "Låg risk")
    assert (matrix["axis_labels"]["severity", 4][0], matrix["severe_never_low"]) == ("Hög", False)


def test_install_is_audited_and_versioned():
    event = Event.objects.get(verb="library.installed")
    version = RegisterVersion.objects.get(register="malnivaer", row_id=GoalLevel.objects.get(key="vision").pk)
    assert event.after == {"library": "socialtjanst", "version": "2026.3", "new": ROWS}
    assert (version.number, version.reason) == (1, "Startbiblioteket Socialtjänst 2026.3.")
    assert Event.objects.filter(verb="goallevel.added").count() == 5


def test_a_second_install_changes_nothing(machine):
    before = (Event.objects.count(), RegisterVersion.objects.count(), Installation.objects.count())

    report = install_library("socialtjanst", by=machine)

    assert report.counts == Counter({S.UNCHANGED: ROWS})
    assert (Event.objects.count(), RegisterVersion.objects.count(), Installation.objects.count()) == before


def test_what_the_municipality_has_changed_is_kept(machine, administrator, library):
    area = QualityArea.objects.get(key="self_determination")
    change_area(area, administrator, explanation="Våra egna ord.")

    same = install(library, by=machine)
    later = install(newer(library), by=machine)

    area.refresh_from_db()
    assert area.explanation == "Våra egna ord."
    assert same.counts == Counter({S.UNCHANGED: ROWS - 1, S.KEPT: 1})
    assert later.counts == Counter({S.UNCHANGED: ROWS - 1, S.KEPT: 1, S.NEW: 1})


def test_a_newer_edition_changes_what_nobody_has_touched(machine, library):
    report = install(newer(library), by=machine)

    area = QualityArea.objects.get(key="self_determination")
    assert report.counts == Counter({S.UNCHANGED: ROWS - 1, S.CHANGED: 1, S.NEW: 1})
    assert (area.explanation, latest_version(QUALITY_AREAS, area)) == ("Nya ord om självbestämmande.", 2)
    assert install(newer(library), by=machine).counts == Counter({S.UNCHANGED: ROWS + 1})
    assert [row.version for row in Installation.objects.all()] == ["2027.1", "2026.3"]


def test_a_matrix_in_force_is_exchanged_by_people_only(machine, administrator, library):
    put_matrix_in_force(draft_matrix(by=administrator), by=administrator, from_date=date(2026, 3, 16))
    edition = replace(library, version="2027.1", risk_matrix=library.risk_matrix | {"note": "Ny anmärkning."})

    same, later = install(library, by=machine), install(edition, by=machine)

    assert (same.counts[S.UNCHANGED], later.counts[S.KEPT], matrix_in_force().number) == (ROWS, 1, 2)
