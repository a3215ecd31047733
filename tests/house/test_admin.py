"""The administrators' door reads rows and decides through the actions; nobody else comes in."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from progress.models import UpdateVersion
from stakeholders.models import Appointment, DiaryEntry, User
from tests import factories
from tests.conftest import World, signed_in

OURS = ("stakeholders", "commitments", "progress", "reports")
PAGES = [
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in admin.site._registry
    if model._meta.app_label in OURS
]


@pytest.fixture
def root(world: World) -> User:
    return User.objects.create_superuser("root@un.example", "secret-of-tests", name="Root", duty="officer")


@pytest.mark.parametrize("listing", PAGES)
def test_lists_open_for_administrators_alone(world: World, root: User, listing: str) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    assert signed_in(root).get(reverse(listing)).status_code == 200
    assert signed_in(world.dana).get(reverse(listing)).status_code == 302
    assert Client().get(reverse(listing)).status_code == 302


def test_every_list_was_visited() -> None:
    assert len(PAGES) >= 13


def test_it_publishes_through_the_action(world: World, root: User) -> None:
    update = factories.submitted(world.task("2.1"), world.alice)
    client, url = signed_in(root), reverse("admin:progress_update_changelist")
    client.post(url, {"action": "publish_chosen", "_selected_action": [update.pk]})
    assert not UpdateVersion.objects.published().exists(), "what is not accepted is not published here either"
    client.post(url, {"action": "accept_chosen", "_selected_action": [update.pk]})
    client.post(url, {"action": "publish_chosen", "_selected_action": [update.pk]})
    assert UpdateVersion.objects.published().get().published_by == root
    entry = DiaryEntry.objects.first()
    assert entry is not None
    assert (entry.verb, entry.door) == ("update.publish", "admin")


def test_publishing_asks_once_more_who_it_is(world: World, root: User) -> None:
    update = factories.submitted(world.task("2.1"), world.alice)
    url = reverse("admin:progress_update_changelist")
    signed_in(root).post(url, {"action": "accept_chosen", "_selected_action": [update.pk]})
    answer = signed_in(root, confirmed=False).post(url, {"action": "publish_chosen", "_selected_action": [update.pk]})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert not UpdateVersion.objects.published().exists()


def test_it_appoints_through_the_action(world: World, root: User) -> None:
    form = {"person": world.dana.pk, "stakeholder": world.beta.pk, "role": "reader", "starts_on": "2026-11-01"}
    answer = signed_in(root).post(reverse("admin:stakeholders_appointment_add"), form)
    assert answer.status_code == 302
    assert Appointment.objects.filter(person=world.dana).count() == 1
    assert DiaryEntry.objects.filter(verb="appointment.made", door="admin", actor=root).exists()


def test_an_administrator_who_is_no_officer_appoints_nobody(world: World) -> None:
    keeper = User.objects.create_superuser("keeper@un.example", "secret-of-tests", name="Keeper")
    before = Appointment.objects.count()
    form = {"person": keeper.pk, "stakeholder": world.beta.pk, "role": "author", "starts_on": "2026-11-01"}
    answer = signed_in(keeper).post(reverse("admin:stakeholders_appointment_add"), form)
    assert (answer.status_code, Appointment.objects.count()) == (403, before)
