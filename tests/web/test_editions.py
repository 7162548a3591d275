"""Pages and API of editions, comparisons and claims, on the shipped census."""

import json

import pytest

PAGES = (
    "editions/", "editions/?edition=2014", "editions/?edition=2016", "diff/",
    "diff/?from=2014&to=today&country=MA",
    "diff/?from=2019&to=2014", "diff/?from=2019&to=today", "timeline/", "timeline/?country=TN",
    "timeline/?cluster=ma-ce3m", "compare/", "compare/?countries=MA,TN", "compare/?sectors=1&sectors=2",
    "compare/?legal_forms=association,cooperative", "compare/?clusters=ma-ce3m,tn-cmt",
    "compare/?forms=tn-form-sfax,tn-form-sousse", "claims/", "legal-forms/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_every_page_is_there_in_each_language(get, language, page):
    assert get(f"/{language}/{page}").status_code == 200


def test_the_drawing_of_flows_stands_beside_its_table(get):
    text = get("/en/diff/").content.decode()
    assert '<svg class="flows"' in text
    assert 'aria-hidden="true"' in text[text.index('<svg class="flows"') :]
    assert "No net change and no growth rate" in text


def test_today_is_named_after_its_newest_source(get):
    assert "newest source" in get("/en/diff/?from=2014&to=today").content.decode()


def test_a_claim_shows_its_passage_and_the_line(get):
    text = get("/fr/claims/").content.decode()
    assert "il n&#39;existe pas de clusters des céréales" in text
    assert "?line=905" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("editions", 200), ("editions/2014", 200), ("editions/soon", 400), ("diff?from=2014&to=2019", 200),
        ("diff", 400), ("timeline?country=MA", 200), ("timeline?cluster=ma-ce3m", 200),
        ("timeline?country=FR", 404),
        ("compare?countries=MA,TN", 200), ("compare?countries=MA", 400), ("compare", 400), ("claims", 200),
        ("legal-forms", 200),
    ],
)  # fmt: skip
def test_the_api_answers_or_says_what_it_accepts(get, address, status):
    response = get(f"/api/{address}")
    assert response.status_code == status
    assert json.loads(response.content)
