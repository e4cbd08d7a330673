from hjulet.base.charts.svg import fold, mark, measure, tag


def test_tag_escapes_and_shortens():
    assert tag("rect", x=1.0, y=2.123, stroke_width=None, class_='a"<') == '<rect x="1" y="2.12" class="a&quot;&lt;"/>'


def test_fold_breaks_at_spaces_within_words_and_ends_with_an_ellipsis():
    assert fold("en två tre", width=40, size=10, most=3) == ["en två", "tre"]
    assert fold("Kommunfullmäktige", width=50, size=10, most=3) == ["Kommunfu-", "llmäktige"]
    assert fold("ett två tre fyra", width=20, size=10, most=2) == ["ett", "två…"]
    assert fold("", width=20, size=10, most=2) == [""]


def test_folded_lines_are_no_wider_than_asked():
    lines = fold("Synnerligen allvarlig konsekvensbeskrivning", width=60, size=13, most=9)

    assert [line for line in lines if measure(line, size=13) > 60] == []


def test_a_tone_without_a_shape_of_its_own_is_a_square():
    assert mark("neutral", 5, 5, size=4, fill="#000000") == '<rect x="3" y="3" width="4" height="4" fill="#000000"/>'
