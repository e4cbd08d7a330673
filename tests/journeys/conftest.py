"""A browser against a running server. Each journey ends by looking: no fault in the console, none for axe."""

import os

# Playwright runs an event loop in this thread, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.journeys.visitor import Visitor
from tools import browser as chromium

WIDTHS = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

# A thing that fades in has too little contrast until it has done so.
AT_REST = "Promise.allSettled(document.getAnimations().map(animation => animation.finished))"


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        # A container's root has no sandbox to run in.
        browser = playwright.chromium.launch(
            executable_path=chromium.require(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server):
    """`open_page("desk")` or `("phone")`, with `script=False` for a browser without script; faults end the test."""
    faults, contexts = [], []

    def open_page(width="desk", *, script=True, **context_options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport=WIDTHS[width],
            java_script_enabled=script,
            locale="sv-SE",
            **context_options,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def is_fault(message):
    """What the console calls an error; a refused page is an answer, and the browser reports that too."""
    return message.type == "error" and "Failed to load resource" not in message.text


@pytest.fixture(params=WIDTHS)
def width(request):
    """The journey is made twice: at a desk and on a phone."""
    return request.param


@pytest.fixture
def visitor(open_page, assert_accessible):
    """`visitor(person, "phone", script=False)`: a person who has logged in; without a person, anybody."""

    def visitor(person=None, width="desk", *, script=True):
        someone = Visitor(open_page(width, script=script), assert_accessible, script=script)
        if person:
            someone.opens("/")
            someone.logs_in(person.email)
        return someone

    return visitor


@pytest.fixture
def assert_accessible(open_page):
    """No violation of WCAG 2.2 AA or good practice, and nothing that makes the page scroll sideways.

    axe is a script itself: a page without script is looked at in a browser with it (`script=False`).
    """

    def assert_accessible(page, *, script=True):
        if not script:
            width = next(name for name, size in WIDTHS.items() if size == page.viewport_size)
            twin = open_page(width, storage_state=page.context.storage_state())
            twin.goto(page.url)
            page = twin
        page.evaluate(AT_REST)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(fault["id"], fault["help"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
        assert overflow(page) == 0

    return assert_accessible


def overflow(page):
    """How many pixels the page is wider than the screen; on a phone the narrowest screen counts too."""
    wide = page.viewport_size
    widths = {wide["width"], 320} if wide["width"] < 400 else {wide["width"]}
    found = []
    for width in sorted(widths):
        page.set_viewport_size(wide | {"width": width})
        found.append(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
    return max(found)
