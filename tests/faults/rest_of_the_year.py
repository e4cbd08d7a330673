"""What else a year has: duties, secrets, reviews of who read, deputies, groups that give roles, reorganisations, powers."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

import time_machine
from django.db.models import Model
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.actions.states import ActionState
from hjulet.collaboration.secrecy.operations import lift_marking
from hjulet.monitoring.log_review.models import Review
from hjulet.monitoring.log_review.operations import plan_action_from, plan_review
from hjulet.monitoring.models import Control, Indicator, Measurement, Occurrence
from hjulet.monitoring.recurring_duties.operations import stop_duty
from hjulet.monitoring.recurring_duties.states import DutyState
from hjulet.organisation.delegations.operations import add_what_is_not_delegable
from hjulet.organisation.deputies.operations import give_deputy
from hjulet.organisation.models import DelegatedDecision, Marking, Person, RoleAssignment
from hjulet.organisation.people.operations import link_login
from hjulet.organisation.reorganisations.models import Kind
from hjulet.organisation.reorganisations.states import ReorganisationState
from hjulet.organisation.sign_on.operations import map_group, remember_groups
from hjulet.planning.competence.operations import end_need
from hjulet.planning.competence.operations import plan_action_from as plan_action_from_need
from hjulet.planning.ideas.states import IdeaState
from hjulet.planning.models import Goal, Risk
from hjulet.planning.participation.operations import note_outcome
from hjulet.planning.participation.states import OutcomeState
from hjulet.rulebook.agreements.operations import take_out_party, take_out_requirement
from hjulet.rulebook.agreements.states import AgreementState
from hjulet.rulebook.documents.deciding import decide_version, take_over_decision
from hjulet.rulebook.documents.operations import confirm_document
from hjulet.rulebook.documents.states import VersionState
from hjulet.rulebook.laws.operations import check_law
from hjulet.rulebook.laws.states import ReviewState
from hjulet.rulebook.models import Agreement
from tests import factories
from tests.actions.walks import action_at
from tests.collaboration.files import upload
from tests.collaboration.secrecy.walks import mark, open_marked
from tests.faults.indicators import measure
from tests.faults.known import know_what_applies
from tests.faults.rulebook import hang_together
from tests.monitoring.agreement_follow_ups import walks as follow_ups
from tests.monitoring.log_review import walks as reviews
from tests.monitoring.recurring_duties import walks as duties
from tests.organisation.delegations import walks as delegations
from tests.organisation.reorganisations import walks as reorganisations
from tests.organisation.responsibilities import walks as areas
from tests.planning import walks as planning
from tests.planning.competence import walks as competence
from tests.planning.ideas import walks as ideas
from tests.planning.participation import walks as participation
from tests.rulebook.agreements import walks as agreements
from tests.rulebook.documents import walks as documents
from tests.rulebook.laws import walks as laws
from tests.rulebook.processes import walks as processes

TODAY = date(2026, 3, 16)
# The pages that lists send their ticked rows to.
MANY: dict[str, type[Model]] = {
    "actions:change_many": Action,
    "agreements:change_many": Agreement,
    "goals:change_many": Goal,
    "indicators:change_many": Indicator,
    "indicators:leave_out_many": Measurement,
    "risks:change_many": Risk,
    "risks:mark_many": Risk,
    "self_monitoring:change_many": Control,
    "self_monitoring:set_aside_many": Occurrence,
    "roles:assign_many": Person,
    "roles:end_many": RoleAssignment,
    "delegations:report_many": DelegatedDecision,
}


def rest_of_the_year(person: Person, committee: Any) -> None:
    place = factories.unit(committee, "Hemtjänst Väster")
    plan_duties(person, place)
    agree(person, place)
    hear_people(person, place)
    processes.everything(person, place)
    measure(person, committee, place)
    review_readings(person, committee, place)
    keep_secrets(person, place)
    know_what_applies(person, place)
    hang_together(person, place)
    reorganise(person, committee)
    delegate(person, committee, place)
    share_responsibility(person, committee, place)
    keep_documents(person, place)
    delegations.proposed(committee, person, code="9.2")
    govern(person, committee)
    colleague = factories.person("Tove Ny", employee=place)
    link_login(colleague, by=Person.objects.machine(), provider="openid_connect", subject="tove")
    held = person.role_assignments.filter(role="unit_manager").first()
    give_deputy(held, by=person, person=colleague, valid_from=TODAY, valid_to=date(2026, 3, 31))
    map_group(by=person, value="Chefer", role="unit_manager", unit=place)
    remember_groups(["Golf"], by=Person.objects.machine(), day=TODAY, person=person)


def delegate(person: Person, committee: Any, place: Any) -> None:
    """A row of each standing that a form opens from, and decisions of which one is not reported."""
    texts = {"conditions": "Inom budget.", "sub_delegating_role": "social_director"}
    row = delegations.in_force(committee, person, **texts)
    delegations.in_force(committee, person, code="5.2")
    delegations.proposed(committee, person, code="5.3", **texts)
    add_what_is_not_delegable(committee, by=person)
    delegations.reported(delegations.taken(row, person, place, reasons="Den behövs.", target=row), person)
    delegations.taken(row, person, place)


def share_responsibility(person: Person, committee: Any, place: Any) -> None:
    areas.answer(person, areas.area("Lokaler", 91), committee, comment="Även hyrda.")
    areas.answer(person, areas.area("Fordon", 92), place, role="unit_manager")


def plan_duties(person: Person, place: Any) -> None:
    duties.template(description="Redovisa året.", legal_basis="3 kap. 3 §")
    for state in DutyState:
        duties.occurrence_at(state, person, place, description="Redovisa året.", legal_basis="3 kap. 3 §")
    surveyed = duties.first(duties.plan(person, place, title="Brukarenkät"))
    duties.finish(surveyed, person, link="https://example.org/enkat")
    stop_duty(duties.plan(person, place, title="Gammal enkät"), by=person, reason="Den behövs inte.")


def agree(person: Person, place: Any) -> None:
    """In each state, with parties and requirements that stand and that are taken out, and one that is followed up."""
    said = {
        "target_group": "Barn",
        "renewal": "Ett år i taget.",
        "contact_phone": "0555-10 20 30",
        "contact_email": "barn@example.org",
        "registry_number": "SN 12/3",
        "mandatory_basis": agreements.basis(),
    }
    for state in AgreementState:
        agreements.agreement_at(state, person, place, **said)
    agreement = follow_ups.agreement_with_requirements(person, place, title="Avtal som följs upp", **said)
    party = agreements.party(agreement, person, name="Föreningen", role="Håller i mötena.")
    requirement = agreements.requirement(agreement, person, order=3, legal_basis="3 kap.")
    follow_up = follow_ups.record(agreement, person, measures="Mer folk.")
    made = {"title": "Kom i tid", "description": "Nytt schema."}
    follow_ups.operations.plan_action_from(follow_up.verdicts.first(), by=person, **made)
    take_out_party(party, by=person, reason="De går ur.")
    take_out_requirement(requirement, by=person, reason="Görs inte.")
    agreements.requirement(agreement, person, order=4, legal_basis="3 kap.")


def hear_people(person: Person, place: Any) -> None:
    """Meetings, ideas and competence in every state, where a risk analysis is open; and one idea whose action is done."""
    planning.analysis(person, place)
    for state in OutcomeState:
        row = participation.outcome_at(state, person, place, summary="Det blev långt.", attendance={"users": 5})
    note_outcome(row.meeting, by=person, kind="works", text="Maten är god.")
    for state in IdeaState:
        ideas.idea_at(state, person, place)
    ideas.carry_out(ideas.idea_at(IdeaState.ACCEPTED, person, place), person)
    kind = competence.competence(legal_basis="5 kap. 3 §")
    need = competence.need(person, place, competence=kind, plan="Kurs i maj.", owner_role="unit_manager")
    competence.count(need, person, note="Två är nya.")
    plan_action_from_need(need, by=person, title="Kurs", description="Håll den.")
    gone = competence.need(person, place, role_title="Kock")
    end_need(gone, by=person, reason="Köket är stängt.")


def review_readings(person: Person, committee: Any, place: Any) -> None:
    """In each state, also one with nothing left to judge; read by another, for nobody judges what they read themselves."""
    reader = factories.person("Lena Läsare", unit_manager=place)
    for day in (date(2026, 1, 10), date(2026, 2, 10)):
        with time_machine.travel(day, tick=False):
            reviews.read(reader, place, times=2)
    person.title = "Kvalitetschef"
    person.save(update_fields=["title"])
    plan_review(
        by=person, unit=committee, rule=reviews.rule(), starts_date=date(2025, 11, 1), owner_role="log_reviewer"
    )
    _november, december, january, february = Review.objects.order_by("period_start")
    for review in (december, january, february):
        reviews.operations.draw_sample(review, by=person)
    for sampled in january.sampled.all():
        reviews.judge(sampled, person, note="Han skulle dit.")
    reviews.sign(january, person)
    plan_action_from(
        february, by=person, title="Se över rollerna", description="De är för vida.", due_date=date(2026, 6, 1)
    )


def keep_secrets(person: Person, place: Any) -> None:
    """One that is marked and was opened by somebody with a reason, and one that no longer is."""
    lawyer = factories.person("Lars Lag", lawyer=place.committee)
    marking = mark(action_at(ActionState.ONGOING, person, place, title="Utred"), person)
    open_marked(marking, lawyer)
    lift_marking(
        mark(action_at(ActionState.ONGOING, person, place, title="Utrett"), person), by=person, reason="Det är klart."
    )


def keep_documents(person: Person, place: Any) -> None:
    """In each state; a file as well as a text; decided here, by the nämnd, under delegation, and before it was read in."""
    for state in VersionState:
        documents.version_at(state, person, person, place)
    document = documents.in_force(person, person, place, summary="Så gör vi.", search_words="larm", reviewer=person)
    confirm_document(document, by=person, comment="Läst.")
    documents.send(documents.next_version(document, person), person)
    empty = documents.first(documents.start(person, place, body="", external_id="R-1", title="Anvisning om nycklar"))
    documents.operations.keep_file(empty, by=person, upload=upload("nycklar.docx", documents.word_file("Kvittera.")))
    take_over_decision(empty, by=person, decided_before="Enhetschefen", decided_before_date=TODAY, valid_from=TODAY)
    documents.start(person, place, body="", title="Alldeles utan text")
    under = documents.send(documents.first(documents.start(person, place)), person)
    delegation = delegations.in_force(place.committee, person, code="9.1")
    decide_version(under, by=person, valid_from=TODAY, delegation=delegation, registry_number="SN 2026/45")


def govern(person: Person, committee: Any) -> None:
    """A law that holds, and provisions that no longer do: what pointed to them is to be gone through, or has been."""
    of = laws.law(person, "1999:1", title="Lag om prov", note="Prov.", link="https://example.org/lag", kind="other")
    asked = laws.provision(person, of, "9 §", demand="Att pröva.", note="Prov.")
    laws.judged(person, committee, asked, link="https://example.org/underlag")
    check_law(of, by=person, checked_date=TODAY, comment="Läst.", certainty="unverified")
    for number, state in enumerate(ReviewState, start=1):
        past = laws.provision(person, of, f"{number} §")
        laws.judged(person, committee, past)
        [review] = laws.supersede(past, person, asked)
        if state == ReviewState.DONE:
            laws.finish(review, person)


def reorganise(person: Person, committee: Any) -> None:
    for state in ReorganisationState:
        reorganisations.at(state, person, factories.unit(committee, f"Hemtjänst {state.label}"))
    divided = factories.unit(committee, "Hemtjänst Norr och Söder")
    action_at(ActionState.ONGOING, person, divided)
    reorganisations.drafted(person, Kind.SPLIT, [divided], new=[("Hemtjänst A", "A"), ("Hemtjänst B", "B")])


def pages_without_a_link() -> tuple[str, ...]:
    """Sent to by the boxes of a list, by a gap of another kind, or shown only to whoever may not read without a reason."""
    many = [f"{reverse(view)}?{urlencode({'pk': model.objects.first().pk})}" for view, model in MANY.items()]
    marking = Marking.objects.filter(lifted_at=None).first()
    place = marking.unit
    asked = {"secrecy:open": marking, "roles:assign_in": place, "responsibilities:answer_for": place.committee}
    of_rows = (reverse(view, args=[row.pk]) for view, row in asked.items())
    return (*many, *of_rows, reverse("sign_on:list"), reverse("log_review:list"))
