"""Processes in a given state, reached by the real operations."""

from datetime import date
from pathlib import Path

from hjulet.rulebook.models import Process, ProcessVersion
from hjulet.rulebook.processes import operations
from hjulet.rulebook.processes.activities.operations import add_activity, add_flow
from hjulet.rulebook.processes.bpmn.operations import import_process
from hjulet.rulebook.processes.states import ProcessState as S
from tests.factories import person
from tests.organisation.delegations.walks import in_force

TODAY = date(2026, 3, 16)
SIGNAVIO = Path(__file__).parent / "bpmn" / "files" / "signavio.bpmn"
PURPOSE = "Den enskilde får ett rättssäkert beslut i tid."


def describe(by, unit, **given):
    defaults = {"title": "Handläggning", "owner_role": "unit_manager", "purpose": PURPOSE}
    return operations.describe_process(by=by, unit=unit, **defaults | given)


def version_of(process, state=None):
    """As a page would load it: the latest, or the one in the state."""
    versions = ProcessVersion.objects.select_related("process__unit__committee").filter(process=process)
    return (versions.filter(state=state) if state else versions).order_by("-number").first()


def add(version, by, title, **given):
    return add_activity(version, by=by, title=title, **{"role": "employee"} | given)


def drafted(by, unit, *titles, **given):
    """A draft with these tasks, or with one."""
    version = version_of(describe(by, unit, **given))
    for title in titles or ("Ta emot ansökan",):
        add(version, by, title)
    return version


def decider(unit):
    return person("Diana Direktör", social_director=unit.committee)


def version_at(state, by, unit, *titles, **given):
    """A version walked to the state by one person who may both describe and adopt."""
    version = drafted(by, unit, *titles, **given)
    if state == S.DRAFT:
        return version
    operations.send_to_review(version, by=by)
    if state in (S.ADOPTED, S.SUPERSEDED, S.WITHDRAWN):
        operations.adopt_process(version, by=by)
    if state == S.SUPERSEDED:
        later = operations.begin_version(version.process, by=by)
        operations.send_to_review(later, by=by)
        operations.adopt_process(later, by=by)
    if state == S.WITHDRAWN:
        operations.withdraw_process(version, by=by, reason="Den görs inte längre.")
    version.refresh_from_db()
    assert version.state == state
    return version


def everything(by, unit):
    """Processes in each state that a form opens from, every text of theirs written; `by` may do all of it."""
    draft = drafted(by, unit, "Ta emot", "Besluta", title="Avvikelser", acts=["SoL"])
    operations.change_version(
        draft,
        by=by,
        revision=draft.revision,
        provisions=[],
        inputs="En avvikelse.",
        results="Ett svar.",
        measures="Tid till svar.",
        changes="Allt är nytt.",
    )
    first, last = draft.activities.order_by("order")
    add_flow(draft, by=by, source=first, target=last, label="om bråttom")
    inside = {"role": "", "lane": "Den enskilde", "description": "Per telefon.", "is_collaboration": True}
    add(draft, by, "Svara", parties="Regionen", **inside)
    version_at(S.IN_REVIEW, by, unit, title="Samverkan")
    by_delegation(by, unit)
    version_at(S.WITHDRAWN, by, unit, title="Gammal")
    import_process(by=by, content=SIGNAVIO.read_bytes(), check=False, unit=unit, owner_role="employee")


def by_delegation(by, unit):
    version = version_at(S.IN_REVIEW, by, unit, title="Beslut")
    delegation = in_force(unit.committee, by, code="9.7", role="quality_developer")
    operations.adopt_process(version, by=by, delegation=delegation, registry_number="SN 2026/9")


def titles(version):
    return [row.title for row in version.activities.order_by("order")]


def ways(version):
    return [(flow.source.title, flow.target.title, flow.label) for flow in version.flows.order_by("pk")]


def only():
    return Process.objects.get()
