"""Dana's program takes a data set away, sends it back changed, looks at what would change, and has it carried out."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile

from progress.models import BulkImport
from progress.tasks import work_on_imports
from stakeholders.models import DiaryEntry, Stakeholder
from tests.api.program import Program, program_of
from tests.api.test_habits import problem
from tests.conftest import World


@pytest.fixture
def program(world: World) -> Program:
    return program_of(world.dana)


def exported(program: Program, form: str = "csv") -> str:
    answer = program.ask("GET", f"data-sets/stakeholders/{form}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def sent(program: Program, content: str, name: str = "states.csv", **fields: str) -> dict[str, object]:
    file = SimpleUploadedFile(name, content.encode())
    answer = program.send("imports", {"data_set": "stakeholders", "file": file, **fields})
    assert answer.status_code == 201, answer.content.decode()
    told: dict[str, object] = answer.json()
    return told


def test_a_file_is_sent_looked_at_and_carried_out(world: World, program: Program) -> None:
    told = sent(program, exported(program).replace("Alpha (fr)", "Alpha (nouveau)"))
    assert (told["state"], told["preview"]["changed"]) == ("checked", 1)  # type: ignore[index] # an object
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (fr)"
    done = program.ask("POST", f"imports/{told['id']}/carry-out").json()
    assert done["state"] == "done"
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (nouveau)"
    assert DiaryEntry.objects.filter(actor=world.dana, door="api", verb="registry.loaded").exists()
    again = program.ask("POST", f"imports/{told['id']}/carry-out")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert program.ask("GET", f"imports/{told['id']}").json() == done
    assert [one["id"] for one in program.ask("GET", "imports").json()["results"]] == [told["id"]]


def test_what_comes_in_as_it_went_out_changes_nothing(world: World, program: Program) -> None:
    for form in ("csv", "json"):
        before = exported(program, form)
        told = sent(program, before, f"states.{form}")
        assert (told["preview"]["created"], told["preview"]["changed"]) == (0, 0)  # type: ignore[index] # an object
        program.ask("POST", f"imports/{told['id']}/carry-out")
        assert exported(program, form) == before


def test_faults_are_told_by_row_and_column_and_nothing_is_changed(world: World, program: Program) -> None:
    told = sent(program, exported(program).replace("member_state", "planet"))
    assert told["state"] == "refused"
    faults = told["preview"]["faults"]  # type: ignore[index] # an object
    assert {fault["column"] for fault in faults} == {"kind"}
    assert all("planet" in str(fault) for fault in faults)


def test_the_same_key_is_the_same_import(world: World, program: Program) -> None:
    key = str(uuid4())
    first, second = (sent(program, exported(program), key=key) for _twice in range(2))
    assert first["id"] == second["id"]
    assert BulkImport.objects.count() == 1


def test_the_same_idempotency_key_is_the_same_import(world: World, program: Program) -> None:
    first, second = (send(program, exported(program), idempotency_key="of-today") for _twice in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert BulkImport.objects.count() == 1


@pytest.mark.parametrize("by", ["key", "idempotency_key"])
def test_a_key_that_came_with_another_file_is_refused(world: World, program: Program, by: str) -> None:
    key = {by: str(uuid4())}
    assert send(program, exported(program), **key).status_code == 201
    problem(send(program, exported(program).replace("Alpha", "Aleph"), **key), 422, "key_used")
    problem(send(program, exported(program), data_set="capacities", **key), 422, "key_used")
    assert BulkImport.objects.count() == 1


def test_a_key_that_came_from_somebody_else_is_refused_and_an_idempotency_key_is_each_ones_own(
    world: World, program: Program
) -> None:
    omars, key = program_of(world.omar), str(uuid4())
    assert send(program, exported(program), key=key).status_code == 201
    problem(send(omars, exported(program), key=key), 422, "key_used")
    first, second = (send(one, exported(program), idempotency_key="of-today") for one in (program, omars))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]


def test_an_idempotency_key_is_one_word(world: World, program: Program) -> None:
    problem(send(program, exported(program), idempotency_key="of today"), 400, "validation")


def send(program: Program, content: str, *, idempotency_key: str | None = None, **fields: str) -> Any:
    file = SimpleUploadedFile("states.csv", content.encode())
    named = {"idempotency_key": idempotency_key} if idempotency_key else {}
    return program.send("imports", {"data_set": "stakeholders", "file": file, **fields}, **named)


def test_a_dropped_import_leaves_everything_as_it_is(world: World, program: Program) -> None:
    told = sent(program, exported(program).replace("Alpha (fr)", "Alpha (nouveau)"))
    assert program.ask("POST", f"imports/{told['id']}/drop").json()["state"] == "dropped"
    assert program.ask("POST", f"imports/{told['id']}/carry-out").status_code == 409
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (fr)"


def test_a_large_file_is_left_to_the_workers(world: World, program: Program, settings: LazySettings) -> None:
    settings.BULK_BACKGROUND_BYTES = 10
    told = sent(program, exported(program))
    assert told["state"] == "checking"
    work_on_imports()
    assert program.ask("GET", f"imports/{told['id']}").json()["state"] == "checked"


def test_it_says_what_a_data_set_is_made_of(world: World, program: Program) -> None:
    told = program.ask("GET", "data-sets/stakeholders", accept_language="fr").json()
    assert "code" in {column["name"] for column in told["columns"]}
    assert [file["form"] for file in told["files"]] == ["csv", "xlsx", "json"]
    assert program.ask("GET", "data-sets/planets").status_code == 404
    assert program.ask("GET", "data-sets/stakeholders/pdf").status_code == 404


def test_a_wrong_body_is_refused_by_field(world: World, program: Program) -> None:
    answer = program.send("imports", {"data_set": "planets"})
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"data_set", "file"}
    assert program.ask("POST", "imports", {"data_set": "stakeholders"}).status_code == 415


def test_another_officers_import_does_not_exist(world: World, program: Program) -> None:
    told = sent(program, exported(program))
    assert program_of(world.omar).ask("GET", f"imports/{told['id']}").status_code == 404
    assert program_of(world.omar).ask("POST", f"imports/{told['id']}/drop").status_code == 404
    assert program_of(world.alice).ask("GET", "data-sets/stakeholders").status_code == 404
