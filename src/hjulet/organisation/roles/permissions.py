from enum import StrEnum


class Permission(StrEnum):
    """What a role may let a person do. Named thing.verb; one line each, so the list can be read aloud."""

    ORGANISATION_READ = "organisation.read"
    ORGANISATION_MANAGE = "organisation.manage"
    REGISTERS_MANAGE = "registers.manage"
    AUDIT_READ = "audit.read"
    DECISIONS_RECORD = "decisions.record"
    GOALS_READ = "goals.read"
    GOALS_EDIT = "goals.edit"
    RISKS_READ = "risks.read"
    RISKS_EDIT = "risks.edit"
    RISKS_ACCEPT = "risks.accept"
    PLANS_READ = "plans.read"
    PLANS_READ_DRAFTS = "plans.read_drafts"
    PLANS_EDIT = "plans.edit"
    PLANS_PROPOSE = "plans.propose"
    ACTIONS_READ = "actions.read"
    ACTIONS_EDIT = "actions.edit"
    ACTIONS_PERFORM = "actions.perform"
    CONTROLS_READ = "controls.read"
    CONTROLS_EDIT = "controls.edit"
    CONTROLS_PERFORM = "controls.perform"
    FOLLOW_UPS_READ = "follow_ups.read"
    FOLLOW_UPS_EDIT = "follow_ups.edit"
    COMMENTS_WRITE = "comments.write"
