"""The database goes away and comes back while the site runs: it says so, loses nothing, and goes on by itself."""

from django.db import connection
from django.urls import reverse

from hjulet.actions.models import Action
from hjulet.audit.queries import faults_of_chain
from hjulet.organisation.models import Unit
from tests import factories
from tests.faults.plugs import plug_of
from tests.faults.servers import form_of, serving


def test_the_site_says_so_and_goes_on_when_it_is_back(begun_place):
    home_care = factories.unit(Unit.objects.get(kind="committee"))
    manager = factories.person("Karin Ek", unit_manager=home_care)
    plan = reverse("actions:plan")
    with plug_of(begun_place) as plug, serving(begun_place, manager, **plug.surroundings) as browser:
        sent = form_of(browser.get(plan), unit=home_care.pk, title="Bygg ramp", description="Vid entrén.")
        connection.close()
        plug.pull()
        asked, refused = browser.get("/"), browser.post(plan, sent)
        plug.put_back()
        back, saved = browser.get("/"), browser.post(plan, form_of(refused))

        assert [(answer.status, answer.headers.get("Retry-After")) for answer in (asked, refused)] == [(503, "60")] * 2
        assert "Databasen svarar inte." in asked.text
        assert "Traceback" not in asked.text + refused.text
        assert (back.status, saved.status) == (200, 302)
    assert [action.title for action in Action.objects.all()] == ["Bygg ramp"]
    assert list(faults_of_chain()) == []
