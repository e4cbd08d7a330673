"""What the product is shipped with: complete, and in step with the code that uses it."""

import pytest

from hjulet.base.operations import Refused
from hjulet.library.shipped import names, shipped
from hjulet.organisation.roles.roles import ROLES


@pytest.fixture
def library():
    return shipped("socialtjanst")


def test_names():
    assert names() == ["socialtjanst"]


def test_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(Refused) as refusal:
        shipped("skola")
    assert refusal.value.sentence == "Startbiblioteket ”skola” finns inte. Välj bland: socialtjanst."


def test_quality_areas(library):
    assert [area["name"] for area in library.sections["quality_areas"]] == [
        "Självbestämmande och integritet",
        "Helhetssyn och samordning",
        "Trygghet och säkerhet",
        "Kunskapsbaserad verksamhet",
        "Tillgänglighet",
        "Effektivitet",
    ]


def test_goal_levels(library):
    assert [level["name"] for level in library.sections["goal_levels"]] == [
        "Vision",
        "Övergripande mål",
        "Strategiskt mål",
        "Fokusområde",
        "Operativt mål",
    ]


def test_frequencies(library):
    assert {row["key"]: (row["name"], row["months"]) for row in library.sections["frequencies"]} == {
        "yearly": ("en gång/år", 12),
        "twice_a_year": ("två gånger/år", 6),
        "term": ("en gång/termin", 6),
        "tertial": ("en gång/tertial", 4),
        "quarter": ("en gång/kvartal", 3),
        "month": ("en gång/månad", 1),
        "continuous": ("löpande", None),
    }


def test_duty_templates(library):
    """Day, how often, and whether somebody has to check the law behind it."""
    assert {
        row["key"]: (row["month"], row["day"], row["frequency"], "check" in row)
        for row in library.sections["duty_templates"]
    } == {
        "patient_safety_report": (3, 1, "yearly", True),
        "quality_report": (3, 31, "yearly", True),
        "unexecuted_decisions": (1, 31, "quarter", True),
        "provider_report": (11, 30, "yearly", False),
        "complaints_report": (2, 15, "twice_a_year", False),
        "combined_analysis": (9, 30, "yearly", False),
        "risk_analysis": (10, 31, "yearly", False),
        "quality_plan": (12, 1, "yearly", False),
        "internal_control": (5, 31, "twice_a_year", True),
        "peer_review": (5, 15, "term", False),
        "web_review": (3, 15, "twice_a_year", False),
        "user_survey": (10, 15, "yearly", True),
        "provider_survey": (4, 30, "yearly", False),
        "staff_survey": (11, 15, "yearly", False),
        "staffing_follow_up": (8, 31, "yearly", False),
        "councils": (4, 15, "twice_a_year", False),
        "lex_sarah_information": (9, 15, "yearly", True),
        "routines_revision": (10, 31, "yearly", False),
        "management_system_revision": (6, 15, "yearly", True),
    }


def test_whatever_names_a_law_asks_somebody_to_check_it(library):
    unchecked = [
        row["key"]
        for part in ("duty_templates", "introduction_points")
        for row in library.sections[part]
        if "legal_basis" in row and "check" not in row
    ]

    assert unchecked == []


def test_what_people_write_means_one_frequency(library):
    said = [word.casefold() for row in library.sections["frequencies"] for word in [row["name"], *row["synonyms"]]]

    assert sorted(said) == sorted(set(said))


def test_action_types_by_strength(library):
    strengths = {}
    for row in library.sections["action_types"]:
        strengths.setdefault(row["strength"], []).append(row["key"])

    assert strengths == {
        "strong": ["system_change", "forcing_function", "standardised_work", "leadership"],
        "intermediate": ["staffing", "checklist", "digital_support"],
        "weak": ["training", "guideline", "reminder"],
    }


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.key)
def test_every_role_has_a_text_that_says_what_its_responsibilities_are(library, role):
    verbs = {
        "plan": "Planerar",
        "lead": "Leder",
        "control": "Kontrollerar",
        "follow_up": "Följer upp",
        "evaluate": "Utvärderar",
        "improve": "Förbättrar",
    }
    [text] = [row["text"] for row in library.sections["role_texts"] if row["role"] == role.key]

    assert [line.split(":")[0] for line in text.splitlines()] == [verbs[task] for task in role.responsibilities]


def test_matrix_follows_the_product(library):
    """1–3 green, 4–6 yellow, from 8 red: sixteen cells, each written out."""
    cells = library.risk_matrix["cells"]

    assert {(cell["probability"], cell["severity"]): cell["tone"] for cell in cells} == {
        (p, s): "green" if p * s <= 3 else "yellow" if p * s <= 6 else "red" for p in range(1, 5) for s in range(1, 5)
    }
    assert len(cells) == 16


def test_every_quality_area_has_a_text_in_the_plan(library):
    areas = [area["key"] for area in library.sections["quality_areas"]]
    texts = [text.get("quality_area") for text in library.sections["plan_texts"]]

    assert texts == [None, None, None, *areas]


def test_what_nobody_has_verified_is_marked(library):
    marked = [
        entry.get("key", entry.get("role"))
        for entries in library.sections.values()
        for entry in entries
        if "check" in entry
    ]

    assert marked == [
        "patient_safety_report",
        "quality_report",
        "unexecuted_decisions",
        "internal_control",
        "user_survey",
        "lex_sarah_information",
        "management_system_revision",
        "care_plans",
        "medically_responsible",
        "lex_sarah_investigator",
        "monthly",
        "quarterly",
        "confidentiality",
        "duty_to_report",
        "hygiene",
        "placed_children",
        "psychiatric_disability",
        "harmful_use",
    ]
    assert ("check" in library.risk_matrix, len(library.check)) == (True, 3)


def test_no_line_of_a_text_ends_within_a_sentence(library):
    """A line break is kept where the text is shown: a paragraph of the file is one line."""
    texts = [row["body"] for name in ("plan_texts", "organisation_texts") for row in library.sections[name]]
    lines = [line for text in texts for line in text.splitlines() if line and not line.startswith(("-", "*", "#", "|"))]
    assert [line for line in lines if line[-1] not in ".:!?"] == []


def test_the_indicators_ask_what_is_to_be_decided_where_no_target_is_safe(library):
    """Each has a target in its own measure, or says why not: none is guessed."""
    rows = {row["key"]: row for row in library.sections["indicator_templates"]}

    with_target = {key for key, row in rows.items() if "target" in row}
    assert {key for key, row in rows.items() if "question" in row} - with_target == rows.keys() - with_target
    assert {(rows[key]["target"], rows[key]["direction"], rows[key]["measure"]) for key in with_target} == {
        (4, "higher", "på 5-gradig skala"),
        (100, "higher", "%"),
        (90, "higher", "%"),
        (10, "lower", "%"),
        (65, "higher", "av 100"),
        (1, "higher", "verksamheter"),
        (1, "higher", "insatser"),
    }
    split = [rows[key] for key in ("staff_turnover", "hourly_staff", "staff_continuity")]
    assert len({row["question"] for row in split}) == 1
    assert rows["satisfied"]["kind"] == "share"
    assert "target" not in rows["satisfied"]
