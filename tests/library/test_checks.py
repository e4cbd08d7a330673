"""A faulty library is named place by place, and never half read."""

import copy

import pytest
import yaml
from django.core.exceptions import ValidationError

from hjulet.library.shipped import DATA, Loader, read

CONTENT = yaml.load((DATA / "socialtjanst.yaml").read_text(encoding="utf-8"), Loader)


def faults(change):
    content = copy.deepcopy(CONTENT)
    change(content)
    with pytest.raises(ValidationError) as error:
        read("prov.yaml", yaml.safe_dump(content, allow_unicode=True))
    return error.value.messages


def put(*path, value):
    def change(content):
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    return change


def drop(*path):
    def change(content):
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


def double(*path):
    def change(content):
        for step in path:
            content = content[step]
        content.append(content[0])

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (drop("version"), "hela filen: det här saknas: version."),
        (drop("quality_areas", 1, "name"), "quality_areas, rad 2: det här saknas: name."),
        (put("colour", value="red"), "hela filen: det här ska inte finnas: colour."),
        (put("version", value="ett"), 'version: "ett" går inte an.'),
        (put("goal_levels", value=[]), "goal_levels: [] går inte an."),
        (put("goal_levels", 0, "order", value="först"), 'goal_levels, rad 1, order: "först" går inte an.'),
        (
            put("goal_levels", 0, "name", value="V" * 61),
            "goal_levels, rad 1, name: 61 tecken är för långt. Högst 60.",
        ),
        (
            put("frequencies", 2, "months", value=5),
            "frequencies, rad 3, months: 5 finns inte att välja. Välj bland 1, 2, 3, 4, 6, 12, null.",
        ),
        (
            put("quality_areas", 0, "valid_from", value="2012-13-01"),
            'quality_areas, rad 1, valid_from: "2012-13-01" går inte an.',
        ),
        (double("risk_sources"), "risk_sources, rad 9, key: ”last_year_report” står två gånger."),
        (double("role_texts"), "role_texts, rad 17, role: ”committee_member” står två gånger."),
        (put("role_texts", 0, "role", value="king"), "role_texts, rad 1, role: rollen finns inte."),
        (
            put("indicator_templates", 7, "measure", value="andel"),
            "indicator_templates, rad 8, measure: måttenheten ska vara ”%”.",
        ),
        (
            put("indicator_templates", 0, "target_measure", value="%"),
            "indicator_templates, rad 1, target_measure: målet är i ”%”, men mätningen i ”på 5-gradig skala”.",
        ),
        (
            put("indicator_templates", 0, "target", value=6),
            "indicator_templates, rad 1, target: Skriv ett tal från 1 till 5, som på skalan.",
        ),
        (
            put("indicator_templates", 3, "scale_steps", value=5),
            "indicator_templates, rad 4, scale_steps: ett medelvärde har steg på en skala, inget annat.",
        ),
        (
            drop("indicator_templates", 3, "numerator"),
            "indicator_templates, rad 4, numerator: en andel har täljare och nämnare.",
        ),
        (
            put("indicator_templates", 0, "direction", value="neutral"),
            "indicator_templates, rad 1, direction: utan riktning finns inget mål att sätta.",
        ),
        (
            put("indicator_templates", 0, "quality_area", value="nowhere"),
            "indicator_templates, rad 1, quality_area: området finns inte i biblioteket.",
        ),
        (
            put("indicator_templates", 0, "owner_role", value="king"),
            "indicator_templates, rad 1, owner_role: rollen finns inte.",
        ),
        (put("duty_templates", 1, "owner_role", value="king"), "duty_templates, rad 2, owner_role: rollen finns inte."),
        (
            put("duty_templates", 1, "frequency", value="never"),
            "duty_templates, rad 2, frequency: frekvensen finns inte i biblioteket.",
        ),
        (
            put("plan_texts", 4, "quality_area", value="luck"),
            "plan_texts, rad 5, quality_area: området finns inte i biblioteket.",
        ),
        (drop("risk_matrix", "cells", 3), "risk_matrix, cells: det här saknas: 4 4."),
        (double("risk_matrix", "cells"), "risk_matrix, cells: det här står två gånger: 4 1."),
        (drop("risk_matrix", "bands", 1), "risk_matrix, bands: det här saknas: yellow."),
        (drop("risk_matrix", "axis_labels", 0), "risk_matrix, axis_labels: det här saknas: probability 1."),
    ],
)
def test_fault_is_named_with_its_place(change, fault):
    assert faults(change) == [f"prov.yaml, {fault}"]


def test_all_faults_are_named_at_once():
    def change(content):
        drop("goal_levels", 0, "explanation")(content)
        put("action_types", 0, "strength", value="super")(content)

    assert faults(change) == [
        "prov.yaml, goal_levels, rad 1: det här saknas: explanation.",
        (
            'prov.yaml, action_types, rad 1, strength: "super" finns inte att välja. '
            'Välj bland "strong", "intermediate", "weak".'
        ),
    ]


def test_text_that_is_no_yaml_is_said_to_be_so():
    with pytest.raises(ValidationError) as error:
        read("prov.yaml", "a: [")
    assert error.value.messages[0].startswith("prov.yaml går inte att läsa som YAML: ")


@pytest.mark.parametrize("text", ["", "[]", "bara text"])
def test_a_file_with_something_else_in_it_is_refused(text):
    with pytest.raises(ValidationError, match="hela filen"):
        read("prov.yaml", text)
