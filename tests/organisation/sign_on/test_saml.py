"""The whole dance of SAML with a real service, which is a process of its own and signs what it says."""

from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse
from lxml import html

from hjulet.organisation.models import Person
from hjulet.organisation.people.operations import stop_login
from hjulet.organisation.sign_on.configuration import SAML_SLUG
from hjulet.organisation.sign_on.operations import map_group
from tests import factories
from tests.identity.saml import METADATA
from tests.organisation.sign_on.test_openid import STOPPED, UNCHECKED, UNKNOWN, person_in, refusal, refused

LOGIN = reverse("saml_login", args=[SAML_SLUG])
ACS = reverse("saml_acs", args=[SAML_SLUG])
GROUPS = "http://schemas.xmlsoap.org/claims/Group"


@pytest.fixture
def client():
    """Names the machine it asks, as every browser does and the test client does not."""
    return Client(headers={"host": "testserver"})


@pytest.fixture
def karin():
    return factories.person("Karin Ek")


def answer_of(client, to=""):
    """What the service gives the browser to carry over to us."""
    out = client.get(LOGIN, {"next": to} if to else {})
    assert out.status_code == 302, out.content.decode()
    with urlopen(out["Location"], timeout=10) as page:
        [form] = html.fromstring(page.read()).forms
    assert urlsplit(form.action).path == ACS
    return dict(form.form_values())


def carried(client, answer):
    return client.post(ACS, answer, follow=False), client.get(reverse("saml_finish_acs", args=[SAML_SLUG]))


def comes_by(client, to=""):
    return carried(client, answer_of(client, to))[1]


def test_someone_known_by_an_address_of_the_municipality_comes_in_where_she_was_going(client, saml, karin):
    answer = comes_by(client, "/atgarder/?q=ramp")

    assert (answer.status_code, answer["Location"], person_in(client)) == (302, "/atgarder/?q=ramp", "Karin Ek")
    assert list(SocialAccount.objects.values_list("user", "provider", "extra_data")) == [(karin.pk, "saml", {})]


def test_the_subject_is_known_again_when_the_address_is_another(client, saml, karin):
    comes_by(client)
    client.logout()
    saml.lets_in({"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": ["k@example.org"]})

    comes_by(client)

    assert person_in(client) == "Karin Ek"


def test_a_group_gives_its_role(client, saml, karin):
    administrator = factories.person("Siv System", system_administrator=factories.municipality())
    committee = factories.committee()
    map_group(by=administrator, value="Medarbetare", role="employee", unit=committee)
    saml.lets_in({GROUPS: ["Golf", "Medarbetare"]})

    comes_by(client)

    assert list(karin.role_assignments.values_list("role", "unit")) == [("employee", committee.pk)]


def test_an_unknown_person_is_not_let_in(client, saml):
    assert refusal(comes_by(client)) == refused(UNKNOWN)


def test_a_switched_off_person_stays_out(client, saml, karin):
    stop_login(karin, by=factories.person("Siv", system_administrator=factories.municipality()), reason="Har slutat")

    assert refusal(comes_by(client)) == refused(STOPPED)


FAULTS = {
    "another audience": {"audience": "https://other.example/metadata"},
    "another recipient": {"recipient": "https://other.example/acs"},
    "too old": {"late": 3600},
    "forged signature": {"forged": True},
    "unsigned": {"unsigned": True},
    "altered after signing": {"altered": ["karin-1", "chief-1"]},
    "asked for by nobody": {"in_response_to": "ONELOGIN_0000"},
    "a name for one session only": {"format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_assertion_that_does_not_hold_opens_nothing(client, saml, karin, fault):
    saml.lets_in(**FAULTS[fault])

    assert refusal(comes_by(client)) == refused(UNCHECKED)
    assert (person_in(client), SocialAccount.objects.count()) == (None, 0)


def test_an_assertion_is_taken_once(client, saml, karin):
    answer = answer_of(client)
    carried(client, answer)
    client.logout()

    assert (refusal(carried(client, answer)[1]), person_in(client)) == (refused(UNCHECKED), None)


def test_an_assertion_is_taken_by_the_browser_that_asked(client, saml, karin):
    answer = answer_of(Client(headers={"host": "testserver"}))

    assert (refusal(carried(client, answer)[1]), person_in(client)) == (refused(UNCHECKED), None)


@pytest.mark.parametrize("answer", [{}, {"SAMLResponse": "inte base64!"}, {"SAMLResponse": "PHg+"}])
def test_an_answer_that_is_none_is_refused(client, saml, answer):
    assert refusal(carried(client, answer)[1]) == refused(UNCHECKED)


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/"])
def test_nobody_is_led_away_after_the_login(client, saml, karin, to):
    assert comes_by(client, to)["Location"] == "/"


def test_a_second_step_can_be_demanded(client, saml, karin):
    saml.is_set(SSO_REQUIRE_ACR="http://id.example/loa3")
    assert refusal(comes_by(client)) == refused(
        "Kvalitetshjulet kräver inloggning i två steg. Logga in igen och använd det andra steget."
    )

    saml.lets_in(acr="http://id.example/loa3")
    comes_by(client)
    assert person_in(client) == "Karin Ek"


def test_a_service_that_is_down_is_told_in_words(client, saml):
    saml.is_set(SAML_METADATA_URL="http://localhost:1/metadata")

    assert refusal(client.get(LOGIN)) == refused(
        "Inloggningstjänsten svarar inte just nu. Vänta en stund och försök igen."
    )


@pytest.mark.parametrize(
    "described", ["inte xml", "<x/>", METADATA.format(entity="other", certificate="x", address="x")]
)
def test_a_description_that_is_none_is_told_in_words(client, saml, tmp_path, described):
    (tmp_path / "idp.xml").write_text(described)
    saml.is_set(SAML_METADATA_URL="", SAML_METADATA_FILE=str(tmp_path / "idp.xml"))

    assert refusal(client.get(LOGIN)) == refused(UNCHECKED)


def test_the_description_may_lie_in_a_file(client, saml, karin, tmp_path):
    with urlopen(f"{saml.address}/metadata", timeout=10) as metadata:
        (tmp_path / "idp.xml").write_bytes(metadata.read())
    saml.is_set(SAML_METADATA_URL="", SAML_METADATA_FILE=str(tmp_path / "idp.xml"))

    comes_by(client)

    assert person_in(client) == "Karin Ek"


def test_a_service_that_ends_its_own_session_leads_to_our_question(client, saml, karin):
    comes_by(client)

    answer = client.get(reverse("saml_sls", args=[SAML_SLUG]), {"SAMLRequest": "x"})

    assert html.fromstring(answer.content).findtext(".//h1") == "Vill du logga ut?"
    assert person_in(client) == "Karin Ek"


def test_we_describe_ourselves_for_the_service(client, saml):
    answer = client.get(reverse("saml_metadata", args=[SAML_SLUG]))

    described = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/xml")
    assert f'Location="http://testserver{ACS}"' in described


def test_without_a_service_there_is_nothing_there(client, db):
    assert {client.get(reverse(name, args=[SAML_SLUG])).status_code for name in ("saml_login", "saml_metadata")} == {
        404
    }
    assert Person.objects.filter(is_machine=False).count() == 0
