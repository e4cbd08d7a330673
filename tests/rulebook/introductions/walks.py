"""A template, and an introduction in a given state, reached by the real operations."""

from datetime import date
from types import SimpleNamespace

from hjulet.rulebook.introduction_templates import operations as templates
from hjulet.rulebook.introductions import operations
from hjulet.rulebook.introductions.queries import points_of
from hjulet.rulebook.introductions.states import IntroductionState as S
from tests.factories import committee, person, unit

TODAY = date(2026, 3, 16)


def people():
    """A unit with its manager, a supervisor and somebody new."""
    home_care = unit(committee())
    return SimpleNamespace(
        home_care=home_care,
        manager=person("Karin Ek", unit_manager=home_care),
        supervisor=person("Sven By", employee=home_care),
        newcomer=person("Ny Berg", employee=home_care),
    )


def template(by, unit, *, documents=(), **given):
    """Three points, one for each way to sign; and one for each document."""
    defaults = {"name": "Undersköterska", "role": "employee"}
    made = templates.start_template(by=by, unit=unit, **defaults | given)
    said = (
        ("Träffa skyddsombudet", "meet", "employee", 2),
        ("Visad runt i lokalerna", "learn", "supervisor", 1),
        ("Tystnadsplikten", "informed", "both", 3),
    )
    for order, (text, kind, signed_by, days) in enumerate(said):
        templates.add_point(
            made,
            by=by,
            text=text,
            kind=kind,
            signed_by=signed_by,
            days=days,
            order=order,
            legal_basis="",
            document=None,
        )
    for document in documents:
        templates.add_point(
            made,
            by=by,
            text=f"Läs {document}",
            kind="read",
            signed_by="employee",
            days=7,
            order=9,
            legal_basis="",
            document=document,
        )
    return made


def plan(at, *, start=TODAY, documents=(), **given):
    made = template(at.manager, at.home_care, documents=documents, **given)
    return operations.plan_introduction(
        by=at.manager,
        unit=at.home_care,
        template=made,
        person=at.newcomer,
        supervisor=at.supervisor,
        start_date=start,
    )


def point(at, text):
    """Of the newcomer's, as a page would load it."""
    return points_of(at.manager).get(text=text, introduction__person=at.newcomer)


def sign_all(at):
    operations.sign_point(point(at, "Träffa skyddsombudet"), by=at.newcomer, part="employee")
    operations.sign_point(point(at, "Visad runt i lokalerna"), by=at.supervisor, part="supervisor")
    for who, part in ((at.newcomer, "employee"), (at.supervisor, "supervisor")):
        operations.sign_point(point(at, "Tystnadsplikten"), by=who, part=part)


def introduction_at(state, at, **given):
    introduction = plan(at, start=date(2026, 3, 23) if state == S.PLANNED else TODAY, **given)
    if state == S.FINISHED:
        sign_all(at)
        operations.finish_introduction(introduction, by=at.supervisor)
    elif state == S.CANCELLED:
        operations.cancel_introduction(introduction, by=at.manager, reason="Började aldrig.")
    assert introduction.state == state
    return introduction
