from django.urls import URLPattern, path

from hjulet.collaboration.registers import views
from hjulet.collaboration.registers.register import Register


def register_pages(*registers: Register) -> tuple[list[URLPattern], str]:
    """The pages of all the registers that the installation has, for `include`."""
    given = {"registers": registers}
    return [
        path("", views.index, given, name="index"),
        path("<slug:key>/", views.rows, given, name="rows"),
        path("<slug:key>/ny/", views.add, given, name="add"),
        path("<slug:key>/<int:pk>/", views.row, given, name="row"),
        path("<slug:key>/<int:pk>/andra/", views.change, given, name="change"),
    ], "registers"
