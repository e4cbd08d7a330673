"""What the slices give to what lies below them, in the order in which it is done: settings like any other."""

CLOCK_DUTIES = [
    "hjulet.collaboration.clock.reorganising.DUTIES",
    "hjulet.monitoring.self_monitoring.duties.CALENDAR",
    "hjulet.monitoring.recurring_duties.duties.CALENDAR",
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

# What of their rows follows when a unit is reorganised.
FOLLOWS_REORGANISATIONS = [
    "hjulet.organisation.reorganisations.followings.FOLLOWINGS",
    "hjulet.organisation.sign_on.followings.FOLLOWINGS",
    "hjulet.planning.goals.followings.FOLLOWINGS",
    "hjulet.planning.risk_analyses.followings.FOLLOWINGS",
    "hjulet.planning.participation.followings.FOLLOWINGS",
    "hjulet.planning.ideas.followings.FOLLOWINGS",
    "hjulet.planning.competence.followings.FOLLOWINGS",
    "hjulet.actions.followings.FOLLOWINGS",
    "hjulet.monitoring.self_monitoring.followings.FOLLOWINGS",
    "hjulet.monitoring.recurring_duties.followings.FOLLOWINGS",
    "hjulet.collaboration.saved_views.followings.FOLLOWINGS",
]
