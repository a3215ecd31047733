"""What officers keep through the API: cycles, reminders, appointments, accounts; and everybody their preferences."""

from progress.models import Cycle
from stakeholders.models import Appointment, Invitation, Mail, User
from tests import factories
from tests.api.program import program_of
from tests.conftest import World

PAULA = {"email": "paula@un.example", "name": "Paula", "language": "es"}


def test_a_cycle_is_planned_opened_and_closed(world: World) -> None:
    dana = program_of(world.dana)
    planned = dana.ask("POST", "cycles/plan", {"year": 2027, "quarter": 1})
    assert (planned.status_code, planned.json()["id"]) == (201, "2027-q1")
    assert dana.ask("POST", "cycles/2027-q1/open").json()["state"] == "open"
    assert Cycle.objects.get(year=2027).assignments.exists()
    assert dana.ask("POST", "cycles/2027-q1/close").json()["state"] == "closed"


def test_the_silent_are_reminded(world: World) -> None:
    dana = program_of(world.dana)
    reminded = dana.ask("POST", f"cycles/{world.cycle.key}/remind", {"stakeholder": "state-alpha"})
    assert reminded.json() == {"stakeholders": 1, "people": 1, "unreachable": 0, "unsubscribed": 0}


def test_the_plan_of_reminders_is_read_and_changed(world: World) -> None:
    dana = program_of(world.dana)
    assert dana.ask("GET", "reminder-plan").json()["contributors"] == "14, 7, 1, -3, -10"
    changed = dana.ask("PATCH", "reminder-plan", {"contributors": "10, -1"})
    assert changed.json()["contributors"] == "10, -1"
    assert changed.json()["hosts"] == "14, 7, 1, -3, -10"


def test_a_person_is_appointed_handed_over_and_ended(world: World) -> None:
    dana = program_of(world.dana)
    made = dana.ask("POST", "stakeholders/state-alpha/appointments", PAULA | {"role": "author"})
    assert (made.status_code, made.json()["email"]) == (201, "paula@un.example")
    assert Invitation.objects.get().person.name == "Paula"
    successor = PAULA | {"email": "pablo@un.example", "name": "Pablo"}
    handed = dana.ask("POST", f"appointments/{made.json()['id']}/hand-over", successor)
    assert (handed.status_code, handed.json()["name"]) == (201, "Pablo")
    ended = dana.ask("POST", f"appointments/{handed.json()['id']}/end")
    assert ended.json()["ended_at"] is not None
    assert not Appointment.objects.on(factories.NOON.date()).filter(person__name__in=["Paula", "Pablo"]).exists()


def test_an_officer_is_made_invited_again_and_shut_out(world: World) -> None:
    dana = program_of(world.dana)
    made = dana.ask("POST", "people/officers", PAULA)
    assert (made.status_code, made.json()["duty"]) == (201, "officer")
    person = made.json()["id"]
    assert dana.ask("POST", f"people/{person}/invite", {}).status_code == 200
    assert Mail.objects.filter(person=person).count() == 2
    assert dana.ask("POST", f"people/{person}/close").json()["is_active"] is False


def test_grave_steps_need_the_highest_scope(world: World) -> None:
    dana = program_of(world.dana, "write")
    assert dana.ask("POST", "people/officers", PAULA).status_code == 403
    assert dana.ask("POST", f"people/{world.charlie.pk}/close").status_code == 403
    assert User.objects.get(pk=world.charlie.pk).is_active


def test_everybody_settles_how_they_are_written_to(world: World) -> None:
    alice = program_of(world.alice)
    changed = alice.ask("PUT", "me", {"language": "es", "time_zone": "Africa/Dakar", "wants_digests": False})
    assert changed.status_code == 200
    assert alice.ask("GET", "me").json()["time_zone"] == "Africa/Dakar"


def test_asking_twice_under_a_key_makes_one(world: World) -> None:
    dana = program_of(world.dana)
    body = PAULA | {"role": "author"}
    first, second = (
        dana.ask("POST", "stakeholders/state-alpha/appointments", body, idempotency_key="k1") for _n in range(2)
    )
    assert (second.status_code, second.json()) == (201, first.json())
    assert ("Idempotency-Replayed" in first, second["Idempotency-Replayed"]) == (False, "true")
    other = dana.ask("POST", "stakeholders/state-alpha/appointments", body | {"role": "reader"}, idempotency_key="k1")
    assert other.status_code == 422
    assert Appointment.objects.filter(person__name="Paula").count() == 1
