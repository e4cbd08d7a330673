"""What the slices give to what lies below them, in the order in which it is done: settings like any other."""

CLOCK_DUTIES = [
    "hjulet.collaboration.clock.reorganising.DUTIES",
    "hjulet.monitoring.self_monitoring.duties.CALENDAR",
    "hjulet.monitoring.recurring_duties.duties.CALENDAR",
    "hjulet.monitoring.indicators.duties.CALENDAR",
    "hjulet.rulebook.documents.duties.DUTIES",
    "hjulet.actions.duties.DUTIES",
    "hjulet.monitoring.self_monitoring.duties.REMINDERS",
    "hjulet.monitoring.recurring_duties.duties.REMINDERS",
    "hjulet.monitoring.indicators.duties.REMINDERS",
    "hjulet.rulebook.introductions.duties.DUTIES",
    "hjulet.rulebook.receipts.duties.DUTIES",
    "hjulet.rulebook.agreements.duties.DUTIES",
    "hjulet.rulebook.laws.duties.DUTIES",
    "hjulet.collaboration.read_log.duties.DUTIES",
    "hjulet.monitoring.log_review.duties.DUTIES",
    "hjulet.collaboration.notices.duties.DUTIES",
    "hjulet.collaboration.drafts.duties.DUTIES",
    "hjulet.collaboration.attachments.duties.DUTIES",
    "hjulet.rulebook.copies.duties.DUTIES",
    "hjulet.reporting.outside_links.duties.DUTIES",
    "hjulet.backup.duties.DUTIES",
    "hjulet.collaboration.clock.duties.LAST",
]

# What points to laws and provisions, and is gone through when one of them no longer holds.
POINTS_TO_LAWS = [
    "hjulet.rulebook.documents.pointing.POINTS",
    "hjulet.rulebook.links.pointing.POINTS",
    "hjulet.rulebook.processes.pointing.POINTS",
    "hjulet.rulebook.agreements.pointing.POINTS",
    "hjulet.reporting.compliance.pointing.POINTS",
]

# What of their rows follows when a unit is reorganised.
FOLLOWS_REORGANISATIONS = [
    "hjulet.organisation.reorganisations.followings.FOLLOWINGS",
    "hjulet.organisation.sign_on.followings.FOLLOWINGS",
    "hjulet.organisation.responsibilities.followings.FOLLOWINGS",
    "hjulet.planning.goals.followings.FOLLOWINGS",
    "hjulet.planning.risk_analyses.followings.FOLLOWINGS",
    "hjulet.rulebook.receipts.followings.FOLLOWINGS",
    "hjulet.rulebook.introduction_templates.followings.FOLLOWINGS",
    "hjulet.rulebook.introductions.followings.FOLLOWINGS",
    "hjulet.rulebook.documents.followings.FOLLOWINGS",
    "hjulet.rulebook.processes.followings.FOLLOWINGS",
    "hjulet.rulebook.laws.followings.FOLLOWINGS",
    "hjulet.planning.participation.followings.FOLLOWINGS",
    "hjulet.planning.ideas.followings.FOLLOWINGS",
    "hjulet.planning.competence.followings.FOLLOWINGS",
    "hjulet.actions.followings.FOLLOWINGS",
    "hjulet.monitoring.self_monitoring.followings.FOLLOWINGS",
    "hjulet.monitoring.recurring_duties.followings.FOLLOWINGS",
    "hjulet.monitoring.indicators.followings.FOLLOWINGS",
    "hjulet.rulebook.agreements.followings.FOLLOWINGS",
    "hjulet.collaboration.saved_views.followings.FOLLOWINGS",
]
