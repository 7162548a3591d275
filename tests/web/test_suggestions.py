"""The page of suggested partners: a form and tables that need no script."""

import re

import pytest


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_form_alone_is_a_page(get, language):
    answer = get(f"/{language}/network/suggestions/")
    assert answer.status_code == 200
    assert 'name="w-niche"' in answer.content.decode()


def test_a_weight_changed_on_the_page_shows_its_effect_on_ranks(get):
    body = get("/en/network/suggestions/?id=ma-c2tm&w-niche=60&w-common_partner=0").content.decode()
    assert " ↑" in body
    assert re.search(r'name="w-niche"[^>]*value="60"', body)
    assert "What speaks against it" in body


def test_every_reason_leads_to_its_source(get):
    body = get("/en/network/suggestions/?id=tn-produits-mer&top=1").content.decode()
    assert re.search(r'class="cite" href="/en/statements/[0-9a-f]{20}/"', body)
    anchors = set(re.findall(r'href="#(ground-[a-z-]+)"', body))
    assert anchors
    assert all(f'id="{one}"' in body for one in anchors)


def test_pairs_and_a_programme_have_their_pages(get):
    assert "ma-ahp" in get("/en/network/suggestions/?countries=MA,TN").content.decode()
    body = get("/en/network/suggestions/?programme=prog-creative-mediterranean").content.decode()
    assert "Who could join" in body


def test_the_sheet_of_a_cluster_leads_to_its_suggestions(get):
    body = get("/en/clusters/ma-c2tm/").content.decode()
    assert "/en/network/suggestions/?id=ma-c2tm" in body
    assert "suggestions/?id=" not in get("/en/organisations/de-giz/").content.decode()


@pytest.mark.parametrize("query", ["id=nope", "id=ma-c2tm&w-niche=x", "id=ma-c2tm&countries=MA,TN"])
def test_odd_addresses_are_answered_in_words(get, query):
    assert get(f"/en/network/suggestions/?{query}").status_code in (400, 404)
