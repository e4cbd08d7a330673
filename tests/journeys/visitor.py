"""Somebody in front of a browser, who finds things by the words and roles that people and screen readers meet."""

import re
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import expect

from tests.factories import PASSWORD

MOST_STEPS = 80


class Visitor:
    """Each kind of page is looked at, as `look` does, the first time the visitor is about to leave one."""

    def __init__(self, page, look, *, script):
        self.page, self.look, self.script = page, look, script
        self.looked_at = set()

    @property
    def main(self):
        return self.page.get_by_role("main")

    def opens(self, address):
        """Returns the status: a refused page is an answer too."""
        answer = self.page.goto(address)
        self.arrives()
        return answer.status

    def logs_in(self, email, password=PASSWORD):
        """On the page that stands there: a closed page has led to the login."""
        self.fills({"E-postadress": email, "Lösenord": password})
        self.presses("Logga in")

    def goes_to(self, *items):
        """By the menu, which a phone folds away."""
        for item in items:
            menu = self.page.get_by_role("navigation", name="Huvudmeny")
            if menu.get_by_text("Meny", exact=True).is_visible():
                menu.get_by_text("Meny", exact=True).click()
            self.leaves_by(menu.get_by_role("link", name=item, exact=True))

    def follows(self, link):
        self.leaves_by(self.main.get_by_role("link", name=said(link)).first)

    def presses(self, button):
        self.leaves_by(self.main.get_by_role("button", name=said(button)).first)

    def fetches(self, link):
        """The content of the file behind a link."""
        with self.page.expect_download() as waiting:
            self.main.get_by_role("link", name=said(link)).first.click()
        return waiting.value.path().read_bytes()

    def fills(self, answers):
        """Answer questions by their labels: a choice by words that it holds, a box with True, the rest as text."""
        for label, answer in answers.items():
            question = re.compile(rf"^{re.escape(label)}( \(frivilligt\))?$")
            group = self.main.get_by_role("group", name=question)
            choice = self.main.get_by_role("combobox", name=question)
            if group.count():
                group.get_by_label(re.compile(rf"\b{re.escape(answer)}\b")).check()
            elif choice.count():
                option = choice.get_by_role("option", name=answer).first
                choice.select_option(option.get_attribute("value"))
            elif answer is True:
                self.main.get_by_label(question).check()
            else:
                self.main.get_by_label(question).fill(str(answer))

    def steps_to(self, thing, key="Tab"):
        """With the Tab key; backwards with "Shift+Tab"."""
        for _step in range(MOST_STEPS):
            self.page.keyboard.press(key)
            if thing.evaluate("thing => thing === document.activeElement"):
                return
        raise AssertionError(f"{thing} cannot be reached with the keyboard.")

    def types(self, text):
        self.page.keyboard.type(text)

    def hits(self, key):
        self.looks_once()
        self.page.keyboard.press(key)
        self.arrives()

    def sees(self, *texts):
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_see(self, *texts):
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def sees_heading(self, text):
        expect(self.page.get_by_role("heading", name=text, exact=True).first).to_be_visible()

    def leaves_by(self, thing):
        self.looks_once()
        thing.click()
        self.arrives()

    def arrives(self):
        """The page is there, and the parts that htmx fetches."""
        self.page.wait_for_load_state()
        expect(self.page.locator(".htmx-request")).to_have_count(0)

    def looks_once(self):
        kind = resolve(urlsplit(self.page.url).path).view_name
        if self.script and kind not in self.looked_at:
            self.looked_at.add(kind)
            self.looks()

    def looks(self):
        self.look(self.page, script=self.script)


def said(words):
    """The name that a link or a button begins with; more may follow, as for the screen reader."""
    return re.compile(rf"^{re.escape(words)}(?!\w)")
