import re

import pytest
import segno
from django.urls import reverse

from tests import factories
from tests.rulebook import desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return desks.desk()


def lines(svg):
    return re.search(r' d="([^"]+)"', svg).group(1)


def test_the_code_leads_to_the_standing_address(client, desk, settings, django_assert_num_queries):
    settings.ADDRESS = "https://hjulet.kommun.example/"
    document = desk.in_force(title="Rutin <b>")
    client.force_login(desk.writer)

    with django_assert_num_queries(5):
        text = client.get(reverse("documents:poster", args=[document.pk])).content.decode()
    address = f"https://hjulet.kommun.example/dokument/{document.pk}/"
    assert lines(text[text.index('class="qr"') :]) == lines(segno.make(address, error="m").svg_inline(scale=8))
    assert f"<title>QR-kod som leder till {address}</title>" in text
    assert ('role="img"' in text, "Rutin &lt;b&gt;" in text) == (True, True)


def test_no_sign_for_what_one_may_not_see(client, desk):
    document = desk.in_force()
    client.force_login(factories.person("Nils Ek", employee=factories.unit(factories.committee("Kulturnämnden"), "B")))

    assert client.get(reverse("documents:poster", args=[document.pk])).status_code == 404
