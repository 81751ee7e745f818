"""Templates of the Action Plan: data from a versioned file, of which nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.plans.actions.moving import NotReady, publish_plan, sign_plan, submit_plan
from cx280.plans.actions.templates import choose_template, load_plan_template
from cx280.plans.actions.writing import save_action, save_summary
from cx280.plans.checks.asked_unanswered import asked_unanswered
from cx280.plans.models import PlanTemplateVersion
from cx280.plans.queries.templates import shipped, template_of
from cx280.plans.rules.content import content_of
from cx280.plans.rules.templates import FIELDS, plan_template_of, read_plan_template
from cx280.plans.rules.vocabulary import Of
from tests.builders import a_person
from tests.obligations.builders import Owing, a_provider_that_owes
from tests.plans.builders import a_ready_plan
from tests.plans.facts import a_plan

[OURS] = shipped()
OFFICIAL = (
    OURS.replace('code = "cx280-action-plan"', 'code = "omb"')
    .replace("official = false", 'official = true\nomb_form = "B"')
    .replace('code = "learned"', 'code = "learned"\nrequired = true\nboxes = 3')
)


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(date(2023, 7, 1))


def test_the_shipped_template_says_that_it_is_not_ombs_and_asks_all_that_is_kept() -> None:
    ours = plan_template_of(read_plan_template(OURS))

    assert not ours.official
    assert ours.notice.endswith("It is not OMB’s.")
    for of in Of:
        assert {each.fills for each in ours.asked if each.of is of and each.fills} == {*FIELDS[of]}


@pytest.mark.proves("280.17-g1")
def test_what_a_template_holds_beyond_is_kept_and_given_back() -> None:
    document = read_plan_template(OFFICIAL)

    found = plan_template_of(document)
    content = content_of(replace(a_plan(), template=found), "", document)

    assert found.more == {"omb_form": "B"}
    assert [each.more for each in found.asked if each.code == "learned"] == [{"boxes": 3}]
    assert content["template"] == document


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "plan"', 'kind = "reflection"', "of the kind"),
        ('code = "learned"', 'code = "summary"', "stands twice"),
        ('fills = "owner"', 'fills = "nothing"', "which no action has"),
        ("last_year = 2099", "last_year = 2021", "last year lies before"),
        ('of = "plan"', 'of = "moon"', "none of: plan, action"),
        ("version = 1\n", "", "version"),
        ('notice = "Made', 'other = "Made', "not OMB's"),
    ],
)
def test_a_document_that_is_no_template_is_refused(old: str, new: str, words: str) -> None:
    with pytest.raises(Unusable, match=words):
        read_plan_template(OURS.replace(old, new))


@pytest.mark.proves("280.17-g1")
def test_a_required_question_left_open_is_found_and_only_that() -> None:
    asked = OURS.replace('code = "in-the-way"', 'code = "x"\nrequired = true')
    template = plan_template_of(read_plan_template(asked))

    [found] = asked_unanswered(replace(a_plan(), template=template))

    assert "“What could get in the way?” open" in found.message
    assert found.where == "actions[1]"
    assert asked_unanswered(replace(a_plan(told={"x": "Mail."}), template=template)) == []
    assert asked_unanswered(a_plan()) == []


@pytest.mark.django_db
@pytest.mark.proves("280.17-g1", "INC-16", "INC-45")
def test_a_plan_remembers_its_template_and_is_published_with_it(owing: Owing) -> None:
    plan = a_ready_plan(owing)
    official = load_plan_template(OFFICIAL)
    first = template_of(plan)
    assert first is not None
    assert first.name == "cx280-action-plan, version 1"

    choose_template(plan, official, by=owing.lead)
    with pytest.raises(NotReady, match="What did the last plan teach you"):
        sign_plan(plan, by=owing.official)
    save_summary(plan, summary="", words={"learned": "Texts help."}, by=owing.lead)
    action = plan.actions.first()
    assert action is not None
    fields = {"service": action.service, "told": {"in-the-way": "No texts abroad."}}
    fields["pain_point"] = action.pain_point
    save_action(plan, action, fields=fields, by=owing.lead, now=timezone.now())
    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)
    publish_plan(plan, by=a_person(Role.OMB_REVIEWER))

    address = reverse("plans:public-json", args=[owing.hisp.code, 2023])
    read = Client().get(address).json()
    assert (read["template"]["omb_form"], read["template"]["code"]) == ("B", "omb")
    assert read["told"][0]["words"] == "Texts help."
    assert "No texts abroad" not in str(read)
    page = Client().get(reverse("plans:public", args=[owing.hisp.code, 2023]))
    assert "Texts help." in page.content.decode()
    with pytest.raises(Conflict, match="signed"):
        choose_template(plan, official, by=owing.lead)


@pytest.mark.django_db
@pytest.mark.proves("280.17-g1")
def test_omb_loads_a_template_on_a_page_and_nobody_else_does(owing: Owing) -> None:
    plan, reviewer = a_ready_plan(owing), a_person(Role.OMB_REVIEWER)
    client, address = Client(), reverse("plans:templates")

    client.force_login(reviewer)
    told = client.post(address, {"file": SimpleUploadedFile("b.toml", OFFICIAL.encode())})
    changed = SimpleUploadedFile("b.toml", OFFICIAL.replace("Service", "Services").encode())
    refused = client.post(address, {"file": changed})
    client.force_login(owing.lead)
    forbidden = client.post(address, {"file": SimpleUploadedFile("c.toml", b"code = 1")})
    offered = client.get(reverse("plans:plan", args=[plan.pk])).content.decode()
    chosen = PlanTemplateVersion.objects.get(code="omb")
    client.post(reverse("plans:choose-template", args=[plan.pk]), {"template": chosen.pk})

    assert (told.status_code, refused.status_code) == (302, 422)
    assert "another text" in refused.content.decode()
    assert forbidden.status_code == 422  # it is no template; a template would be refused
    with pytest.raises(NotAllowed):
        load_plan_template(OFFICIAL, by=owing.lead)
    assert "Answer another template" in offered
    assert "omb, version 1" in offered
    plan.refresh_from_db()
    assert plan.template_version == chosen
    page = client.get(reverse("plans:template", args=["omb", 1])).content.decode()
    assert "What could get in the way?" in page


@pytest.mark.django_db
def test_the_form_of_an_action_asks_in_the_words_of_the_template(owing: Owing) -> None:
    plan, client = a_ready_plan(owing), Client()
    load_plan_template(OFFICIAL.replace("Who answers for it?", "Which office is accountable?"))
    choose_template(plan, PlanTemplateVersion.objects.get(code="omb"), by=owing.lead)
    action = plan.actions.first()
    assert action is not None
    client.force_login(owing.lead)

    form = client.get(reverse("plans:edit-action", args=[plan.pk, action.pk]))
    answers = {
        "service": action.service_id, "change": action.change, "told-in-the-way": "The union.",
    }  # fmt: skip
    client.post(reverse("plans:edit-action", args=[plan.pk, action.pk]), answers)
    read = client.get(reverse("plans:action", args=[plan.pk, action.pk])).content.decode()

    assert "Which office is accountable?" in form.content.decode()
    assert "The union." in read
