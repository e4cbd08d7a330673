"""Numbers that are kept until something is logged that may have changed them.

Whatever changes a row says so in the log, in the same transaction (`audit.operations.record`). So what has been counted
is still true as long as nothing has been logged about anything it rests on.
"""

from collections.abc import Hashable
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import Exists, Q, QuerySet, Subquery

from hjulet.audit.models import Chain, Event
from hjulet.base.statements import Latest, Statement, about_one

Answer = list[Any]


class Moment(NamedTuple):
    """How far the log had come. The hash tells apart two logs of the same length, as after a restored backup."""

    number: int
    hash: str


class Answers:
    """The last of them, each by its question. All that they rest on is in tables of the `apps`, and logged as theirs."""

    def __init__(self, *apps: str, most: int):
        self.apps = apps
        self.kept = Latest(most)
        self.true_at: Moment | None = None
        self.lock = Lock()

    def to(self, *questions: QuerySet[Any]) -> list[Answer]:
        """The rows of each, which must be kept as text. One statement when all are known, and one for each that is not."""
        now = self.look()
        return [self.answer(question, now) for question in questions]

    def forget(self) -> None:
        with self.lock:
            self.kept.clear()
            self.true_at = None

    def look(self) -> Moment | None:
        """Drop what is no longer true. The moment at which the rest is; None when another has looked meanwhile.

        The log is read before anything is counted: what is saved in between is then counted, and counted again.
        """
        before = self.true_at
        end = next(iter(end_of_log(before.number if before else 0, self.apps)), None)
        now = Moment(end.length, end.last_hash) if end else None
        with self.lock:
            if self.true_at is before:
                if before is None or end is None or end.is_touched or end.hash_then != before.hash:
                    self.kept.clear()
                self.true_at = now
            return now if now == self.true_at else None

    def answer(self, question: QuerySet[Any], now: Moment | None) -> Answer:
        if not isinstance(question.query, Statement):  # can find nothing, and is not asked
            return list(question)
        said = question.query.sql, question.query.parameters
        known = self.known(said, now)
        return self.keep(said, list(question), now) if known is None else known

    def known(self, said: Hashable, now: Moment | None) -> Answer | None:
        with self.lock:
            return self.kept.known(said) if now is not None and now == self.true_at else None

    def keep(self, said: Hashable, answer: Answer, now: Moment | None) -> Answer:
        with self.lock:
            if now is not None and now == self.true_at:
                self.kept.keep(said, answer)
        return answer


@about_one
def end_of_log(number: int, apps: tuple[str, ...]) -> QuerySet[Chain]:
    """The end of the chain, the hash that the event with the number has, and whether any after it is of the apps."""
    of_apps = Q()
    for app in apps:
        of_apps |= Q(target_type__startswith=f"{app}.")
    events = Event.objects.order_by()
    return Chain.objects.filter(pk=1).annotate(
        hash_then=Subquery(events.filter(number=number).values("hash")),
        is_touched=Exists(events.filter(of_apps, number__gt=number)),
    )
