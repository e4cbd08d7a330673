from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.base.pages import reads
from hjulet.reporting.wheel.forms import WheelChoice
from hjulet.reporting.wheel.pictures import wheel_figure
from hjulet.reporting.wheel.queries import start_page


@reads
def start(request: HttpRequest) -> HttpResponse:
    choice = WheelChoice(request.GET, person=request.user)
    page = start_page(request.user, choice.committee, choice.year)
    ring = wheel_figure(page.wheel) if page.wheel else None
    return render(request, "reporting/wheel/start.html", {"page": page, "choice": choice, "ring": ring})
