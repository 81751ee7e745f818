"""One part of an assessment, a function or a component, answered in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.capacity import access
from cx280.capacity.actions.writing import Saying, ToShow, say, say_no_initiative
from cx280.capacity.forms import Given, NoInitiativeForm, PracticeForm, SaidForm, WordsForm
from cx280.capacity.models import Answer, Assessment
from cx280.capacity.queries.assessments import answers_of
from cx280.capacity.queries.known import known_for
from cx280.capacity.queries.known.registers import improvements_of
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.capacity.rules.templates import Asked, Component, Function, Practice, Template
from cx280.capacity.rules.vocabulary import Said, Stage
from cx280.kernel.problem import Conflict, NotFound, Problem

MATURITY = "280.17-c2"


@dataclass
class Question:
    """One question of the page: its form, what stands there, what cx280 knows."""

    code: str
    title: str
    about: str
    source: str
    form: SaidForm
    row: Answer | None
    known: Sequence[Known]
    evidence: str = ""
    is_practice: bool = False

    @property
    def saying(self) -> Saying:
        """What the valid form says."""
        given = self.form.cleaned_data
        if not self.is_practice:
            return Saying(
                self.code, Said.WORDS, words=given["words"],
                confirmed=given.get("confirmed", False), seen=given["seen"] or 0,
            )  # fmt: skip
        chosen = given["level"]
        rated = chosen.isdecimal()
        return Saying(
            self.code,
            Said.LEVEL if rated else Said.NOT_EVIDENCED if chosen else Said.WORDS,
            level=int(chosen) if rated else None,
            words=given["words"],
            seen=given["seen"] or 0,
            add=[ToShow(given["kind"], given["shown"], given["address"])] if given["shown"] else (),
            known=[self.known[int(at)] for at in given.get("known", [])],
            drop=[int(each) for each in given.get("drop", [])],
        )


@never_cache
@allow(Capability.SEE_QUARTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The questions of a function or a component; whatever was written is kept on its own."""
    person = signed_in_person(request)
    found = access.draft_to_see(person, pk)
    template = found.template_version.template
    thing = template.function(code) or template.component(code)
    if thing is None:
        raise NotFound("The template has no such part.")
    data = request.POST if request.method == "POST" else None
    questions = _questions(found, template, thing, data)
    none_form = _none_form(found, thing, data)
    if data is not None:
        kept, failed = _keep(found, questions, none_form, person)
        if kept:
            messages.success(request, f"Kept: {kept} answer{'s'[: kept != 1]}.")
        if not failed:
            return redirect(_next(request, template, pk, code))
    context = {
        "assessment": found,
        "template": template,
        "thing": thing,
        "is_function": isinstance(thing, Function),
        "questions": questions,
        "none_form": none_form,
        "crosswalk": _crosswalk(template, thing),
        "improvements": _improvements(found, thing),
        "may_write": access.may_write(person, found) and found.stage == Stage.DRAFT,
        "failed": data is not None,
        "places": _tabs(template, pk),
    }
    return render(request, "capacity/part.html", context, status=422 if data is not None else 200)


def _tabs(template: Template, pk: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """Functions and components as two groups of tabs."""

    def group(things: Sequence[Function] | Sequence[Component]) -> list[tuple[str, str]]:
        return [(each.name, reverse("capacity:part", args=[pk, each.code])) for each in things]

    found = [("Functions", group(template.functions)), ("Components", group(template.components))]
    return [(name, places) for name, places in found if places]


def places(template: Template) -> list[tuple[str, str]]:
    """(code, name) of every part, in order."""
    functions = [(each.code, each.name) for each in template.functions]
    return functions + [(each.code, each.name) for each in template.components]


def _next(request: HttpRequest, template: Template, pk: int, code: str) -> str:
    codes = [each for each, _ in places(template)]
    at = codes.index(code) + 1
    if request.POST.get("then") == "next" and at < len(codes):
        return reverse("capacity:part", args=[pk, codes[at]])
    if request.POST.get("then") == "next":
        return reverse("capacity:assessment", args=[pk])
    return reverse("capacity:part", args=[pk, code])


def _questions(
    found: Assessment,
    template: Template,
    thing: Function | Component,
    data: Given,
) -> list[Question]:
    rows = answers_of(found)
    things = thing.practices if isinstance(thing, Function) else thing.asked
    known = known_for(
        Subject.of(found, timezone.localdate()), [each.known for each in things if each.known]
    )
    asked: list[Question] = []
    if isinstance(thing, Function):
        words = WordsForm(
            data, code=thing.code, label="Where do we stand?", row=rows.get(thing.code), known=(),
            help_text="A few sentences about the whole function. It is required for a signature.",
        )  # fmt: skip
        asked.append(
            Question(thing.code, "In words", thing.about, thing.source, words,
                     rows.get(thing.code), ())
        )  # fmt: skip
    return asked + [
        _question(each, template, rows.get(each.code), known.get(each.known, ()), data)
        for each in things
    ]


def _question(
    each: Practice | Asked,
    template: Template,
    row: Answer | None,
    known: Sequence[Known],
    data: Given,
) -> Question:
    if isinstance(each, Practice):
        form: SaidForm = PracticeForm(data, practice=each, template=template, row=row, known=known)
        return Question(each.code, each.title, each.question, each.source, form, row, known,
                        each.evidence, True)  # fmt: skip
    form = WordsForm(
        data, code=each.code, label="In your words", help_text="", row=row, known=known
    )
    return Question(each.code, each.title, each.question, each.source, form, row, known)


def _none_form(
    found: Assessment, thing: Function | Component, data: Given
) -> NoInitiativeForm | None:
    if isinstance(thing, Function) or not any(each.source == MATURITY for each in thing.asked):
        return None
    return NoInitiativeForm(data, prefix="none", initial={"because": found.no_initiative})


def _keep(
    found: Assessment, questions: Sequence[Question], none_form: NoInitiativeForm | None,
    person: Person,
) -> tuple[int, int]:  # fmt: skip
    """How many answers were kept, and how many were not."""
    now, today = timezone.now(), timezone.localdate()
    kept = failed = 0
    for each in questions:
        valid = each.form.is_valid()
        if not each.form.is_changed:
            continue
        if not valid:
            failed += 1
            continue
        try:
            say(found, each.saying, by=person, now=now, today=today)
            kept += 1
        except Conflict as problem:
            failed += 1
            _tell_conflict(found, each, problem)
        except Problem as problem:
            failed += 1
            tell(each.form, problem)
    if none_form is not None and none_form.is_valid() and none_form.has_changed():
        say_no_initiative(found, because=none_form.cleaned_data["because"], by=person)
        kept += 1
    return kept, failed


def _tell_conflict(found: Assessment, question: Question, problem: Problem) -> None:
    """Shows what stands there now; keeping again then writes over it knowingly."""
    row = found.answers.filter(code=question.code).first()
    tell(question.form, problem)
    question.row = row
    data = question.form.data.copy()  # type: ignore[attr-defined]
    data[question.form.add_prefix("seen")] = str(row.revision if row else 0)
    question.form.data = data


def _crosswalk(template: Template, thing: Function | Component) -> list[tuple[str, str]]:
    """What the part tells about, or where it is told about."""
    if isinstance(thing, Function):
        return [(each.code, each.name) for each in template.components_of(thing.code)]
    return [(each.code, each.name) for each in template.functions if each.code in thing.functions]


def _improvements(found: Assessment, thing: Function | Component) -> list[Any]:
    if isinstance(thing, Function) or not any(
        each.source.startswith("280.17-e") or each.source == MATURITY for each in thing.asked
    ):
        return []
    return improvements_of(Subject.of(found, timezone.localdate()))
