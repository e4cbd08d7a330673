"""Figures of how things stand. A handful of statements, each of which counts along an index, however many rows there are."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.db.models import Count, Q
from django.utils import timezone

from hjulet.audit.models import Chain
from hjulet.backup.taking import latest_backup
from hjulet.collaboration.clock.queries import runs
from hjulet.collaboration.models import Notice
from hjulet.search.models import Progress


@dataclass(frozen=True)
class Figure:
    """A measured thing: its name, what it is in Swedish, and for each combination of labels its value."""

    name: str
    what: str
    labels: tuple[str, ...]
    values: list[tuple[tuple[str, ...], float]]


def one(name: str, what: str, value: float) -> Figure:
    return Figure(name, what, (), [((), value)])


def figures() -> Iterator[Figure]:
    """Without the database there is still the one that says so."""
    try:
        asked = [*clock_figures(), *mail_figures(), search_figure(), sessions_figure(), *connection_figures()]
    except DatabaseError:
        yield one("database_up", "Om databasen svarar (1) eller inte (0).", 0)
    else:
        yield one("database_up", "Om databasen svarar (1) eller inte (0).", 1)
        yield from asked
    yield from backup_figures()


def clock_figures() -> Iterator[Figure]:
    done = runs().items()
    yield Figure(
        "clock_finished_timestamp_seconds",
        "När klockans sysslor senast blev klara.",
        ("duty",),
        [((key,), run.finished_at.timestamp()) for key, run in done if run.finished_at],
    )
    yield Figure(
        "clock_fault",
        "Om sysslan senast gick fel (1) eller inte (0).",
        ("duty",),
        [((key,), int(bool(run.fault))) for key, run in done],
    )


def mail_figures() -> Iterator[Figure]:
    due = Q(mail_due_at__lte=timezone.now())
    waiting = Notice.objects.filter(mail_due_at__isnull=False).aggregate(
        due=Count("pk", filter=due), failed=Count("pk", filter=Q(mail_failures__gt=0))
    )
    yield one("mail_due", "Notiser vars mejl skulle ha gått.", waiting["due"])
    yield one("mail_retrying", "Notiser vars mejl har misslyckats och försöks igen.", waiting["failed"])


def search_figure() -> Figure:
    happened, reached = (
        model.objects.values_list(number, flat=True).first() or 0
        for model, number in ((Chain, "length"), (Progress, "event_number"))
    )
    return one("search_lag_events", "Händelser som sökregistret inte har hunnit med.", happened - reached)


def sessions_figure() -> Figure:
    active = Session.objects.filter(expire_date__gt=timezone.now()).count()
    return one("sessions_active", "Pågående inloggningar.", active)


def connection_figures() -> Iterator[Figure]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            yield one("database_connections", "Förbindelser till databasen, från alla.", cursor.fetchone()[0])


def backup_figures() -> Iterator[Figure]:
    if latest := latest_backup():
        yield one("backup_timestamp_seconds", "När den senaste säkerhetskopian togs.", latest.timestamp())
