"""Dana takes a data set away, sends it back changed, sees what would change, and has it carried out."""

from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from progress import actions
from progress.models import BulkImport
from progress.tasks import work_on_imports
from stakeholders.models import DiaryEntry, Stakeholder
from tests import factories
from tests.conftest import World, signed_in


def exported(client: Client, data_set: str = "stakeholders") -> str:
    answer = client.get(f"/en/review/data/{data_set}.csv")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type] # a file is streamed


def send(client: Client, content: str, language: str = "en", **fields: str) -> str:
    file = SimpleUploadedFile("states.csv", content.encode())
    given = {"data_set": "stakeholders", "key": str(uuid4()), "file": file, **fields}
    answer = client.post(f"/{language}/review/data/", given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)  # type: ignore[attr-defined] # a redirection has an address


def test_a_file_is_sent_looked_at_and_carried_out(world: World, as_dana: Client) -> None:
    page = send(as_dana, exported(as_dana).replace("Alpha (fr)", "Alpha (nouveau)"))
    shown = as_dana.get(page).content.decode()
    assert "Checked, waiting for your word" in shown
    assert "<del><bdi>Alpha (fr)</bdi></del> <ins><bdi>Alpha (nouveau)</bdi></ins>" in shown
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (fr)"
    for _twice in range(2):
        assert as_dana.post(f"{page}carry-out/").status_code == 302
    assert "Carried out" in as_dana.get(page).content.decode()
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (nouveau)"
    line = DiaryEntry.objects.get(verb="registry.loaded")
    assert (line.actor, line.door, line.detail["changed"]) == (world.dana, "browser", 1)


def test_faults_are_told_by_row_and_column_in_the_language_of_the_reader(world: World, as_dana: Client) -> None:
    page = send(as_dana, exported(as_dana).replace("member_state", "club"), language="fr")
    shown = as_dana.get(page).content.decode()
    assert "Refusé, rien n’a été modifié" in shown
    assert "les valeurs possibles sont" in shown or "valeurs admises" in shown or "member_state, mission" in shown
    assert as_dana.post(f"{page}carry-out/").status_code == 302
    assert BulkImport.objects.get().state == "refused"


def test_what_changes_between_preview_and_word_is_shown_again(world: World, as_dana: Client) -> None:
    page = send(as_dana, exported(as_dana).replace("Alpha (fr)", "Alpha (nouveau)"))
    Stakeholder.objects.filter(code="state-alpha").update(name_ru="Другое")
    as_dana.post(f"{page}carry-out/")
    shown = as_dana.get(page).content.decode()
    assert "The records have changed since the file was checked." in shown
    assert "Другое" in shown
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (fr)"


def test_a_large_file_is_left_to_a_worker(world: World, as_dana: Client, settings: LazySettings) -> None:
    settings.BULK_BACKGROUND_BYTES = 100
    page = send(as_dana, exported(as_dana).replace("Alpha (fr)", "Alpha (nouveau)"))
    assert "A large file is worked on in the background." in as_dana.get(page).content.decode()
    assert work_on_imports() == 1
    as_dana.post(f"{page}carry-out/")
    assert work_on_imports() == 1
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (nouveau)"


def test_a_form_sent_twice_is_one_import(world: World, as_dana: Client) -> None:
    key, content = str(uuid4()), exported(as_dana)
    assert send(as_dana, content, key=key) == send(as_dana, content, key=key)
    assert BulkImport.objects.count() == 1


def test_a_form_sent_again_with_another_file_is_no_silent_success(world: World, as_dana: Client) -> None:
    key, content = str(uuid4()), exported(as_dana)
    send(as_dana, content, key=key)
    other = SimpleUploadedFile("states.csv", content.replace("Alpha", "Aleph").encode())
    refused = as_dana.post("/en/review/data/", {"key": key, "data_set": "stakeholders", "file": other})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "This form was sent before with another file. Choose the file again and send it." in page
    assert key not in page, "sent once more, it is another form"
    assert BulkImport.objects.count() == 1


def test_an_import_left_alone_changes_nothing(world: World, as_dana: Client) -> None:
    page = send(as_dana, exported(as_dana).replace("Alpha (fr)", "Alpha (nouveau)"))
    as_dana.post(f"{page}drop/")
    as_dana.post(f"{page}carry-out/")
    assert "Dropped, nothing was changed" in as_dana.get(page).content.decode()
    assert Stakeholder.objects.get(code="state-alpha").name_fr == "Alpha (fr)"


def test_a_file_too_large_or_empty_is_refused_in_a_sentence(
    world: World, as_dana: Client, settings: LazySettings
) -> None:
    settings.BULK_MAX_BYTES = 1024
    for content, sentence in (("x" * 2000, "a file may have at most"), ("", "is empty.")):
        file = SimpleUploadedFile("states.csv", content.encode())
        answer = as_dana.post("/en/review/data/", {"data_set": "stakeholders", "key": str(uuid4()), "file": file})
        assert answer.status_code == 400
        assert sentence in answer.content.decode()


def test_officers_take_away_no_draft_and_see_no_import_of_others(world: World, as_dana: Client) -> None:
    actions.save_draft(
        assignment=world.task("1.1"), author=world.alice, based_on=0, **factories.content(narrative="A secret draft.")
    )
    factories.submitted(world.task("2.1"), world.alice, narrative="A submitted text.")
    content = exported(as_dana, "updates")
    assert "A submitted text." in content
    assert "A secret draft." not in content
    theirs = factories.sent_import(world.omar)
    assert as_dana.get(f"/en/review/data/imports/{theirs.pk}/").status_code == 404
    assert signed_in(world.omar).get(f"/en/review/data/imports/{theirs.pk}/").status_code == 200


@pytest.mark.parametrize("content", ["PK\x03\x04 no package at all", '{"rows": 7}', "\x00\x01\x02"])
def test_what_is_no_table_is_refused_and_breaks_nothing(world: World, as_dana: Client, content: str) -> None:
    page = send(as_dana, content)
    assert "Refused, nothing was changed" in as_dana.get(page).content.decode()


def test_a_character_that_no_database_keeps_is_refused_by_row_and_column(world: World, as_dana: Client) -> None:
    content = exported(as_dana)
    shown = as_dana.get(send(as_dana, content.replace("state-alpha", "state\0alpha"))).content.decode()
    assert "Character number 6 is a control character (U+0000). Remove it." in shown
    assert "code" in shown
    header, rest = content.split("\n", 1)
    more = "\n".join([f"{header.strip()},\0", rest])
    assert "has columns that do not belong to it" in as_dana.get(send(as_dana, more)).content.decode()
