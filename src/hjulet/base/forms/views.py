"""The preview of a Markdown field: stores nothing, needs nothing but the text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.base.pages import writes


@writes
def preview(request: HttpRequest) -> HttpResponse:
    """Shows the field that the button named: a part of the form, or without script a page of its own.

    Answers a POST, because a text may be longer than an address can be.
    """
    text = request.POST.get(request.POST.get("preview", ""), "")
    template = "base/forms/preview.html#text" if request.htmx else "base/forms/preview.html"
    return render(request, template, {"text": text})
