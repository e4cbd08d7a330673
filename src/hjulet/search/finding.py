"""Answers to a question in ordinary words: what has any of them, the best first. For whoever is in a hurry."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone

from hjulet.organisation.models import Person
from hjulet.rulebook.documents.concerns import concerning
from hjulet.rulebook.models import GoverningDocument
from hjulet.search.asking import EXACT, STEMS, Term, meanings, parted, respelled, splits_of, terms_of
from hjulet.search.fulltext import TITLE, TITLE_STEMS, Holds, Words, of_kind
from hjulet.search.models import Entry, Kind, Stem
from hjulet.search.queries import MOST_EXAMINED, Hit, hits_of, with_wider
from hjulet.search.ranking import NOWHERE, Answer, ranked

ANSWERS_PER_PAGE = 10
FEW = 3  # with fewer answers of one's own, others are shown beneath
LIKE_BEGINNING = 2
NEVER: list[Words] = []
DOCUMENTS = of_kind(Kind.DOCUMENTS)


@dataclass(frozen=True)
class Answers:
    """The best answers to what was asked, a page of them. `has_terms` says whether there was anything to look for.

    `beside` are the best of those that are for other units or roles than the person's, where one's own are few;
    `elsewhere` counts the rest of them.
    """

    asked: str
    has_terms: bool
    hits: list[Hit]
    beside: Sequence[Hit] = ()
    elsewhere: int = 0
    page: Page | None = None

    @property
    def count(self) -> int:
        return self.page.paginator.count if self.page else 0


def answers_to(person: Person, asked: str, *, everywhere: bool = False, page: str | int = 1) -> Answers:
    """The documents that apply today, that the person may see and that have any of the words.

    The same number of statements whatever is found; one more when a word is spelled as no text spells it.
    """
    asked = " ".join(asked.replace("\0", " ").split())
    terms = understood(terms_of(asked))
    if not terms:
        return Answers(asked, has_terms=False, hits=[])
    documents = GoverningDocument.objects.filter(pk=OuterRef("bearer_id")).order_by()
    applying = documents.visible_to(person).in_force_on(timezone.localdate())
    found = Entry.objects.filter(Holds([DOCUMENTS, anywhere(terms)], 0), Exists(applying))
    columns = {f"place_{number}": place_of(term) for number, term in enumerate(terms)}
    weighed = found.annotate(is_mine=Exists(documents.filter(concerning(person))), **columns).order_by("-pk")
    rows = list(weighed.values_list("is_mine", "pk", *columns)[:MOST_EXAMINED])
    own = ranked(Answer(key, tuple(places)) for is_mine, key, *places in rows if is_mine or everywhere)
    others = ranked(Answer(key, tuple(places)) for is_mine, key, *places in rows if not (is_mine or everywhere))
    shown = Paginator(own, ANSWERS_PER_PAGE).get_page(page)
    beside = others[: max(0, FEW - len(own))]
    hits = list(hits_of([*shown, *beside], terms).values())
    count = len(shown)
    return Answers(asked, True, hits[:count], hits[count:], elsewhere=len(others) - len(beside), page=shown)


def understood(terms: Sequence[Term]) -> list[Term]:
    """The terms with compounds, synonyms and their own parts; what is then still unknown as it is nearly spelled."""
    wider = with_wider(list(terms))
    known = known_stems({term.stem for term in wider}.union(*map(stems_of_parts, wider)))
    read = [term if term.is_phrase or term.stem in known else parted(term, known) for term in wider]
    strange = [term for term in read if is_strange(term, known)]
    if not strange:
        return read
    near = stems_like(strange)
    return [respelled(term, near) if term in strange else term for term in read]


def stems_of_parts(term: Term) -> frozenset[str]:
    """All that its parts may mean, wherever it is parted."""
    parts = {part for pair in splits_of(term.words[0]) for part in pair}
    return frozenset[str]().union(*map(meanings, parts))


def is_strange(term: Term, known: set[str]) -> bool:
    return not (term.is_phrase or term.wider or term.parts or term.stem in known)


def known_stems(stems: set[str]) -> set[str]:
    return set(Stem.objects.filter(text__in=stems).values_list("text", flat=True))


def stems_like(terms: Sequence[Term]) -> list[str]:
    """Those that begin as one of the terms."""
    beginnings = reduce(or_, (Q(text__startswith=term.stem[:LIKE_BEGINNING]) for term in terms))
    return list(Stem.objects.filter(beginnings).values_list("text", flat=True))


def finds_of(term: Term) -> list[list[Words]]:
    """What is asked of a row for each place in `ranking.WEIGHTS`, the nearest first."""
    title, title_stems = (TITLE,), (TITLE_STEMS,)
    in_title = [[term.by_stem(title, title_stems)], [term.widely(title, title_stems)], [term.by_stem(EXACT, STEMS)]]
    widely = [term.widely(EXACT, STEMS)]
    if not term.parts:
        return [*in_title, NEVER, widely]
    return [*in_title, [term.in_a_part(title_stems)], widely, term.in_parts(STEMS), [term.in_a_part(STEMS)]]


def place_of(term: Term) -> Case:
    """The place of the nearest find; a find that asks the same as a nearer one is not asked."""
    finds = finds_of(term)
    whens = [
        When(Holds([DOCUMENTS, *find], 0), then=Value(at))
        for at, find in enumerate(finds)
        if find and find not in finds[:at]
    ]
    return Case(*whens, default=Value(NOWHERE), output_field=IntegerField())


def anywhere(terms: Sequence[Term]) -> tuple[Words, ...]:
    """The widest that each term asks. Said as one: of several that are tried in turn PostgreSQL goes through every entry."""
    widest = [term.widely(EXACT, STEMS) for term in terms]
    return (*widest, *(term.in_a_part(STEMS) for term in terms if term.parts))
