"""Pages of the policy desk: readable without script, in three languages."""

import pytest

from grappe.policy import schemes


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_list_links_every_scheme(get, language):
    page = get(f"/{language}/policy/").content.decode()
    assert all(f'href="/{language}/policy/{id}/"' in page for id in schemes())


@pytest.mark.parametrize("id", sorted(schemes()))
def test_every_scheme_has_its_page(get, id):
    answer = get(f"/en/policy/{id}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    for one in schemes()[id].parameters.values():
        assert f"<code>{one.id}</code>" in page


def test_both_readings_and_what_is_not_given_are_in_sight(get):
    page = get("/en/policy/ma-contract-programme/").content.decode()
    assert "3 + 2 + 3 years" in page
    assert "two or three years or more" in page
    assert "at most 2,000,000 MAD" in page
    assert 'href="/en/sources/ipemed-2019/?line=377"' in page
    assert page.count("not given by the source") > 10


def test_the_form_shows_who_enters(get):
    page = get("/en/policy/eu-collaboration-platform/eligibility/?set-members.min=10").content.decode()
    moves = page.split('id="moves"')[1].split("</section>")[0]
    assert "/en/clusters/dz-huile-olive-bouira/" in moves
    assert "members.min = 10" in moves


def test_the_rule_as_it_is_moves_nobody(get):
    page = get("/en/policy/eu-collaboration-platform/eligibility/?set-members.min=15").content.decode()
    assert 'id="moves"' not in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/en/policy/nothing/", 404),
        ("/en/policy/nothing/eligibility/", 404),
        ("/en/policy/eu-collaboration-platform/eligibility/?set-members.min=many", 400),
        ("/en/policy/eu-collaboration-platform/eligibility/?cluster=ma-nothing", 404),
    ],
)
def test_a_wrong_address_is_told(get, address, status):
    assert get(address).status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "/api/schemes",
        "/api/schemes/ma-contract-programme",
        "/api/eligibility?scheme=eu-collaboration-platform&cluster=ma-ce3m&set=members.min=10",
    ],
)
def test_the_api_answers(get, address):
    assert get(address).status_code == 200


def test_the_api_says_what_the_command_line_says(get):
    from grappe.queries.eligibility import eligibility
    from grappe.queries.moment import moment

    found = get("/api/eligibility?scheme=eu-collaboration-platform&set=members.min=10").json()
    assert found == eligibility("eu-collaboration-platform", moment(), changed={"members.min": "10"})


def test_the_api_refuses_a_set_without_a_value(get):
    answer = get("/api/eligibility?scheme=eu-collaboration-platform&set=members.min")
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_pair")
