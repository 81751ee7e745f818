"""What needs this person today, over all their services, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from cx280.alarms.queries.told import untaken_of
from cx280.circular.deadlines import edition_for, quarter_due
from cx280.dashboards.rules.headlines import Moved, moved
from cx280.dashboards.rules.needs import (
    Need,
    ending_clearance,
    falling_score,
    new_comments,
    quarter_package,
    silent_kiosk,
    silent_survey,
    untaken_alarms,
    urgent_comments,
)
from cx280.delivery.models import Kiosk
from cx280.kernel.quarter import Quarter
from cx280.measures.access import Sight
from cx280.measures.models import DayCount, Fact
from cx280.measures.queries import keys_of
from cx280.measures.queries.codebooks import codebooks_of
from cx280.measures.rules.basis import basis_of
from cx280.measures.rules.comparability import construct_of, has_score
from cx280.measures.rules.themes.matching import PRAISE
from cx280.measures.rules.trends import Asked, Trend, trend_of
from cx280.reporting.models import Package
from cx280.responses.models import Comment
from cx280.responses.queries import document_by, open_concerns
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion

OUTCOMES = {"trust": "Trust", "satisfaction": "Satisfaction"}
COMMENT_DAYS = 7
SILENT_DAYS = 14
CLEARANCE_DAYS = 90
_A_DAY = timedelta(days=1)
_SILENT_KIOSKS = 3  # more would drown what else needs the person
_A_THEME = 3  # comments that make a theme worth naming
_SERVICES_WITH_COMMENTS = 3  # more would drown what else needs the person


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service of the person's with its latest scores; None where too few answered."""

    sight: Sight
    quarter: Quarter | None  # of the scores
    trust: Moved | None
    satisfaction: Moved | None
    answers: int


@dataclass(frozen=True, slots=True)
class Today:
    """What needs the person, most urgent first, and how their services stand."""

    needs: tuple[Need, ...]
    services: tuple[ServiceLine, ...]


def today_for(sights: Sequence[Sight], today: date, smallest: int) -> Today:
    """The page of somebody who manages these services."""
    if not sights:
        return Today((), ())
    versions = list(
        SurveyVersion.objects.filter(survey__service__in=[each.service for each in sights])
        .select_related("survey__collection__clearance")
        .defer("document", "findings", "survey__draft")
    )
    services = _services(sights, versions, today, smallest)
    needs = [
        *_urgent(sights),
        *_alarms(sights),
        *_packages(sights, today),
        *_clearances(versions, today),
        *_falling(services),
        *_comments(sights, today),
        *_silence(versions, today),
        *_kiosks(sights, today),
    ]
    return Today(tuple(sorted(needs, key=lambda need: need.urgency)), tuple(services))


def _urgent(sights: Sequence[Sight]) -> Iterator[Need]:
    """What was written and cannot wait, on these services or the person's part of them."""
    about = Q(comment__service__in=[each.service for each in sights if each.unit is None])
    for sight in sights:
        if sight.unit is not None:
            about |= Q(
                comment__service=sight.service, comment__unit__path__startswith=sight.unit.path
            )
    need = urgent_comments(*open_concerns(about))
    if need is not None:
        yield need


def _kiosks(sights: Sequence[Sight], today: date) -> Iterator[Need]:
    """Kiosks of the person's services that nobody has heard of for two days."""
    whole = [each.service for each in sights if each.unit is None]
    silent = Kiosk.objects.filter(
        survey__service__in=whole, revoked_at=None, last_seen_at__lt=_midnight(today) - _A_DAY
    ).select_related("unit", "survey")
    for each in silent.order_by("last_seen_at")[:_SILENT_KIOSKS]:
        seen = timezone.localdate(each.last_seen_at)
        yield silent_kiosk(each.name, each.unit.name, each.survey.code, seen, each.waiting, today)


def _midnight(today: date) -> datetime:
    return datetime.combine(today, time(), timezone.get_current_timezone())


def _alarms(sights: Sequence[Sight]) -> list[Need]:
    """What fell and nobody has taken, in the person's services or at their offices."""
    whole = [each.service for each in sights if each.unit is None]
    lines = untaken_of(
        whole, [(each.service, each.unit) for each in sights if each.unit is not None]
    )
    return untaken_alarms(
        [(each.incident.pk, each.message.whole, each.message.how_bad) for each in lines]
    )


def _services(
    sights: Sequence[Sight], versions: Sequence[SurveyVersion], today: date, smallest: int
) -> list[ServiceLine]:
    """The latest scores of the last three quarters, the one that runs included."""
    quarters = [Quarter.of(today).plus(-back) for back in range(3)]
    asked, answers = _asked(sights, versions, quarters)
    lines = []
    for sight in sights:
        trends = {
            outcome: trend_of(outcome, asked.get((sight.service.pk, outcome), []))
            for outcome in OUTCOMES
        }
        trust = _moved(trends["trust"], smallest, quarters[0])
        satisfaction = _moved(trends["satisfaction"], smallest, quarters[0])
        latest = trends["trust"].latest or trends["satisfaction"].latest
        total = answers.get((sight.service.pk, quarters[0]), 0)
        quarter = latest.quarter if latest else None
        lines.append(ServiceLine(sight, quarter, trust, satisfaction, total))
    return lines


def _asked(
    sights: Sequence[Sight], versions: Sequence[SurveyVersion], quarters: Sequence[Quarter]
) -> tuple[dict[tuple[int, str], list[Asked]], dict[tuple[int, Quarter], int]]:
    """(service, outcome) with what was answered; (service, quarter) with how many answered."""
    where = Q(service__in=[s.service for s in sights if s.unit is None], unit__isnull=True)
    for sight in sights:
        if sight.unit is not None:
            where |= Q(service=sight.service, unit__path__startswith=sight.unit.path)
    rows = Fact.objects.filter(
        where,
        starts_on__in=[quarter.first_day for quarter in quarters],
        channel="",
        polarity="",
    ).values_list("service_id", "version_id", "question", "starts_on", "counts", "answered")
    known = {version.pk: version for version in versions}
    asked: dict[tuple[int, str], list[Asked]] = {}
    answers: Counter[tuple[int, Quarter]] = Counter()
    for service, version_id, question_id, starts_on, counts, answered in rows:
        quarter = Quarter.of(starts_on)
        if not question_id:
            answers[service, quarter] += answered
            continue
        version = known[version_id]
        document = document_by(version.pk, version.digest)
        question = document.question(question_id)
        if question is not None and has_score(question) and construct_of(question) in OUTCOMES:
            asked.setdefault((service, construct_of(question)), []).append(
                Asked(
                    quarter,
                    keys_of(version)[question_id],
                    question.words(),
                    counts,
                    basis_of(document.placement),
                )
            )
    return asked, dict(answers)


def _moved(trend: Trend, smallest: int, running: Quarter) -> Moved | None:
    """How the latest point moved; in the running quarter so that looking daily does not matter."""
    point = trend.latest
    if point is None or point.share.n < smallest:
        return None
    watched = point.quarter == running
    before = trend.before(point)
    if before is None or before.share.n < smallest:
        return moved(point.share, None, None, watched=watched)
    return moved(point.share, before.share, before.quarter, watched=watched)


def _falling(services: Iterable[ServiceLine]) -> Iterator[Need]:
    for line in services:
        service = line.sight.service
        for what, now in (("Trust", line.trust), ("Satisfaction", line.satisfaction)):
            if now is not None and line.quarter is not None:
                need = falling_score(service.name, service.code, what, now, line.quarter)
                if need is not None:
                    yield need


def _packages(sights: Sequence[Sight], today: date) -> Iterator[Need]:
    """Quarters of whole services that are not with OMB yet."""
    state = Package.State
    packages = Package.objects.filter(
        service__in=[each.service for each in sights if each.unit is None],
        state__in=[state.DRAFT, state.CERTIFIED, state.RETURNED],
    ).select_related("service")
    for package in packages:
        quarter = Quarter(package.fiscal_year, package.quarter)
        due = quarter_due(edition_for(quarter.fiscal_year), quarter).due
        need = quarter_package(package.service.name, package.pk, quarter, package.state, due, today)
        if need is not None:
            yield need


def _clearances(versions: Iterable[SurveyVersion], today: date) -> Iterator[Need]:
    """Open surveys whose clearance ends within three months."""
    for version in versions:
        survey = version.survey
        if version.closed_at is not None or survey.collection is None:
            continue
        clearance = survey.collection.clearance
        if clearance.expires_on <= today + timedelta(days=CLEARANCE_DAYS):
            yield ending_clearance(
                survey.title, survey.code, clearance.control_number, clearance.expires_on, today
            )


def _comments(sights: Sequence[Sight], today: date) -> Iterator[Need]:
    """Services with new comments by people who rated low, most of them first."""
    since = today - timedelta(days=COMMENT_DAYS)
    low: Counter[int] = Counter()
    readable = {each.service.pk: each.service for each in sights if each.sees_comments}
    where = Q(service__in=[s.service for s in sights if s.sees_comments and s.unit is None])
    for sight in sights:
        if sight.sees_comments and sight.unit is not None:
            where |= Q(service=sight.service, unit__path__startswith=sight.unit.path)
    rows = Comment.objects.filter(where, counted__in=[True], rating="low", day__gte=since)
    low.update(dict(rows.order_by().values_list("service").annotate(n=Count("pk"))))
    worst = low.most_common(_SERVICES_WITH_COMMENTS)
    themes = _leading_themes(rows, readable)
    for pk, n in worst:
        service, theme = readable[pk], themes.get(pk, "")
        yield new_comments(service.name, service.code, n, Quarter.of(today), COMMENT_DAYS, theme)


def _leading_themes(rows: QuerySet[Comment], services: dict[int, Service]) -> dict[int, str]:
    """The name of the theme that most of each service's comments have, when three or more do."""
    counted = rows.order_by().values_list("service", "themes__code").annotate(n=Count("pk"))
    codes: dict[int, str] = {}
    for pk, code, n in sorted(counted, key=lambda row: (-row[2], row[1] or "")):
        if code and code != PRAISE and n >= _A_THEME:
            codes.setdefault(pk, code)
    books = codebooks_of(services[pk] for pk in codes) if codes else {}
    themes = {pk: books[pk].theme(code) for pk, code in codes.items()}
    return {pk: theme.name for pk, theme in themes.items() if theme is not None}


def _silence(versions: Iterable[SurveyVersion], today: date) -> Iterator[Need]:
    """Open surveys whose answers stopped coming."""
    surveys = {each.survey_id: each.survey for each in versions if each.closed_at is None}
    rows = (
        DayCount.objects.filter(version__survey__in=list(surveys), completed__gt=0)
        .values_list("version__survey_id")
        .annotate(last=Max("day"))
        .order_by()
    )
    for survey_id, last in rows:
        if last < today - timedelta(days=SILENT_DAYS):
            survey = surveys[survey_id]
            yield silent_survey(survey.title, survey.code, last, today)
