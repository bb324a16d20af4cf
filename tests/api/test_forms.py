"""What machines read of the forms, without signing in."""

import pytest
from django.test import Client

from innoset.projects.pure.catalogue import FORMS
from innoset.projects.pure.forms import json_schema

PUBLIC = "public, max-age=3600"


def test_the_forms_are_listed_with_the_addresses_of_their_schemas(client: Client) -> None:
    answer = client.get("/api/forms/")
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()) == (
        200,
        "application/json",
        {
            "forms": [
                {
                    "code": form.code,
                    "title": form.title,
                    "version": form.version,
                    "schema": f"http://testserver/api/forms/{form.code}/schema.json",
                }
                for form in FORMS
            ]
        },
    )


@pytest.mark.parametrize("form", FORMS, ids=[form.code for form in FORMS])
def test_a_schema_is_the_description_of_the_form_itself(client: Client, form) -> None:
    answer = client.get(f"/api/forms/{form.code}/schema.json")
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()) == (
        200,
        "application/schema+json",
        json_schema(form),
    )


def test_russian_stands_as_it_is_written(client: Client) -> None:
    text = client.get("/api/forms/passport/schema.json").content.decode()
    assert ("Наименование" in text, "\\u04" in text) == (True, False)


def test_an_unknown_form_is_told_where_the_list_is(client: Client) -> None:
    answer = client.get("/api/forms/diary/schema.json")
    assert (answer.status_code, answer.json()) == (
        404,
        {"detail": "Такой формы нет. Список форм: http://testserver/api/forms/"},
    )


@pytest.mark.parametrize("address", ["/api/forms/", "/api/forms/passport/schema.json"])
def test_an_answer_may_be_kept_for_an_hour(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (first.headers["Cache-Control"], again.status_code, again.content) == (PUBLIC, 304, b"")


@pytest.mark.parametrize("address", ["/api/forms/", "/api/forms/passport/schema.json"])
def test_machines_may_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
