"""A release tells of no small group, not even beside the releases before it."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from click.testing import CliRunner
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cx280.audit.models import AuditEntry
from cx280.kernel.problem import NotAllowed, Unusable
from cx280.measures.actions import recount
from cx280.reporting.actions import (
    NotPublishable,
    accept,
    certify,
    publish,
    reopen,
    set_noise,
    submit,
)
from cx280.reporting.commands import noise
from cx280.reporting.models import NoiseSetting, Package, Release, ReportedRow
from cx280.reporting.queries import noise_ledger
from cx280.reporting.rules import disclosure
from cx280.reporting.rules.content import Content, Question, Tap, read_content
from cx280.reporting.rules.disclosure import attack_release, safe_version
from cx280.reporting.rules.noise import noisy_version
from tests.reporting.contents import a_question, a_survey_report, a_tapping_question, with_survey
from tests.reporting.quarters import QUARTER, Scene, a_scene, answer, answered, released, sent


def trust_of(content: Content) -> Question:
    return content.surveys[0].questions[0]


def asked(counts: list[int], *, taps: bool = False) -> Content:
    """A quarter with one trust question, and drivers tapped under it when asked for."""
    questions = [a_question("trust", counts)]
    if taps:
        ways = {"high": counts[3] + counts[4], "middle": counts[2], "low": counts[0] + counts[1]}
        shown = [
            Tap(driver="ease", text="ease", polarity=way, tapped=n // 2, shown=n)
            for way, n in ways.items()
            if n
        ]
        total = sum(each.tapped or 0 for each in shown)
        questions.append(a_tapping_question(taps=shown, answered=total))
    return with_survey(questions=questions)


def as_released(counts: list[int], *, taps: bool = False) -> list[disclosure.Release]:
    return [disclosure.Release(1, safe_version(asked(counts, taps=taps)).content)]


cells = st.lists(st.integers(0, 40), min_size=5, max_size=5)


@settings(max_examples=25, deadline=None)
@given(cells, st.booleans())
def test_the_attacker_finds_nothing_in_a_first_release(counts: list[int], taps: bool) -> None:
    content = asked(counts, taps=taps)

    assert attack_release(content, safe_version(content).content, 10) == []


@settings(max_examples=20, deadline=None)
@given(cells, st.integers(0, 4), st.integers(-12, 12), st.booleans())
def test_nor_in_a_correction_read_beside_what_it_replaces(
    counts: list[int], place: int, more: int, taps: bool
) -> None:
    corrected = list(counts)
    corrected[place] = max(0, corrected[place] + more)
    earlier = as_released(counts, taps=taps)
    content = asked(corrected)

    safe = safe_version(content, 10, earlier)

    assert attack_release(content, safe.content, 10, earlier) == []


few = st.lists(st.integers(0, 5), min_size=5, max_size=5)


def tables_that_fit(question: Question) -> list[tuple[int, ...]]:
    """Every distribution of answers that agrees with all that is printed, by trying them all."""
    if question.answered is None:
        return []
    n, printed = question.answered, question.counts
    choices = [
        range(n + 1) if printed is None else range(1, n + 1) if count is None else (count,)
        for count in printed or [None] * 5
    ]
    return [
        each
        for each in product(*choices)
        if sum(each) == n
        and (question.agreeing is None or each[3] + each[4] == round(question.agreeing * n))
        and (question.mean is None or abs(sum(k * c for k, c in enumerate(each, 1)) / n
                                          - question.mean) <= 0.005 + 1e-9)
    ]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(few)
def test_trying_every_table_finds_no_small_count_either(counts: list[int]) -> None:
    """Without any linear program: groups under 4 may be 1, 2 or 3 for all that fits."""
    question = trust_of(safe_version(asked(counts), 4).content)

    fits = tables_that_fit(question)

    for place, n in enumerate(counts):
        possible = {each[place] for each in fits}
        if 0 < n < 4 and possible:
            assert max(possible) - min(possible) >= 2, question


@settings(max_examples=25, deadline=None)
@given(few, st.integers(0, 4), st.sampled_from([-2, -1, 1, 2, 3]))
def test_trying_every_pair_of_tables_tells_no_small_change(
    counts: list[int], place: int, more: int
) -> None:
    corrected = list(counts)
    corrected[place] = max(0, corrected[place] + more)
    first = safe_version(asked(counts), 4).content
    second = safe_version(asked(corrected), 4, [disclosure.Release(1, first)]).content

    before, after = tables_that_fit(trust_of(first)), tables_that_fit(trust_of(second))

    change = corrected[place] - counts[place]
    possible = {b[place] - a[place] for a in before for b in after}
    if change and possible:
        assert max(possible) - min(possible) >= 2, (trust_of(first), trust_of(second))


def test_a_correction_by_one_answer_does_not_tell_what_was_answered() -> None:
    """Shown as usual, one more in the middle would be seen by anybody who subtracts."""
    earlier = as_released([12, 15, 30, 60, 80])
    content = asked([12, 15, 31, 60, 80])
    as_usual = safe_version(content).content

    safe = safe_version(content, 10, earlier)

    (fault,) = attack_release(content, as_usual, 10, earlier)
    assert "beside release 1" in fault.message
    shown = trust_of(safe.content)
    assert (shown.answered, shown.agreeing, shown.mean) == (198, None, None)
    assert shown.counts is None or shown.counts[2] is None
    assert "Beside release 1" in shown.withheld
    (told,) = safe.further
    assert told.where == "surveys[boat-web].questions[trust]"


def test_a_correction_by_many_answers_is_shown() -> None:
    safe = safe_version(asked([12, 15, 50, 60, 80]), 10, as_released([12, 15, 30, 60, 80]))

    assert trust_of(safe.content).counts == [12, 15, 50, 60, 80]
    assert safe.further == ()


def test_a_correction_of_something_else_shows_the_same_figures_again() -> None:
    counts = [3, 15, 30, 60, 80]
    earlier = as_released(counts)

    safe = safe_version(asked(counts), 10, earlier)

    assert trust_of(safe.content) == trust_of(earlier[0].content)


def test_hiding_other_counts_than_the_release_before_hides_nothing() -> None:
    """Two and three are hidden in one release, two and four in the next: two is known."""
    content = asked([20, 4, 30, 60, 80])
    shown = a_question("trust", [20, 4, 30, 60, 80], mean=None, agreeing=None, low=None, high=None)
    earlier = with_survey(questions=[replace(shown, counts=[20, None, None, 60, 80])])
    later = with_survey(questions=[replace(shown, counts=[20, None, 30, None, 80])])

    apart = attack_release(content, later, 10)
    together = attack_release(content, later, 10, [disclosure.Release(7, earlier)])

    assert apart == []
    assert ["release 7" in each.message for each in together] == [True]


def test_choices_of_which_each_person_made_one_do_not_give_the_hidden_one_away() -> None:
    taps = [Tap(driver=name, text=name, polarity="all", tapped=n, shown=100)
            for name, n in (("ease", 60), ("efficiency", 36), ("equity", 4))]  # fmt: skip
    question = a_tapping_question(taps=taps, answered=100, parent="", mode="multiple_choice")
    content = with_survey(questions=[question])

    safe = safe_version(content)

    assert attack_release(content, safe.content, 10) == []
    assert all(tap.tapped is None for tap in trust_of(safe.content).taps)


def test_choices_are_held_against_the_same_choices_wherever_they_stand() -> None:
    """One more chose ease; in the release before, efficiency stood first."""

    def chosen(*taps: tuple[str, int, int]) -> Content:
        made = [Tap(driver=name, text=name, polarity="high", tapped=n, shown=of)
                for name, n, of in taps]  # fmt: skip
        return with_survey(questions=[a_tapping_question(taps=made, answered=90)])

    before = safe_version(chosen(("efficiency", 70, 200), ("ease", 60, 200))).content
    content = chosen(("ease", 61, 201), ("efficiency", 70, 201))

    safe = safe_version(content, 10, [disclosure.Release(1, before)])

    assert [each.where for each in safe.further] == ["surveys[boat-web].questions[why]"]
    assert safe_version(content, 10).further == ()


def a_correction(scene: Scene, **more: int) -> Package:
    """The published quarter opened again, with some more answers, and accepted."""
    package = Package.objects.get()
    reopen(package, because="Answers of one office were missing.", by=scene.lead)
    for _, times in more.items():
        answer(scene, times, on=QUARTER.first_day)
    recount(scene.version, QUARTER)
    certify(package, by=scene.official)
    submit(package, by=scene.lead)
    accept(package, by=scene.reviewer)
    return package


@pytest.mark.django_db
@pytest.mark.proves("280.16-a6")
def test_a_published_correction_keeps_what_the_attacker_found() -> None:
    scene = a_scene()
    answered(scene)
    first = released(scene)

    second = publish(a_correction(scene, late=2), by=scene.reviewer)

    assert first.disclosure["earlier"] == []
    assert second.disclosure["earlier"] == [1]
    assert len(second.disclosure["further"]) == 7
    content = read_content(second.content)
    assert all(each.agreeing is None for each in content.surveys[0].questions)
    assert any("beside an earlier release" in each for each in content.caveats)
    client = Client()
    client.force_login(scene.reviewer, backend="cx280.accounts.backends.PasswordOrLink")
    page = client.get("/quarter/releases/").content.decode()
    assert "beside release 1; 7 questions hidden further" in page


def test_two_wordings_under_one_id_keep_their_own_figures() -> None:
    first = a_question("trust", [20, 30, 40, 50, 60])
    second = a_question("trust", [60, 50, 40, 30, 20], text="I trust Boat permits.")
    content = with_survey(questions=[first, second])

    safe = safe_version(content)

    assert [each.counts for each in safe.content.surveys[0].questions] == [
        [20, 30, 40, 50, 60], [60, 50, 40, 30, 20],
    ]  # fmt: skip


def test_other_words_in_a_correction_are_held_against_the_same_question() -> None:
    question = a_question("trust", [12, 15, 31, 60, 80], text="New words.", comparable="new")

    safe = safe_version(with_survey(questions=[question]), 10, as_released([12, 15, 30, 60, 80]))

    assert [each.where for each in safe.further] == ["surveys[boat-web].questions[trust]"]


@pytest.mark.django_db
def test_omb_reads_before_publishing_what_a_correction_will_not_show() -> None:
    scene = a_scene()
    answered(scene)
    released(scene)
    package = a_correction(scene, late=2)
    client = Client()
    client.force_login(scene.reviewer, backend="cx280.accounts.backends.PasswordOrLink")

    page = client.get(f"/quarter/review/{package.pk}/").content.decode()

    assert "What the release will not show" in page
    assert "Beside release 1" in page


@pytest.mark.django_db
def test_a_release_that_would_tell_too_much_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were the suppression wrong, the attacker at the gate still stops it."""
    scene = a_scene()
    answered(scene)
    released(scene)
    package = a_correction(scene, late=2)
    monkeypatch.setattr(
        "cx280.reporting.actions.releases.safe_version",
        lambda content, smallest, earlier: safe_version(content, smallest),
    )

    with pytest.raises(NotPublishable, match="beside release 1") as refused:
        publish(package, by=scene.reviewer)

    assert refused.value.fix
    assert Release.objects.count() == 1


def test_a_release_with_noise_says_so_and_adds_up() -> None:
    content = asked([12, 15, 30, 60, 80], taps=True)

    noisy = noisy_version(content, Fraction(1), random.Random(4).randrange)

    trust, why = noisy.surveys[0].questions
    assert trust.counts != [12, 15, 30, 60, 80]
    assert trust.answered == sum(each or 0 for each in trust.counts or [])
    assert why.taps[0].tapped is None
    assert noisy.noise
    assert noisy.noise.epsilon_each == 0.5
    assert any("privacy budget 1 for one person" in each for each in noisy.caveats)


def test_noise_widens_the_interval() -> None:
    content = asked([120, 150, 300, 600, 800])

    noisy = trust_of(noisy_version(content, Fraction(1, 20), random.Random(4).randrange))

    exact = trust_of(content)
    assert (noisy.high or 0) - (noisy.low or 0) > (exact.high or 0) - (exact.low or 0) > 0


@pytest.mark.django_db
def test_an_agency_s_noise_is_spent_from_its_budget_and_stands_in_the_ledger() -> None:
    scene = a_scene()
    answered(scene)
    set_noise(scene.agency, epsilon=Decimal("0.5"), yearly=Decimal("0.8"), by=scene.official)

    package = sent(scene)
    accept(package, by=scene.reviewer)
    release = publish(package, by=scene.reviewer, below=random.Random(1).randrange)

    (spent,) = noise_ledger()
    assert (spent.fiscal_year, spent.releases, spent.epsilon) == (2022, 1, Decimal("0.5"))
    assert release.disclosure == {"noise": "0.500"}
    row = ReportedRow.objects.get().questions.get(construct="trust")
    assert row.answered not in {None, 127}
    with pytest.raises(NotPublishable, match=r"0\.300 left"):
        publish(a_correction(scene), by=scene.reviewer)


@pytest.mark.django_db
def test_only_the_official_decides_on_noise_and_it_is_off_unless_asked_for() -> None:
    scene = a_scene()

    with pytest.raises(NotAllowed):
        set_noise(scene.agency, epsilon=Decimal(1), by=scene.lead)
    with pytest.raises(Unusable):
        set_noise(scene.agency, epsilon=Decimal(1), yearly=Decimal("0.5"), by=scene.official)
    assert NoiseSetting.objects.count() == 0
    set_noise(scene.agency, epsilon=Decimal(1), by=scene.official)
    assert NoiseSetting.objects.get().yearly == 8
    set_noise(scene.agency, epsilon=None, by=scene.official)
    assert NoiseSetting.objects.count() == 0
    assert AuditEntry.objects.filter(action="set_noise").count() == 2


def test_a_survey_whose_respondents_are_too_few_is_attacked_too() -> None:
    content = with_survey(
        questions=[a_question("trust", [1, 0, 2, 3, 1])],
        volumes=replace(a_survey_report().volumes, respondents=7),
    )

    safe = safe_version(content)

    assert attack_release(content, safe.content, 10) == []


@pytest.mark.django_db
def test_the_command_line_sets_noise_and_takes_it_away() -> None:
    scene = a_scene()
    said = [scene.agency.code, "--by", scene.official.email]

    on = CliRunner().invoke(noise, [*said, "--epsilon", "0.5"])
    off = CliRunner().invoke(noise, [*said, "--off"])

    assert "off by 15.99 people" in on.output
    assert "no noise" in off.output
    assert NoiseSetting.objects.count() == 0
