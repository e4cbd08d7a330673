import random
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hjulet.audit.models import Event
from hjulet.base.intake.faults import FaultyFile
from hjulet.organisation.models import Person, RoleAssignment, Unit
from hjulet.organisation.people.operations import add_person, stop_login
from hjulet.organisation.roles.operations import end_assignment
from hjulet.organisation.units.operations import close_unit
from tests.factories import committee, municipality, person, unit
from tests.organisation.importing.walks import (
    HEADINGS,
    PERSON_ROWS,
    UNIT_ROWS,
    book,
    changed,
    csv_file,
    take_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _municipality():
    municipality()


def faults(content, **given):
    with pytest.raises(FaultyFile) as error:
        take_in(content, **given)
    return error.value.messages


def places():
    units = Unit.objects.exclude(external_id="").order_by("external_id")
    return [(unit.external_id, unit.name, unit.kind, unit.parent.name, unit.code) for unit in units]


def held():
    rows = RoleAssignment.objects.order_by("person__name", "unit__external_id")
    return [(row.person.name, row.role, row.unit.name, row.valid_from, row.valid_to) for row in rows]


def test_units_people_and_roles_come_in_whatever_the_order():
    result = take_in()

    assert places() == [
        ("U1", "Socialnämnden", "committee", "Ekliden", "SN"),
        ("U2", "Hemtjänst Norr", "unit", "Socialnämnden", "4711"),
        ("U3", "Grupp Gul", "group", "Hemtjänst Norr", ""),
    ]
    assert held() == [
        ("Karin Ek", "quality_developer", "Socialnämnden", date(2026, 2, 1), date(2026, 12, 31)),
        ("Karin Ek", "unit_manager", "Hemtjänst Norr", date(2026, 2, 1), None),
    ]
    assert (result.new, result.changed, result.unchanged, result.missing) == (
        [
            "Nämnd: Socialnämnden (U1)",
            "Enhet: Hemtjänst Norr (U2)",
            "Grupp: Grupp Gul (U3)",
            "Person: Karin Ek (P1)",
            "Roll: Karin Ek, Enhetschef, Hemtjänst Norr",
            "Roll: Karin Ek, Kvalitetsutvecklare, Socialnämnden",
            "Person: Åsa Öst (P2)",
        ],
        [],
        0,
        [],
    )


def test_a_second_time_changes_nothing():
    take_in()
    events = Event.objects.count()

    result = take_in()

    assert (result.changes_nothing, result.unchanged, result.missing) == (True, 5, [])
    assert Event.objects.count() == events


def test_check_tells_what_would_happen_and_saves_nothing():
    result = take_in(check=True)

    assert (len(result.new), result.is_check) == (7, True)
    assert (places(), held(), Event.objects.count()) == ([], [], 0)


def test_the_new_cannot_log_in_until_they_are_let_in():
    result = take_in()

    karin = Person.objects.get(external_id="P1")
    assert (karin.has_usable_password(), karin.must_change_password, result.passwords) == (False, False, [])


def test_the_new_get_one_time_passwords_when_that_is_asked_for():
    result = take_in(give_passwords=True)

    assert [
        (person.name, person.check_password(password), person.must_change_password)
        for person, password in result.passwords
    ] == [
        ("Karin Ek", True, True),
        ("Åsa Öst", True, True),
    ]


def test_what_differs_is_changed_and_the_rest_left_alone():
    take_in()
    units = changed(UNIT_ROWS, 1, name="Hemtjänst Nord", code="4712")
    people = changed(changed(PERSON_ROWS, 0, email="karin.ek@example.org", valid_to="2026-06-30"), 2, title="Kurator")

    result = take_in(book(units, people))

    assert (result.new, result.changed, result.unchanged) == (
        [],
        [
            "Enhet: Hemtjänst Nord (Namn: Hemtjänst Norr → Hemtjänst Nord, Beteckning: 4711 → 4712)",
            "Person: Karin Ek (E-postadress: karin@example.org → karin.ek@example.org)",
            "Roll: Karin Ek, Enhetschef, Hemtjänst Nord (Till och med: – → 2026-06-30)",
            "Person: Åsa Öst (Titel: – → Kurator)",
        ],
        2,
    )
    assert places()[1] == ("U2", "Hemtjänst Nord", "unit", "Socialnämnden", "4712")
    assert held()[1][-1] == date(2026, 6, 30)


def test_what_was_made_by_hand_is_known_again_and_gets_its_id():
    board = committee("Socialnämnden")
    north = unit(board, "Hemtjänst Norr")
    karin = person("Karin Ek", unit_manager=north)
    karin.email = "Karin@Example.org"
    karin.save()

    result = take_in(book(people=PERSON_ROWS[:1]))

    assert (Unit.objects.count(), Person.objects.filter(is_machine=False).count()) == (4, 1)
    assert result.new == ["Grupp: Grupp Gul (U3)"]
    assert result.changed == [
        "Nämnd: Socialnämnden (Beteckning: – → SN, Id: – → U1)",
        "Enhet: Hemtjänst Norr (Beteckning: – → 4711, Id: – → U2)",
        "Person: Karin Ek (Id: – → P1, E-postadress: Karin@Example.org → karin@example.org, Titel: – → Chef)",
    ]


def test_what_is_not_in_the_file_is_only_told():
    take_in()

    result = take_in(book(UNIT_ROWS[1:], PERSON_ROWS[:1]))

    assert (result.changes_nothing, result.missing) == (
        True,
        ["Roll: Karin Ek, Kvalitetsutvecklare, Socialnämnden", "Person: Åsa Öst", "Grupp: Grupp Gul"],
    )


def test_what_is_not_in_the_file_is_ended_when_that_is_asked_for():
    take_in()

    result = take_in(book(UNIT_ROWS[2:], PERSON_ROWS[:1]), end=["enheter", "personer", "roller"])

    assert (result.ended, result.missing, result.kept) == (
        [
            "Roll: Karin Ek, Kvalitetsutvecklare, Socialnämnden",
            "Person: Åsa Öst",
            "Grupp: Grupp Gul",
            "Enhet: Hemtjänst Norr",
        ],
        [],
        [],
    )
    assert dict(Unit.objects.exclude(external_id="").values_list("external_id", "valid_to")) == {
        "U1": None,
        "U2": date(2026, 3, 16),
        "U3": date(2026, 3, 16),
    }
    assert Person.objects.get(external_id="P2").is_active is False
    assert held()[0][-1] == date(2026, 3, 16)


def test_what_cannot_be_ended_is_kept_and_says_why():
    admin = person("Ada Min", system_administrator=municipality())
    take_in(book(people=[("P9", "Ada Min", admin.email, "", "", "", "", "")]))

    result = take_in(book(people=PERSON_ROWS), by=admin, end=["personer", "roller"])

    assert result.kept == [
        (
            "Person: Ada Min. Det här är din sista roll som systemförvaltare. "
            "Be en annan systemförvaltare att avsluta den."
        )
    ]
    admin.refresh_from_db()
    assert admin.is_active is True


def test_those_without_an_id_are_no_business_of_the_file():
    take_in()
    add_person(by=Person.objects.machine(), name="Egen Konsult", email="egen@example.org")
    unit(Unit.objects.get(external_id="U1"), "Projektet")

    assert take_in(end=["enheter", "personer", "roller"]).ended == []


@pytest.mark.parametrize(
    ("number", "values", "sentence"),
    [
        (0, {"parent": "U9"}, "Enheter D2: ingen enhet har id:t ”U9”, varken här eller i filen."),
        (
            0,
            {"kind": "Avdelning"},
            "Enheter C2: ”Avdelning” är inget slag av enhet. Menade du Förvaltning? Tillåtet: Kommun, Nämnd, Förvaltning, Enhet, Grupp, Utförare.",
        ),
        (0, {"kind": "Nämnd"}, "Enheter rad 2: Nämnd kan inte ligga under Hemtjänst Norr. Välj en kommun."),
        (0, {"valid_from": "1/1 2026"}, "Enheter F2: ”1/1 2026” är inte ett datum. Skriv ÅÅÅÅ-MM-DD."),
        (
            0,
            {"valid_from": "2025-01-01"},
            "Enheter rad 2: Hemtjänst Norr finns inte 2025-01-01. Välj ett annat startdatum.",
        ),
        (0, {"valid_to": "2025-01-01"}, "Enheter rad 2: Slutdatum ska vara samma dag som startdatum eller senare."),
        (0, {"external_id": "U2"}, "Enheter A3: id:t står redan på rad 2."),
        (0, {"name": ""}, "Enheter B2: Namn saknas. Fyll i cellen."),
        (0, {"name": "x" * 201}, "Enheter B2: texten är 201 tecken. Högst 200."),
    ],
)
def test_a_wrong_unit_is_told_with_its_place(number, values, sentence):
    assert sentence in faults(book(changed(UNIT_ROWS, number, **values), None))
    assert Unit.objects.count() == 1


def test_the_municipality_may_stand_in_the_file_and_is_never_made_by_it():
    rows = [("K1", "Ekliden", "Kommun", "", "", "", ""), *changed(UNIT_ROWS, 2, parent="K1")]
    take_in(book(rows, None))
    assert Unit.objects.get(external_id="K1") == municipality()

    rows[0] = ("K2", "Annan kommun", "Kommun", "", "", "", "")
    assert faults(book(rows[:1], None)) == [
        "Enheter C2: kommunen läggs upp när Kvalitetshjulet installeras, inte från en fil."
    ]


def test_a_role_does_not_outlive_its_unit():
    rows = changed(changed(UNIT_ROWS, 0, valid_to="2026-12-31"), 1, valid_to="2026-12-31")

    assert faults(book(rows)) == ["Personer H2: Hemtjänst Norr stängs 2026-12-31."]


def test_units_in_a_circle_are_told_once():
    rows = changed(UNIT_ROWS, 1, parent="U3")

    assert faults(book(rows, None)) == ["Enheter D2: enheten skulle ligga under sig själv: U3 → U2 → U3."]


def test_what_lies_under_a_faulty_unit_says_so():
    rows = changed(UNIT_ROWS, 1, parent="U9")

    assert faults(book(rows, None)) == [
        "Enheter D3: ingen enhet har id:t ”U9”, varken här eller i filen.",
        "Enheter D2: enheten ”U2” kunde inte läsas in.",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"parent": "U1", "kind": "Enhet"},
            (
                "Enheter C2: enheten är grupp i Kvalitetshjulet. Slaget ändras inte från en fil: "
                "ge en ny enhet ett nytt id."
            ),
        ),
        (
            {"parent": "U4"},
            (
                "Enheter D2: enheten ligger under Hemtjänst Norr i Kvalitetshjulet. "
                "Flytta den till Hemtjänst Syd med Omorganisera först."
            ),
        ),
    ],
)
def test_a_unit_keeps_its_kind_and_its_place(values, sentence):
    rows = (*UNIT_ROWS, ("U4", "Hemtjänst Syd", "Enhet", "U1", "", "2026-01-01", ""))
    take_in(book(rows, None))

    assert faults(book(changed(rows, 0, **values), None)) == [sentence]


def test_a_closed_unit_stays_closed():
    take_in(book(people=None))
    group = Unit.objects.get(external_id="U3")
    close_unit(group, by=Person.objects.machine(), revision=1, valid_to=date(2026, 2, 28))

    assert faults(book(people=None)) == [
        "Enheter G2: enheten är stängd i Kvalitetshjulet: sista dagen är 2026-02-28. Ge en ny enhet ett nytt id."
    ]


def test_a_unit_that_ends_in_the_file_is_closed_after_those_under_it():
    take_in(book(people=None))
    rows = changed(changed(UNIT_ROWS, 0, valid_to="2026-12-31"), 1, valid_to="2026-12-31")

    result = take_in(book(rows, None))

    assert result.changed == [
        "Enhet: Hemtjänst Norr (Gäller till och med: – → 2026-12-31)",
        "Grupp: Grupp Gul (Gäller till och med: – → 2026-12-31)",
    ]
    assert Unit.objects.filter(valid_to=date(2026, 12, 31)).count() == 2


@pytest.mark.parametrize(
    ("number", "values", "sentence"),
    [
        (0, {"role": "Chef"}, "Personer E2: ”Chef” är ingen roll. Menade du "),
        (0, {"unit": "U9"}, "Personer F2: ingen enhet har id:t ”U9”, varken här eller i filen."),
        (0, {"unit": ""}, "Personer F2: enheten saknas. Fyll i enhetens id."),
        (0, {"role": ""}, "Personer E2: rollen saknas. Fyll i cellen, eller lämna enheten tom."),
        (0, {"valid_from": "igår"}, "Personer G2: ”igår” är inte ett datum. Skriv ÅÅÅÅ-MM-DD."),
        (0, {"valid_to": "2026-01-01"}, "Personer rad 2: Slutdatum ska vara samma dag som startdatum eller senare."),
        (0, {"email": "karin"}, "Personer C2: Fyll i en giltig e-postadress."),
        (0, {"email": ""}, "Personer C2: E-postadress saknas. Fyll i cellen."),
        (0, {"name": ""}, "Personer B2: Namn saknas. Fyll i cellen."),
        (1, {"name": "Karin Al"}, "Personer B3: det står något annat på rad 2 om samma person."),
        (2, {"email": "KARIN@example.org"}, "Personer C4: e-postadressen används redan av Karin Ek."),
    ],
)
def test_a_wrong_person_is_told_with_its_place(number, values, sentence):
    told = faults(book(people=changed(PERSON_ROWS, number, **values)))

    assert [fault[: len(sentence)] for fault in told] == [sentence]
    assert (Unit.objects.count(), Person.objects.filter(is_machine=False).count()) == (1, 0)


def test_an_address_of_somebody_with_another_id_is_taken():
    take_in()

    assert faults(book(people=changed(PERSON_ROWS, 2, external_id="P3"))) == [
        "Personer C4: e-postadressen används redan av Åsa Öst."
    ]


def test_a_role_that_has_ended_is_given_anew_from_a_later_day():
    take_in()
    role = RoleAssignment.objects.get(role="unit_manager")
    end_assignment(role, by=Person.objects.machine(), valid_to=date(2026, 3, 1))

    assert faults(book()) == [
        "Personer H2: rollen slutar 2026-03-01 i Kvalitetshjulet. Ge den på nytt från en senare dag."
    ]
    assert take_in(book(people=changed(PERSON_ROWS, 0, valid_from="2026-04-01"))).new == [
        "Roll: Karin Ek, Enhetschef, Hemtjänst Norr"
    ]


def test_somebody_who_was_shut_out_is_not_let_in_by_the_file():
    take_in()
    asa = Person.objects.get(external_id="P2")
    stop_login(asa, by=Person.objects.machine(), reason="Slutat.")

    assert take_in().changes_nothing
    asa.refresh_from_db()
    assert asa.is_active is False


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_as_other_systems_write_it(encoding, delimiter):
    take_in(csv_file("Enheter", UNIT_ROWS, encoding=encoding, delimiter=delimiter))
    take_in(csv_file("Personer", PERSON_ROWS, encoding=encoding, delimiter=delimiter))

    assert places()[1] == ("U2", "Hemtjänst Norr", "unit", "Socialnämnden", "4711")
    assert [row[0] for row in held()] == ["Karin Ek", "Karin Ek"]
    assert Person.objects.filter(name="Åsa Öst").count() == 1


def test_a_sheet_that_is_not_in_the_file_ends_nothing():
    take_in()

    result = take_in(book(UNIT_ROWS, None), end=["enheter", "personer", "roller"])

    assert (result.changes_nothing, result.missing) == (True, [])


def test_columns_that_nothing_is_said_in_change_nothing():
    take_in()
    few = [row[:3] for row in PERSON_ROWS if row[1]]

    result = take_in(book(None, few, Personer=HEADINGS["Personer"][:3]), end=["roller"])

    assert (result.changes_nothing, result.ended) == (True, [])


def test_columns_of_the_other_system_are_told_and_not_read():
    headings = [*HEADINGS["Personer"], "Lön"]

    result = take_in(book(people=[(*row, 1) for row in PERSON_ROWS], Personer=headings))

    assert result.ignored == ["Personer: kolumnen Lön läses inte."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (book(None, [], Personer=["Id", "Namn"]), "Personer: kolumnen E-postadress saknas. Utgå från mallen."),
        (b"a;b\n1;2\n", "Enheter eller Personer: inget av bladen finns i filen. Utgå från mallen."),
        (b"", "Enheter eller Personer: inget av bladen finns i filen. Utgå från mallen."),
        (b"Id;Namn\x00\n", "Filen är varken en Excel-fil (.xlsx) eller en CSV-fil."),
        (b'Id;"Namn\n', "CSV-filen går inte att läsa. Se efter att varje citattecken har ett som avslutar det."),
        (b"Id;Namn\n" + b"1;2\n" * 5001, "Filen har fler än 5000 rader. Dela upp den i flera filer."),
        (b"x" * 2_000_001, "Filen är för stor. Den får vara högst 2 MB."),
        (b";" * 300 + b"x", "Filen har fler än 200 kolumner."),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content, sentence):
    with pytest.raises(ValidationError) as error:
        take_in(content)

    assert error.value.messages == [sentence]


def test_a_manager_of_one_committee_does_not_change_another():
    take_in()
    other = committee("Skolnämnden")
    ola = person("Ola Berg", system_administrator=other)

    assert faults(book(changed(UNIT_ROWS, 1, name="Kapad"), None), by=ola) == [
        "Enheter rad 3: du har inte rätt att göra den här ändringen."
    ]


def test_only_who_manages_the_organisation_reads_it_in():
    manager = person("Karin Al", unit_manager=unit(committee()))

    with pytest.raises(PermissionDenied):
        take_in(by=manager)


def test_statements_of_a_file_that_changes_nothing_do_not_grow_with_it():
    def statements(count):
        people = [(f"P{n}", f"Kim {n}", f"kim{n}@example.org", "", "Medarbetare", "U2", "", "") for n in range(count)]
        content = book(people=people)
        take_in(content)
        with CaptureQueriesContext(connection) as asked:
            assert take_in(content, check=True).changes_nothing
        return len(asked)

    assert statements(3) - 3 * ROW_SAVEPOINTS == statements(30) - 30 * ROW_SAVEPOINTS


ROW_SAVEPOINTS = 4


@pytest.mark.parametrize("seed", range(3))
def test_a_large_tree_comes_in_from_any_order(seed):
    order = random.Random(seed)
    rows = [("U1", "Socialnämnden", "Nämnd", "", "", "", "")]
    rows += [(f"E{n}", f"Enhet {n}", "Enhet", order.choice(rows)[0], "", "", "") for n in range(20)]
    shuffled = order.sample(rows, len(rows))

    take_in(book(shuffled, None))

    there = {unit.external_id: unit.parent.external_id for unit in Unit.objects.exclude(external_id="")}
    assert there == {row[0]: row[3] for row in rows}
    assert take_in(book(rows, None)).changes_nothing
