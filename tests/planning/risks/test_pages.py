from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.planning.models import OperationalArea, Risk, RiskSource
from hjulet.planning.risk_analyses import operations as analyses
from hjulet.planning.risks import operations
from hjulet.planning.risks.models import Occasion
from tests.actions.walks import plan as plan_action
from tests.factories import committee, group, person, unit
from tests.monitoring.self_monitoring.walks import every, occurrence_at, record
from tests.monitoring.self_monitoring.walks import first as first_occurrence
from tests.monitoring.self_monitoring.walks import plan as plan_control
from tests.planning.goals.walks import goal
from tests.planning.walks import TODAY, analysis, assess, quality_area, risk

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(home_care, client):
    manager = person(unit_manager=home_care)
    client.force_login(manager)
    return manager


@pytest.fixture
def year(manager, home_care):
    return analysis(manager, home_care)


@pytest.fixture
def outsider():
    return person("Ola Berg", unit_manager=unit(committee("Äldrenämnden"), "Särskilt boende"))


def titles(response):
    return [cells[1][1].text for cells in response.context["shown"].rows]


def rich(manager, year, rows=1):
    """A risk with so many of everything that its page shows."""
    row = risk(manager, year, 4, 4, goal=goal(manager, year.unit), source=source())
    for number in range(rows):
        action = plan_action(manager, year.unit, owner_person=person(f"Anna {number}"), due_date=TODAY)
        operations.answer_with_action(row, by=manager, action=action)
        control = plan_control(manager, year.unit, title=f"Kontroll {number}", owner_person=person(f"Kia {number}"))
        record(first_occurrence(control), manager)
        operations.check_with_control(row, by=manager, control=control)
        assess(row, manager, 4, 4)
    return row


def source():
    return RiskSource.objects.get_or_create(key="avvikelse", name="Avvikelse")[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_statements(client, manager, year, rows, django_assert_num_queries):
    for number in range(rows):
        row = risk(manager, year, 4, 4, quality_area=quality_area(f"a{number}"))
        operations.answer_with_action(row, by=manager, action=plan_action(manager, year.unit))

    with django_assert_num_queries(10):
        client.get(reverse("risks:list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_own_columns_on_the_page_and_in_excel(client, manager, year, rows, django_assert_num_queries):
    for number in range(rows):
        aim = goal(manager, year.unit, title=f"Mål {number}")
        risk(manager, year, 4, 4, title=f"Risk {number}", goal=aim, laws=["SoL"], source=source())
    asked = {"kol": ["title", "goal", "laws", "source", "role"], "sort": "title"}

    with django_assert_num_queries(10):
        response = client.get(reverse("risks:list"), asked)

    cells = [[str(cell) for _column, cell in row] for row in response.context["shown"].rows]
    assert cells == [[f"Risk {number}", f"Mål {number}", "SoL", "Avvikelse", ""] for number in range(rows)]
    assert '<details class="filters-more" open>' in response.content.decode()
    sheet = openpyxl.load_workbook(
        BytesIO(client.get(reverse("risks:list"), asked | {"format": "xlsx"}).content)
    ).active
    assert [list(row[:-1]) for row in sheet.iter_rows(values_only=True)] == [
        ["Risk", "Mål", "Lagrum", "Källa", "Ansvarig roll"],
        *([f"Risk {number}", f"Mål {number}", "SoL", "Avvikelse", ""] for number in range(rows)),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_statements(client, manager, year, rows, django_assert_num_queries):
    rich(manager, year, rows)
    row = analyses.start_analysis_from(year, by=manager).risks.get()

    with django_assert_num_queries(11):
        client.get(row.get_absolute_url())


def test_list_filters_and_sorts(client, manager, home_care, year):
    area = OperationalArea.objects.create(key="aldre", name="Äldreomsorg")
    red = risk(manager, year, 3, 4, title="Byt larm", laws=["SoL", "HSL"], source=source(), operational_area=area)
    risk(manager, year, 2, 4, title="Anlita tolk", quality_area=quality_area("tillit"), laws=["LSS"])
    risk(manager, year, 2, 2, title="Cykla lugnt")
    risk(manager, year, probability=None, title="Dela nyckel")
    below = group(home_care)
    risk(manager, analysis(manager, below, 2025), 1, 1, title="Elda inne")
    operations.mark_change(risk(manager, year, title="Fälla träd"), by=manager, change="gone", reason="Fällt.")

    def shown(**query):
        return titles(client.get(reverse("risks:list"), query))

    assert shown() == ["Byt larm", "Cykla lugnt", "Dela nyckel", "Anlita tolk", "Elda inne"]
    assert shown(sort="-level") == ["Byt larm", "Anlita tolk", "Cykla lugnt", "Elda inne", "Dela nyckel"]
    assert shown(q="tolk") == ["Anlita tolk"]
    assert shown(analysis=year.pk, band="yellow") == ["Cykla lugnt"]
    assert shown(unit=below.pk) == ["Elda inne"]
    assert shown(unit=home_care.pk) == shown()
    assert shown(year=2025) == ["Elda inne"]
    assert shown(quality_area=quality_area("tillit").pk) == ["Anlita tolk"]
    assert shown(source=red.source_id) == ["Byt larm"]
    assert (shown(law="SoL"), shown(law="LSS")) == (["Byt larm"], ["Anlita tolk"])
    assert shown(probability=3, severity=4) == ["Byt larm"]
    assert shown(lacking="assessment") == ["Dela nyckel"]
    assert shown(lacking="action") == ["Byt larm", "Anlita tolk"]
    assert shown(lacking="analysis") == ["Cykla lugnt"]
    assert shown(lacking="acceptance") == []
    assert shown(change="gone") == ["Fälla träd"]
    assert shown(analysis=999999) == []


def test_the_list_of_one_analysis_says_so(client, manager, year):
    risk(manager, year)

    one = client.get(reverse("risks:list"), {"analysis": year.pk})

    assert (one.context["analysis"], one.context["shown"].page.paginator.count) == (year, 1)
    assert f'name="analysis" value="{year.pk}"' in one.content.decode()
    assert client.get(reverse("risks:list")).context["analysis"] is None


def test_level_is_number_word_and_colour(client, manager, year):
    risk(manager, year, 4, 4)
    risk(manager, year, probability=None)

    cells = [row[2][1] for row in client.get(reverse("risks:list")).context["shown"].rows]

    assert [(str(cell), cell.color) for cell in cells] == [("16 Hög", "danger"), ("Inte bedömd", "neutral")]


def test_excel_holds_the_filtered_rows_as_text_and_stays_within_the_committee(client, manager, year, outsider):
    risk(manager, year, 4, 4, title="=1+1")
    risk(manager, year, 1, 1)
    risk(outsider, analysis(outsider, outsider.role_assignments.get().unit), 4, 4)

    response = client.get(reverse("risks:list"), {"format": "xlsx", "band": "red"})

    header, row = openpyxl.load_workbook(BytesIO(response.content))["Risker"].iter_rows()
    assert [cell.value for cell in header[:-1]] == [
        "Nr",
        "Risk",
        "Nivå",
        "Saknar",
        "Kvalitetsområde",
        "Sedan förra året",
        "Enhet",
        "År",
    ]
    assert [cell.value for cell in row[:-1]] == [
        "1.1",
        "=1+1",
        "16 Hög",
        "Åtgärd med ansvarig och sista dag",
        "Sakerhet",
        "Ny",
        "Hemtjänst Norr",
        2026,
    ]
    assert row[1].data_type == "s"


def test_empty_list_says_how_to_begin(client, manager):
    assert "Inga risker här" in client.get(reverse("risks:list")).content.decode()


def test_from_identified_to_planned_action_on_pages(client, manager, home_care, year):
    response = client.post(
        reverse("risks:identify", args=[year.pk]),
        {
            "title": "Sena besök",
            "deficiency": "Schemat stämmer inte.",
            "quality_area": quality_area().pk,
            "goal": goal(manager, home_care).pk,
            "laws": ["SoL", "HSL"],
            "responsible_role": "unit_manager",
        },
    )
    row = Risk.objects.get()
    assert (response.url, row.laws) == (reverse("risks:assess", args=[row.pk]), ["SoL", "HSL"])

    response = client.post(
        response.url,
        {
            "occasion": "initial",
            "assessed_date": "2026-03-16",
            "probability": "4",
            "severity": "4",
            "participants": "Alla",
        },
    )
    assert response.url == reverse("risks:plan_action", args=[row.pk])

    page = client.get(response.url)
    assert page.context["heading"] == "Planera åtgärd nu"
    assert [str(m) for m in page.context["messages"]] == [
        "Risken är tillagd. Bedöm hur sannolik och allvarlig den är.",
        "Bedömningen är sparad: 16 Hög.",
        "Röd risk utan åtgärd med ansvarig och sista dag.",
    ]

    typed = {"unit": home_care.pk, "title": "Lägg om schemat", "description": "Räkna med restider."}
    refused = client.post(response.url, typed)
    assert refused.context["form"].errors == {
        "due_date": ["Detta fält måste fyllas i."],
        "owner_person": ["Risken är röd. Välj vem som ansvarar för åtgärden."],
    }

    response = client.post(response.url, typed | {"owner_role": "unit_manager", "due_date": "2026-06-01"})
    assert (response.url, Action.objects.get().risks.get()) == (row.get_absolute_url(), row)
    assert client.get(response.url).context["page"].breaks == []


@pytest.mark.parametrize(("scores", "leads_to"), [((2, 2), "analyse_deeper"), ((1, 1), "detail")])
def test_an_assessment_leads_to_what_its_level_asks_for(client, manager, year, scores, leads_to):
    row = risk(manager, year, 4, 4)
    typed = {"occasion": "follow_up", "assessed_date": "2026-03-16", "probability": scores[0], "severity": scores[1]}

    response = client.post(reverse("risks:assess", args=[row.pk]), typed)

    assert response.url == reverse(f"risks:{leads_to}", args=[row.pk])


def test_an_answered_red_risk_asks_for_no_more(client, manager, home_care, year):
    row = risk(manager, year, 4, 4)
    action = plan_action(manager, home_care, owner_role="unit_manager", due_date=TODAY)
    operations.answer_with_action(row, by=manager, action=action)

    response = client.post(
        reverse("risks:plan_action", args=[row.pk]),
        {"unit": home_care.pk, "title": "En till", "description": "Utan dag."},
    )

    assert (response.url, row.actions.count()) == (row.get_absolute_url(), 2)


def test_the_year_with_a_risk_on_pages(client, manager, home_care, year):
    row = risk(manager, year, 1, 1)
    action, control = plan_action(manager, home_care), plan_control(manager, home_care)

    def post(name, *more, **data):
        response = client.post(reverse(f"risks:{name}", args=[row.pk, *more]), data)
        assert response.status_code == 302, response.context["form"].errors
        assert response.url == row.get_absolute_url()
        row.refresh_from_db()

    post("change", title="Mycket sena besök", deficiency="Schemat.", quality_area=row.quality_area_id, revision=1)
    post("analyse_deeper", text="Restider.", revision=2)
    post("accept", reason="Liten.", until="2026-12-31")
    post("withdraw_acceptance", reason="Den växer.")
    post("answer_with_action", action=action.pk)
    post("remove_action", action.pk, reason="Fel åtgärd.")
    post("check_with_control", control=control.pk)
    post("remove_control", control.pk, reason="Fel kontroll.")
    post(
        "plan_control",
        unit=home_care.pk,
        title="Stickprov av besök",
        method="Stickprov",
        frequency=every(12).pk,
        starts_date="2026-01-01",
        ends_date="2026-12-31",
        result_kind="share",
        comparator=">=",
        target="90",
        measure="%",
    )
    post("mark_change", change="gone", reason="Inte vårt längre.")

    assert (row.title, row.deeper_analysis, row.accepted_until, row.change) == (
        "Mycket sena besök",
        "Restider.",
        None,
        "gone",
    )
    assert (row.actions.count(), [control.title for control in row.controls.all()]) == (0, ["Stickprov av besök"])


def test_conflicting_changes_show_both(client, manager, year):
    row = risk(manager, year, 2, 2)
    address = reverse("risks:analyse_deeper", args=[row.pk])
    client.post(address, {"text": "Restider.", "revision": 1})

    response = client.post(address, {"text": "Vikarier.", "revision": 1})

    form = response.context["form"]
    assert (form.conflicts, form["revision"].value()) == (
        [("Fördjupad analys", "Vikarier.", "Restider.", "choose-text")],
        "2",
    )


def test_forms_offer_only_what_is_possible(client, manager, home_care, year, outsider):
    other_goal = goal(outsider, outsider.role_assignments.get().unit)
    own_goal = goal(manager, home_care)
    row = risk(manager, year, 1, 1, goal=own_goal)
    linked, free = plan_action(manager, home_care), plan_action(manager, home_care)
    plan_action(outsider, outsider.role_assignments.get().unit)
    operations.answer_with_action(row, by=manager, action=linked)

    def offered(name, field):
        return [
            str(value)
            for value, _label in client.get(reverse(f"risks:{name}", args=[row.pk]))
            .context["form"][field]
            .field.choices
        ]

    assert offered("answer_with_action", "action") == ["", str(free.pk)]
    assert offered("change", "goal") == ["", str(own_goal.pk)]
    assert offered("mark_change", "change") == ["new", "gone"]
    assert offered("assess", "occasion") == ["initial", "follow_up", "target"]
    assert offered("plan_action", "unit") == ["", str(home_care.pk)]
    assert str(other_goal.pk) not in offered("change", "goal")

    analyses.conclude_analysis(year, by=manager)
    assert offered("assess", "occasion") == ["follow_up", "target"]


def test_a_goal_whose_time_is_over_stays_with_its_risk(client, manager, home_care, year):
    old = goal(manager, home_care, first_year=2026, last_year=2026)
    risk(manager, year, 1, 1, goal=old)
    row = analyses.start_analysis_from(year, by=manager).risks.get()

    choices = client.get(reverse("risks:change", args=[row.pk])).context["form"]["goal"].field.queryset

    assert list(choices) == [old]


def test_detail_tells_the_whole_thread(client, manager, home_care, year):
    row = rich(manager, year)
    assess(row, manager, 1, 1, occasion=Occasion.TARGET)
    following = analyses.start_analysis_from(year, by=manager).risks.get()

    page = client.get(row.get_absolute_url()).context["page"]
    assert [(checked.control.title, checked.outcome.figure) for checked in page.controls] == [("Kontroll 0", "90 %")]
    assert [found.title for found in page.chain] == ["Alla möter högst tolv personer under två veckor"]
    assert (page.target.level, [action.title for action in page.actions]) == ("1 Låg", ["Se över schemat"])

    html = client.get(following.get_absolute_url()).content.decode()
    assert f'href="{row.get_absolute_url()}"' in html


def test_an_action_that_may_not_be_seen_still_answers(client, manager, home_care, year):
    below = group(home_care)
    row = risk(manager, analysis(manager, below), 4, 4)
    action = plan_action(manager, home_care, owner_role="unit_manager", due_date=TODAY)
    operations.answer_with_action(row, by=manager, action=action)

    page = client.get(row.get_absolute_url()).context["page"]
    client.force_login(person("Rita Revisor", auditor=below))
    audited = client.get(row.get_absolute_url()).context["page"]

    assert (page.actions, audited.actions, audited.breaks) == ([action], [], [])


def test_buttons_say_what_stands_in_the_way(client, manager, year):
    row = risk(manager, year, 4, 4)

    html = client.get(row.get_absolute_url()).content.decode()

    assert "Bara en grön risk kan accepteras. En röd risk ska ha en åtgärd nu." in html


def test_panels_of_lower_pages(client, manager, home_care, year):
    aim = goal(manager, home_care)
    found = occurrence_at("done", manager, home_care)
    row = risk(manager, year, 4, 4, goal=aim, occurrence=found)
    risk(manager, year, 1, 1, title="En annan")
    action, control = plan_action(manager, home_care), found.control
    operations.answer_with_action(row, by=manager, action=action)
    operations.check_with_control(row, by=manager, control=control)

    for name, target in {"action": action, "control": control, "goal": aim, "occurrence": found}.items():
        address = reverse(f"risks:for_{name}", args=[target.pk])
        whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
        assert list(whole.context["risks"]) == [row]
        assert part.content.decode().strip() in whole.content.decode()
        assert "<html" not in part.content.decode()

    assert (
        f'hx-get="{reverse("risks:for_action", args=[action.pk])}"'
        in client.get(action.get_absolute_url()).content.decode()
    )


def test_a_finding_becomes_a_risk(client, manager, home_care, year):
    analyses_elsewhere = analysis(manager, group(home_care))
    found = occurrence_at("planned", manager, home_care)
    record(found, manager, finding="Planer saknas i fem ärenden.")

    panel = client.get(reverse("risks:for_occurrence", args=[found.pk]))
    assert panel.context["analyses"] == [year]
    assert analyses_elsewhere not in panel.context["analyses"]

    address = f"{reverse('risks:identify', args=[year.pk])}?tillfalle={found.pk}"
    assert f'href="{address}"' in panel.content.decode()
    assert client.get(address).context["form"]["source_note"].value() == "Planer saknas i fem ärenden."
    client.post(
        address, {"title": "Inaktuella planer", "deficiency": "De följs inte upp.", "quality_area": quality_area().pk}
    )

    assert Risk.objects.get().occurrence == found


@pytest.mark.parametrize("asked", ["x", "999999"])
def test_a_finding_that_is_not_there_is_left_out(client, manager, year, asked):
    client.post(
        f"{reverse('risks:identify', args=[year.pk])}?tillfalle={asked}",
        {"title": "Sena besök", "deficiency": "Schemat.", "quality_area": quality_area().pk},
    )

    assert Risk.objects.get().occurrence is None


NAMES = (
    "detail",
    "change",
    "mark_change",
    "assess",
    "analyse_deeper",
    "accept",
    "withdraw_acceptance",
    "plan_action",
    "answer_with_action",
    "plan_control",
    "check_with_control",
)


def test_another_committee_gets_not_found(client, manager, home_care, year, outsider):
    row = rich(manager, year)
    linked = {"remove_action": row.actions.get(), "remove_control": row.controls.get()}
    addresses = [
        *(reverse(f"risks:{name}", args=[row.pk]) for name in NAMES),
        *(reverse(f"risks:{name}", args=[row.pk, target.pk]) for name, target in linked.items()),
        reverse("risks:identify", args=[year.pk]),
        reverse("risks:for_action", args=[row.actions.get().pk]),
        reverse("risks:for_control", args=[row.controls.get().pk]),
        reverse("risks:for_goal", args=[row.goal_id]),
    ]
    client.force_login(outsider)

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 404)
    assert titles(client.get(reverse("risks:list"))) == []
    assert titles(client.get(reverse("risks:list"), {"analysis": year.pk})) == []


def test_reader_is_refused_what_only_leaders_do(client, manager, home_care, year):
    row = risk(manager, year, 1, 1)
    client.force_login(person("Nils", committee_member=home_care.committee))

    page = client.get(row.get_absolute_url()).context["page"]
    assert (page.may_work, page.may_accept) == (False, False)
    for name in NAMES[1:]:
        assert client.post(reverse(f"risks:{name}", args=[row.pk])).status_code == 403
    assert client.post(reverse("risks:identify", args=[year.pk])).status_code == 403


def test_whoever_works_on_risks_may_not_always_accept_them(client, manager, home_care, year):
    row = risk(manager, year, 1, 1)
    client.force_login(person("Maja MAS", medically_responsible=home_care.committee))

    page = client.get(row.get_absolute_url()).context["page"]

    assert (page.may_work, page.may_accept) == (True, False)
    assert client.get(reverse("risks:accept", args=[row.pk])).status_code == 403


def test_markup_in_every_text_is_shown_as_text(client, manager, year):
    bad = "<script>x</script><img src=x>"
    row = risk(manager, year, 1, 1, title=bad, deficiency=bad, consequence=bad, source_note=bad)
    assess(row, manager, 1, 2, reason=bad, participants=bad)
    operations.analyse_deeper(row, by=manager, text=bad)
    operations.accept_risk(row, by=manager, reason=bad, until=date(2026, 12, 31))
    operations.mark_change(row, by=manager, change="new", reason=bad)

    pages = [client.get(address).content.decode() for address in (row.get_absolute_url(), reverse("risks:list"))]

    assert [("<script>x" in html, "<img src=x" in html) for html in pages] == [(False, False)] * 2
    assert pages[0].count("&lt;script&gt;x") >= 8
