from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hjulet.base.pages import reads
from hjulet.reporting.my_work.queries import grouped, tasks_of


@reads
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/my_work/index.html", {"groups": grouped(tasks_of(request.user))})
