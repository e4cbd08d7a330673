from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hjulet.actions.models import ActionType, Strength
from hjulet.actions.registers import ACTION_TYPES
from hjulet.audit.models import Event
from hjulet.base.operations import EditConflict
from hjulet.collaboration.models import RegisterVersion
from hjulet.collaboration.registers.operations import save_register_row
from hjulet.collaboration.registers.queries import history_of, latest_version
from hjulet.collaboration.registers.role_texts import ROLE_TEXTS
from hjulet.monitoring.frequencies.registers import FREQUENCIES
from hjulet.monitoring.models import Frequency
from hjulet.organisation.models import RoleText
from hjulet.planning.goals.registers import GOAL_LEVELS
from hjulet.planning.quality_plan.models import PlanTextTemplate
from hjulet.planning.quality_plan.registers import PLAN_TEXTS
from hjulet.planning.risks.registers import OPERATIONAL_AREAS, RISK_SOURCES
from hjulet.rulebook.models import QualityArea
from hjulet.rulebook.quality_areas.registers import QUALITY_AREAS
from tests import factories

pytestmark = pytest.mark.django_db
TRAINING = {"name": "Utbildning", "strength": Strength.WEAK, "explanation": "", "order": 1}


@pytest.fixture
def developer():
    return factories.person("Kim Kvalitet", quality_developer=factories.committee())


def added(by, **values):
    return save_register_row(ActionType(), by=by, register=ACTION_TYPES, **TRAINING | values)


def shown(register, row):
    return [
        (version.number, version.by, version.reason, [(d.label, d.before, d.after) for d in version.differences])
        for version in history_of(register, row)
    ]


def test_a_new_row_is_its_first_version(developer):
    row = added(developer, reason="Saknades")

    assert (row.key, row.name, row.strength, row.order) == ("utbildning", "Utbildning", Strength.WEAK, 1)
    assert shown(ACTION_TYPES, row) == [
        (
            1,
            "Kim Kvalitet",
            "Saknades",
            [
                ("Namn", None, "Utbildning"),
                ("Styrka", None, "Svag"),
                ("Förklaring", None, ""),
                ("Ordning", None, "1"),
            ],
        )
    ]
    event = Event.objects.get()
    assert (event.verb, event.target_id, event.before, event.after) == ("actiontype.added", row.pk, {}, TRAINING)


def test_a_change_is_a_new_version_with_what_changed(developer):
    row = added(developer)

    save_register_row(
        row,
        by=developer,
        register=ACTION_TYPES,
        revision=1,
        reason="Tydligare",
        **TRAINING | {"name": "Utbildning i grupp", "strength": Strength.INTERMEDIATE},
    )

    assert shown(ACTION_TYPES, row)[0] == (
        2,
        "Kim Kvalitet",
        "Tydligare",
        [("Namn", "Utbildning", "Utbildning i grupp"), ("Styrka", "Svag", "Medelstark")],
    )
    row.refresh_from_db()
    assert (row.key, row.name) == ("utbildning", "Utbildning i grupp")
    event = Event.objects.first()
    assert (event.verb, event.before, event.after) == (
        "actiontype.changed",
        {"name": "Utbildning", "strength": "weak"},
        {"name": "Utbildning i grupp", "strength": "intermediate"},
    )


def test_a_row_from_the_library_keeps_how_it_was(developer):
    row = ActionType.objects.create(key="checklist", name="Checklista", strength=Strength.INTERMEDIATE)
    assert latest_version(ACTION_TYPES, row) == 0

    values = {"name": "Checklista", "strength": Strength.WEAK, "explanation": "", "order": 0}
    save_register_row(row, by=developer, register=ACTION_TYPES, revision=0, reason="Svagare", **values)

    assert [(number, by, reason) for number, by, reason, _changes in shown(ACTION_TYPES, row)] == [
        (2, "Kim Kvalitet", "Svagare"),
        (1, "Kvalitetshjulet", "Så som raden var från början."),
    ]
    assert shown(ACTION_TYPES, row)[0][3] == [("Styrka", "Medelstark", "Svag")]
    assert list(RegisterVersion.objects.order_by("number").values_list("values", flat=True)) == [
        {"name": "Checklista", "strength": "intermediate", "explanation": "", "order": 0},
        {"name": "Checklista", "strength": "weak", "explanation": "", "order": 0},
    ]
    row.refresh_from_db()
    assert row.key == "checklist"


def test_saving_the_same_again_is_no_version(developer):
    row = added(developer)

    save_register_row(row, by=developer, register=ACTION_TYPES, revision=1, **TRAINING)

    assert (latest_version(ACTION_TYPES, row), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize("revision", [0, 2])
def test_a_change_of_another_version_is_a_conflict(developer, revision):
    row = added(developer)

    with pytest.raises(EditConflict) as conflict:
        save_register_row(row, by=developer, register=ACTION_TYPES, revision=revision, **TRAINING | {"order": 9})

    assert (conflict.value.current, conflict.value.current.revision, conflict.value.current.order) == (row, 1, 1)


def test_names_alike_get_keys_of_their_own(developer):
    assert [added(developer).key for _ in range(3)] == ["utbildning", "utbildning-2", "utbildning-3"]


@pytest.mark.parametrize("role", ["unit_manager", "auditor", "committee_member"])
def test_registers_are_changed_by_those_who_manage_them(role):
    person = factories.person("Karin Ek", **{role: factories.committee()})

    with pytest.raises(PermissionDenied):
        added(person)

    assert ActionType.objects.count() == 0


def test_what_the_row_may_not_be_is_refused(developer):
    with pytest.raises(ValidationError) as error:
        save_register_row(
            Frequency(),
            by=developer,
            register=FREQUENCIES,
            name="Var femte månad",
            months=5,
            synonyms=[],
            order=1,
        )

    assert error.value.messages == ["Antalet månader ska dela året jämnt: 1, 2, 3, 4, 6 eller 12."]
    assert RegisterVersion.objects.count() == 0


def test_related_rows_and_lists_read_as_words(developer):
    area = QualityArea.objects.create(name="Trygghet", key="trygg", explanation="x", valid_from=date(2020, 1, 1))
    text = save_register_row(
        PlanTextTemplate(), by=developer, register=PLAN_TEXTS, title="Trygghet", quality_area=area, body="", order=1
    )
    frequency = save_register_row(
        Frequency(), by=developer, register=FREQUENCIES, name="Kvartal", months=3, synonyms=["4 ggr/år", "kv"], order=1
    )

    assert shown(PLAN_TEXTS, text)[0][3][1] == ("Kvalitetsområde", None, "Trygghet")
    assert shown(FREQUENCIES, frequency)[0][3][1:3] == [
        ("Månader mellan gångerna", None, "3"),
        ("Skrivs också", None, "4 ggr/år, kv"),
    ]


def test_a_row_without_key_needs_none(developer):
    row = save_register_row(RoleText(), by=developer, register=ROLE_TEXTS, role="lawyer", text="Bevakar lagen.")

    assert shown(ROLE_TEXTS, row)[0][3] == [("Roll", None, "Jurist"), ("Ansvar", None, "Bevakar lagen.")]


def test_every_register_names_fields_of_its_model():
    registers = (
        ROLE_TEXTS,
        QUALITY_AREAS,
        ACTION_TYPES,
        FREQUENCIES,
        GOAL_LEVELS,
        RISK_SOURCES,
        OPERATIONAL_AREAS,
        PLAN_TEXTS,
    )

    left_out = {
        register.key: {field.name for field in register.model._meta.concrete_fields} - {*register.fields, "id", "key"}
        for register in registers
    }

    assert left_out == {register.key: set() for register in registers}
    assert len(left_out) == 8
