"""Takes a plan in from a workbook, through the same operations as the pages use.

Each row of the file is compared with the row that an export would write now. What is equal is left alone, what
differs is changed, what is new is added; what is here but not in the file stays.
"""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import translation

from hjulet.base.operations import operation, require, require_no
from hjulet.organisation.models import Person, Unit
from hjulet.planning.quality_plan import rules
from hjulet.planning.quality_plan.operations import start_plan
from hjulet.planning.quality_plan.queries import latest_plan
from hjulet.planning.quality_plan.reading import read
from hjulet.planning.quality_plan.standing import vocabulary_of
from hjulet.planning.quality_plan.taking import ImportResult, Run


@operation
def import_plan(
    *,
    by: Person,
    committee: Unit,
    year: int,
    content: bytes,
    check: bool = False,
    progress: Callable[[list], Iterable] = iter,
) -> ImportResult:
    """Raises ValidationError with every fault of the file; then nothing has been saved. `check` saves nothing at all.

    `progress` is wrapped around the rows, for a bar.
    """
    require(rules.may_start(by, committee))
    with translation.override("sv"), transaction.atomic():
        plan = latest_plan(committee, year)
        require_no(rules.obstacle_to_changing(plan) if plan else rules.obstacle_to_starting(committee, year))
        run = Run(plan or start_plan(by=by, committee=committee, year=year), by)
        rows = read(content, vocabulary_of(run.material, run.names))
        result = run.take_all(rows, progress)
        result.is_check = check
        transaction.set_rollback(check)
    return result
