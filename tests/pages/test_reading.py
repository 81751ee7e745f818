"""The measure of reading tells easy from hard, and reads only what people read as sentences."""

from tests.pages.reading import grade_of, sentences_of


def test_plain_words_are_easy_and_official_ones_are_not() -> None:
    easy = ["People say that it is easy to get a permit here.", "Most of them would come back."]
    hard = ["Respondents' characterization of administrative accessibility deteriorated "
            "considerably notwithstanding organizational reconfiguration initiatives."]  # fmt: skip

    assert grade_of(easy) < 6 < 12 < grade_of(hard)


def test_tables_controls_and_labels_are_not_sentences() -> None:
    page = """<header>Sign out of this whole system now please</header><main>
      <h1>What would raise trust most?</h1><p>Ease counts. We asked 412 people here in May.</p>
      <table><tr><td>Nobody reads this cell as one sentence</td></tr></table>
      <p>Trust</p></main>"""

    found = sentences_of(page)

    assert found == ["What would raise trust most?", "We asked 412 people here in May."]
