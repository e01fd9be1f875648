from app.rendering.passages import passage


def test_paragraphs_lists_and_bold_are_all_there_is() -> None:
    assert passage("One\ntwo.\n\n- a\n- **b**\n\nEnd.") == (
        '<p class="govuk-body">One two.</p>\n'
        '<ul class="govuk-list govuk-list--bullet"><li>a</li><li><strong>b</strong></li></ul>\n'
        '<p class="govuk-body">End.</p>'
    )


def test_everything_else_is_text() -> None:
    assert passage("<b>x</b> & [a](javascript:b) **<i>**") == (
        '<p class="govuk-body">&lt;b&gt;x&lt;/b&gt; &amp; [a](javascript:b) <strong>&lt;i&gt;</strong></p>'
    )


def test_stars_that_do_not_pair_stay() -> None:
    assert passage("2 ** 3") == '<p class="govuk-body">2 ** 3</p>'
