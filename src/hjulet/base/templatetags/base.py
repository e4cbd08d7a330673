"""Tags of every page: icons, days in words, initials, and Markdown as HTML."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template import Context
from django.template.defaulttags import querystring
from django.utils import timezone
from django.utils.formats import localize, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide

from hjulet.base import markdown
from hjulet.base.forms.choices import options
from hjulet.base.forms.drawing import escaped
from hjulet.base.middleware import FIELD, form_token
from hjulet.base.tables import Column, Deadline, LastPage, Link, RowPaginator, Shown, Tag

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> str:
    """A Lucide icon beside a text that says the same; a screen reader does not hear it."""
    return lucide(name, size=None, **{"class": "icon", "aria_hidden": "true", "focusable": "false"})


# A tag, a day and a cell stand in every row of a list: drawn here and not in a template, they cost a twentieth.
SHAPES = {
    "danger": '<path d="M6-.8 12.8 6 6 12.8-.8 6z"/>',
    "warning": '<path d="M6 .5 12 11.5H0z"/>',
    "success": '<circle cx="6" cy="6" r="6"/>',
    "info": '<path d="M1 1h10v10H1z"/>',
    "accent": '<path d="M1.5 0 11 6l-9.5 6z"/>',
    "neutral": '<circle class="is-ring" cx="6" cy="6" r="5"/>',
}

LONG = 24
IS_NUMBER = ' class="is-number"'
NOTHING = SafeString('<span class="quiet">–</span>')


@register.simple_tag
def tag(text: Any, color: str = "neutral", number: Any = "") -> SafeString:
    """State or level by number, word, colour and shape."""
    words = str(text)
    before = f'<span class="tag-number">{escaped(number)}</span>' if number != "" else ""
    return SafeString(
        f'<span class="tag{" tag-long" if len(words) > LONG else ""}" data-color="{color}">'
        '<svg class="tag-shape" viewBox="-1.5 -1.5 15 15" aria-hidden="true" focusable="false">'
        f"{SHAPES[color]}</svg>{before}<span>{escaped(text)}</span></span>"
    )


@register.simple_tag
def day(value: date | None, relative: bool = False, deadline: bool = False) -> SafeString:
    """A day as ISO, and how far off it is; a deadline that has passed is late."""
    return NOTHING if value is None else day_seen_from(timezone.localdate(), value, relative, deadline)


def day_seen_from(today: date, value: date, relative: bool = False, deadline: bool = False) -> SafeString:
    return drawn_day(as_day(value), today, relative, deadline, get_language())


@lru_cache(maxsize=2_000)
def drawn_day(there: date, today: date, relative: bool, deadline: bool, language: str | None) -> SafeString:
    """Drawn once for the same day, for of five hundred tasks most share theirs. The words are those of the language."""
    distance = ""
    iso = there.isoformat()
    if relative or deadline:
        is_late = deadline and there < today
        words = escape(distance_in_words((there - today).days, is_late=is_late))
        distance = f' <span class="date-relative{" is-late" if is_late else ""}">{words}</span>'
    return SafeString(f'<span class="date"><time class="number nowrap" datetime="{iso}">{iso}</time>{distance}</span>')


@register.simple_tag(takes_context=True)
def once(context: Context) -> SafeString:
    """The token by which a form that is sent twice, or too late, is known (`base.middleware`)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, form_token(context["request"].user.pk))


@register.simple_tag(takes_context=True)
def orders(context: Context, sorts: Iterable[tuple[str, str]]) -> SafeString:
    """What a list can be ordered by, as choices."""
    return SafeString(options(sorts, context["request"].GET.get("sort", "")))


# How a list is ordered by a column, and the icon that says so.
WAYS = {"ascending": "arrow-up", "descending": "arrow-down", "none": "chevrons-up-down"}


@register.simple_tag(takes_context=True)
def head(context: Context, text: Any, sort: str = "", by: str = "", number: bool = False) -> SafeString:
    """The head of a column. One to `sort` by is a link that turns the order, which is `by` a column now."""
    name, start = escaped(text), f'<th scope="col"{IS_NUMBER if number else ""}'
    if not sort:
        return SafeString(f"{start}>{name}</th>")
    way = "ascending" if by == sort else "descending" if by == f"-{sort}" else "none"
    address = querystring(context, sort=f"-{sort}" if way == "ascending" else sort, page=None)
    link = f'<a class="table-sort" href="{escape(address)}">{name}{icon(WAYS[way])}</a>'
    return SafeString(f'{start} aria-sort="{way}">{link}</th>')


@register.simple_tag(takes_context=True)
def heads(context: Context, shown: Shown) -> SafeString:
    """Those of a list."""
    columns, chosen = shown.columns, _("Välj")
    drawn = [head(context, one.label, one.key if one.sort else "", shown.sort, one.number) for one in columns]
    return SafeString("".join([*drawn, head(context, chosen)] if shown.has_boxes else drawn))


@register.simple_tag
def column_boxes(shown: Shown) -> SafeString:
    """Which columns to show: a box for each."""
    start = '<div class="choice"><input class="ds-input" type="checkbox" name="kol" value="'
    return SafeString(
        "".join(
            f'{start}{one.key}" id="kol-{one.key}"{" checked" if one in shown.columns else ""}>'
            f'<label for="kol-{one.key}">{escaped(one.label)}</label></div>'
            for one in shown.table.columns
        )
    )


@register.simple_tag
def rows(shown: Shown) -> SafeString:
    """The rows of a list, each with its box where they can be chosen: all in one go, for there are fifty of them."""
    today, starts = timezone.localdate(), [start_of_cell(column) for column in shown.columns]
    box = box_of(shown) if shown.has_boxes else None
    drawn = []
    for row, cells in zip(shown.page.object_list, shown.rows, strict=True):
        body = "".join(
            f"{start}{escaped(content(value, today))}</td>"
            for start, (_column, value) in zip(starts, cells, strict=True)
        )
        drawn.append(f"<tr>{body}{box(row.pk, cells[0][1]) if box else ''}</tr>")
    return SafeString("".join(drawn))


def box_of(shown: Shown) -> Callable[[int, Any], str]:
    choose, checked = escape(_("Välj")), " checked" if shown.all_are_chosen else ""
    start = f'<td data-label="{choose}"><input class="ds-input" type="checkbox" name="pk" value="'
    end = f'" form="{shown.table.key}-many"{checked} aria-label="{choose} '
    return lambda key, name: f'{start}{key}{end}{escaped(name)}"></td>'


@register.simple_tag
def cells(row: Iterable[tuple[Column, Any]]) -> SafeString:
    """The cells of one row."""
    today = timezone.localdate()
    return SafeString("".join(f"{start_of_cell(column)}{escaped(content(value, today))}</td>" for column, value in row))


def start_of_cell(column: Column) -> str:
    """On a phone, where each row is a card, with the column's name before it."""
    return f'<td data-label="{escaped(column.label)}"{IS_NUMBER if column.number else ""}>'


def content(value: Any, today: date) -> Any:
    match value:
        case Link():
            link = f'<a href="{escape(value.href)}">{escaped(value.text)}</a>'
            return SafeString(f"{link} {tag(value.warning, 'danger')}" if value.warning else link)
        case Tag():
            return tag(value.text, value.color, value.number)
        case Deadline(day=date() as due, is_waiting=is_waiting):
            return day_seen_from(today, due, deadline=is_waiting)
        case date():
            return day_seen_from(today, value)
        case None | "" | Deadline():
            return NOTHING
    return localize(value)


def distance_in_words(days: int, *, is_late: bool = False) -> str:
    """From today in whole days, weeks, months or years: "i dag", "om 3 dagar", "för 2 veckor sedan" or "2 veckor sen"."""
    if days == 0:
        return _("i dag")
    words = _("om %(span)s") if days > 0 else _("%(span)s sen") if is_late else _("för %(span)s sedan")
    return words % {"span": span(abs(days))}


def as_day(value: date) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


def span(days: int) -> str:
    if days < 21:
        return ngettext("%(n)d dag", "%(n)d dagar", days) % {"n": days}
    if days < 61:
        return ngettext("%(n)d vecka", "%(n)d veckor", days // 7) % {"n": days // 7}
    if days < 730:
        return ngettext("%(n)d månad", "%(n)d månader", days * 12 // 365) % {"n": days * 12 // 365}
    return ngettext("%(n)d år", "%(n)d år", days // 365) % {"n": days // 365}


@register.filter
def initials(name: Any) -> str:
    """First letters of the first and last word, for the circle beside a person's name."""
    words = str(name).split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def steps_at(states: list[tuple[str, str]], current: str) -> list[dict[str, str]]:
    """The states of a straight workflow as past, current and coming; a state beside the path claims nothing."""
    values = [value for value, _label in states]
    here = values.index(current) if current in values else -1
    return [
        {"label": label, "when": "past" if place < here else "current" if place == here else "coming"}
        for place, (_value, label) in enumerate(states)
    ]


@register.filter
def uses(form: BaseForm, names: tuple[str, ...]) -> bool:
    """Whether something is chosen in any of the fields."""
    return any(form[name].data for name in names)


@register.filter
def page_window(page: Page) -> list[int | str]:
    """The page numbers worth a link, with an ellipsis where some are left out."""
    number = 1 if is_the_end(page) else page.number
    return list(page.paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))


@register.filter
def goes_on(page: Page) -> bool:
    """Whether there are more rows than are counted, so that the last page has no number."""
    return isinstance(page.paginator, RowPaginator) and page.paginator.has_more


@register.filter
def is_the_end(page: Page) -> bool:
    return isinstance(page, LastPage)


@register.filter
def how_many_rows(page: Page) -> str:
    """Exactly, or that there are more than anyone counts."""
    count = page.paginator.count
    if goes_on(page):
        return _("Fler än %(n)s rader") % {"n": number_format(count, force_grouping=True)}
    return ngettext("%(n)s rad", "%(n)s rader", count) % {"n": localize(count)}


@register.filter
def as_markdown(text: str | None) -> SafeString:
    """What a person wrote, as clean HTML."""
    return markdown.to_html(text or "")
