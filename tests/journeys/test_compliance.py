"""The auditor sees requirement by requirement what there is, and takes all of it home."""

from hashlib import sha256
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZipFile

from lxml import html

from hjulet.audit.models import Event
from hjulet.reporting.compliance.operations import judge
from hjulet.rulebook.models import Provision
from tests.journeys.beginnings import TODAY, given_a_year_under_way, given_an_empty_installation, given_someone


def test_the_auditor_takes_out_what_shows_how_the_requirements_are_met(visitor, width):
    [committee] = given_an_empty_installation("Socialnämnden").committees
    year = given_a_year_under_way(committee)
    developer = given_someone("Disa Falk", "quality_developer", committee)
    given_a_judgement(developer, committee, "Q-12", "Årets analys är gjord.")

    he = visitor(given_someone("Rune Rev", "auditor", committee), width)
    he.opens("/")
    he.goes_to("Regelverk", "Efterlevnad")
    he.follows("Öppna")
    he.sees("5 kap. 1 § Riskanalys", "Uppfylls delvis", "Det som kommer in registreras ännu inte i Kvalitetshjulet.")
    he.follows("5 kap. 1 § Riskanalys")
    he.sees("Årets analys är gjord.", str(year.risk))
    he.page.go_back()
    archive = then_a_file_comes(he, "Hämta allt underlag")

    then_it_opens_without_the_product(archive)
    assert Event.objects.get(verb="compliance.taken_out").actor_name == "Rune Rev"


def given_a_judgement(by, committee, key, comment):
    provision = Provision.objects.get(key=key)
    judge(by=by, committee=committee, provision=provision, verdict="partly", comment=comment, judged_date=TODAY)
    return provision


def then_a_file_comes(he, button):
    with he.page.expect_download() as waiting:
        he.main.get_by_role("button", name=button).click()
    return ZipFile(BytesIO(waiting.value.path().read_bytes()))


def then_it_opens_without_the_product(archive):
    """Every link of the index leads to a file of the archive, and every file is as the manifest says."""
    links = {link for _element, _attribute, link, _place in html.fromstring(archive.read("index.html")).iterlinks()}
    manifest = dict(line.split("  ")[::-1] for line in archive.read("manifest.sha256").decode().splitlines())

    assert links == set(manifest) - {"index.html"}
    assert all(not urlsplit(link).scheme and not link.startswith("/") for link in links)
    assert manifest == {name: sha256(archive.read(name)).hexdigest() for name in manifest}
