import re

import pytest
from playwright.sync_api import expect

from tests import factories

CLOSED = "/atgarder/"
LOGIN = re.compile(rf"/konto/login/\?next={CLOSED}$")


@pytest.mark.parametrize("script", [True, False])
def test_a_person_logs_in_and_comes_where_she_was_going(visitor, width, script):
    person = factories.person("Karin Ek")
    she = visitor(width=width, script=script)

    she.opens(CLOSED)
    expect(she.page).to_have_url(LOGIN)
    she.looks()
    she.logs_in(person.email)

    expect(she.page).to_have_url(re.compile(f"{CLOSED}$"))
    she.looks()


def test_a_wrong_password_is_answered_in_words(visitor, width):
    person = factories.person("Karin Ek")
    she = visitor(width=width)

    she.opens(CLOSED)
    she.logs_in(person.email, "fel lösenord i dag")

    she.sees("Det här behöver rättas", "E-postadressen och lösenordet stämmer inte.")
    expect(she.page).to_have_url(re.compile("/konto/login/"))
    she.looks()
