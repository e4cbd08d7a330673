import re

from playwright.sync_api import expect

from tests import factories

CLOSED = "/atgarder/"


def test_a_person_logs_in_and_comes_where_she_was_going(page, log_in, assert_accessible):
    page.goto(CLOSED)
    expect(page).to_have_url(re.compile(r"/konto/login/\?next=/atgarder/$"))
    assert_accessible(page)

    log_in(page, factories.person("Karin Ek"))

    expect(page).to_have_url(re.compile(f"{CLOSED}$"))
    assert_accessible(page)


def test_a_wrong_password_is_answered_in_words(page, log_in, assert_accessible):
    page.goto(CLOSED)

    log_in(page, factories.person("Karin Ek"), password="fel lösenord i dag")

    expect(page.get_by_role("heading", name="Det här behöver rättas")).to_be_visible()
    expect(page).to_have_url(re.compile("/konto/login/"))
    assert_accessible(page)


def test_logging_in_needs_no_script(open_page, log_in, assert_accessible):
    page = open_page("phone", script=False)
    page.goto(CLOSED)

    log_in(page, factories.person("Karin Ek"))

    expect(page).to_have_url(re.compile(f"{CLOSED}$"))
    assert_accessible(page, script=False)
