"""What the slices give to what lies below them, in the order in which it is done: settings like any other."""

CLOCK_DUTIES = [
    "hjulet.collaboration.clock.reorganising.DUTIES",
    "hjulet.monitoring.self_monitoring.duties.CALENDAR",
    "hjulet.monitoring.recurring_duties.duties.CALENDAR",
    "hjulet.rulebook.documents.duties.DUTIES",
    "hjulet.actions.duties.DUTIES",
    "hjulet.monitoring.self_monitoring.duties.REMINDERS",
    "hjulet.monitoring.recurring_duties.duties.REMINDERS",
    "hjulet.collaboration.read_log.duties.DUTIES",
    "hjulet.monitoring.log_review.duties.DUTIES",
    "hjulet.collaboration.notices.duties.DUTIES",
    "hjulet.collaboration.drafts.duties.DUTIES",
    "hjulet.collaboration.attachments.duties.DUTIES",
    "hjulet.backup.duties.DUTIES",
    "hjulet.collaboration.clock.duties.LAST",
]

# What points to laws and provisions, and is gone through when one of them no longer holds.
POINTS_TO_LAWS = [
    "hjulet.rulebook.processes.pointing.POINTS",
    "hjulet.reporting.compliance.pointing.POINTS",
]

# What of their rows follows when a unit is reorganised.
FOLLOWS_REORGANISATIONS = [
    "hjulet.organisation.reorganisations.followings.FOLLOWINGS",
    "hjulet.organisation.sign_on.followings.FOLLOWINGS",
    "hjulet.planning.goals.followings.FOLLOWINGS",
    "hjulet.planning.risk_analyses.followings.FOLLOWINGS",
    "hjulet.rulebook.documents.followings.FOLLOWINGS",
    "hjulet.rulebook.processes.followings.FOLLOWINGS",
    "hjulet.rulebook.laws.followings.FOLLOWINGS",
    "hjulet.actions.followings.FOLLOWINGS",
    "hjulet.monitoring.self_monitoring.followings.FOLLOWINGS",
    "hjulet.monitoring.recurring_duties.followings.FOLLOWINGS",
    "hjulet.collaboration.saved_views.followings.FOLLOWINGS",
]
