from collections import Counter
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.safestring import SafeString

from hjulet.base.charts import heat_grid
from hjulet.base.documents.html import render_picture, render_table
from hjulet.base.statements import beside
from hjulet.base.workflow import Happening, OpenMove, history
from hjulet.organisation.models import Person
from hjulet.organisation.standing import kept_about
from hjulet.planning.risk_analyses import rules
from hjulet.planning.risk_analyses.picture import (
    Pair,
    Standing,
    in_words,
    moves_in_words,
    picture_of,
)
from hjulet.planning.risk_matrix.models import MatrixBand
from hjulet.planning.risk_matrix.queries import bands_of, words_of
from hjulet.planning.risks.models import Change, Lack, Risk, RiskAnalysis
from hjulet.planning.risks.queries import analyses_visible_to, by_lack, count_lacks
from hjulet.planning.risks.rules import Break
from hjulet.planning.risks.states import COLORS, WORKFLOW


@dataclass(frozen=True)
class Level:
    """A band with how many risks stand there, and where they are listed."""

    band: MatrixBand
    count: int
    url: str


@dataclass(frozen=True)
class AnalysisPage:
    """What the page of one analysis shows to one person."""

    analysis: RiskAnalysis
    color: str
    levels: list[Level]
    total: int
    breaks: list[Break]
    risk_list: str
    following: RiskAnalysis | None
    may_edit: bool
    obstacle_to_identifying: str | None
    obstacle_to_starting_next: str | None
    moves: tuple[OpenMove, ...]
    history: list[Happening]


@dataclass(frozen=True)
class PicturePage:
    """The matrix of one analysis with the risks counted into it."""

    analysis: RiskAnalysis
    picture: SafeString
    table: SafeString
    summary: str
    moves: tuple[str, ...]
    risk_list: str


def listed_analyses(person: Person) -> QuerySet[RiskAnalysis]:
    """For the table: with the number of risks that are still there."""
    present = (
        Risk.objects.within_secrecy(person).present().filter(analysis=OuterRef("pk")).order_by().values("analysis")
    )
    counted = Coalesce(Subquery(present.annotate(n=Count("pk")).values("n")), 0)
    return analyses_visible_to(person).annotate(risk_count=counted)


def analyses_in_full(person: Person) -> QuerySet[RiskAnalysis]:
    """With the years before and after, in the same statement."""
    return analyses_visible_to(person).select_related("previous__unit", "next__unit")


def count_levels(person: Person, analysis: int) -> QuerySet:
    """How many risks of the analysis stand on each level now, with what was judged the year before."""
    risks = Risk.objects.filter(analysis=analysis).within_secrecy(person).order_by()
    grouped = risks.values_list("change", "probability", "severity", "earlier_probability", "earlier_severity")
    return grouped.annotate(Count("pk"))


def missing_of(person: Person, analysis: int) -> QuerySet:
    return count_lacks(Risk.objects.filter(analysis=analysis).within_secrecy(person))


def matrix_of(counted: QuerySet) -> Standing:
    """The risks of one analysis as they stand in the matrix."""
    cells: Counter[Pair] = Counter()
    new: Counter[Pair] = Counter()
    gone: Counter[Pair] = Counter()
    moved: Counter[tuple[Pair, Pair]] = Counter()
    unassessed = 0
    for change, probability, severity, *earlier, count in counted:
        now, before = (probability, severity), tuple(earlier)
        if probability is None:
            unassessed += count if change != Change.GONE else 0
        elif change == Change.GONE:
            gone[now] += count
        else:
            cells[now] += count
            if change == Change.NEW:
                new[now] += count
            if before not in {now, (None, None)}:
                moved[before, now] += count
    return Standing(cells, new, gone, moved, unassessed)


def standing_of(person: Person, analysis: RiskAnalysis) -> Standing:
    """The first analysis of a unit has no year before it, so nothing in it is new."""
    standing = matrix_of(kept_about(analysis.pk, person, count_levels))
    return standing if analysis.previous_id else replace(standing, new=Counter())


def analysis_page(person: Person, analysis: RiskAnalysis) -> AnalysisPage:
    may_edit = rules.may_edit(person, analysis)
    standing = standing_of(person, analysis)
    missing = by_lack(kept_about(analysis.pk, person, missing_of))
    moves = WORKFLOW.moves_from(analysis.state) if may_edit else ()
    return AnalysisPage(
        analysis=analysis,
        color=COLORS[analysis.state],
        levels=levels_of(analysis, standing),
        total=standing.total,
        breaks=breaks_in(analysis, missing),
        risk_list=list_of(analysis),
        following=getattr(analysis, "next", None),
        may_edit=may_edit,
        obstacle_to_identifying=rules.obstacle_to_identifying(analysis),
        obstacle_to_starting_next=rules.obstacle_to_starting_next(analysis) if may_edit else None,
        moves=tuple(OpenMove(move, rules.obstacle_to_move(analysis, move.name, missing=missing)) for move in moves),
        history=history(WORKFLOW, beside(analysis, "steps")),
    )


def picture_page(person: Person, analysis: RiskAnalysis) -> PicturePage:
    standing, bands = standing_of(person, analysis), bands_of(analysis.matrix)
    grid = picture_of(
        standing,
        title=str(analysis),
        bands=bands,
        names=words_of(analysis.matrix),
        risk_list=list_of(analysis),
    )
    figure = heat_grid.figure(grid)
    return PicturePage(
        analysis=analysis,
        picture=render_picture(figure),
        table=render_table(figure.table),
        summary=in_words(replace(standing, moved=Counter()), bands),
        moves=tuple(moves_in_words(standing)),
        risk_list=list_of(analysis),
    )


def levels_of(analysis: RiskAnalysis, standing: Standing) -> list[Level]:
    """The highest first."""
    counts: Counter[MatrixBand] = Counter()
    for pair, band in bands_of(analysis.matrix).items():
        counts[band] += standing.cells[pair]
    bands = sorted(counts, key=lambda band: band.order, reverse=True)
    return [Level(band, counts[band], list_of(analysis, band=band.tone)) for band in bands]


def breaks_in(analysis: RiskAnalysis, missing: dict[Lack, int]) -> list[Break]:
    """What the risks of the analysis lack, each with the list of those that do."""
    return [
        Break(rules.lack_sentence(what, count), list_of(analysis, lacking=what.value))
        for what, count in missing.items()
        if count
    ]


def list_of(analysis: RiskAnalysis, **query: str) -> str:
    """The address of the list with the risks of the analysis."""
    return f"{reverse('risks:list')}?{urlencode({'analysis': analysis.pk} | query)}"
