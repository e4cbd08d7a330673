import pytest

from hjulet.base.charts.ring import PROGRESS
from hjulet.base.documents.tones import PAPER, TONES, contrast, readable

DARK_PAGE = "#14181d"


def test_contrast_is_that_of_wcag():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("name", TONES)
def test_text_is_read_on_every_tone_and_edges_are_seen_on_it(name):
    tone = TONES[name]

    assert contrast(tone.ink, tone.fill) >= 4.5
    assert contrast(tone.edge, tone.fill) >= 3
    assert contrast(tone.edge, PAPER) >= 3


def test_the_progress_of_the_ring_is_seen_on_light_and_dark_pages():
    assert contrast(PROGRESS, PAPER) >= 3
    assert contrast(PROGRESS, DARK_PAGE) >= 3


def test_readable_leaves_a_dark_colour_and_darkens_a_light_one():
    assert readable("#1f4e79") == "#1f4e79"
    assert contrast(readable("#ffcc00"), PAPER) >= 4.5
    assert readable("#ffffff") == "#757575"
