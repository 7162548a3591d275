#!/usr/bin/env bash
# Extracts the messages of code and templates, and brings the three catalogues up to date with them.
set -euo pipefail
cd "$(dirname "$0")/.."

template=$(mktemp)
trap 'rm -f "$template"' EXIT

.venv/bin/pybabel --quiet extract --mapping-file scripts/babel.cfg --project grappe \
    --keywords "_ gettext ngettext:1,2 pgettext:1c,2 npgettext:1c,2,3 gettext_lazy ngettext_lazy:1,2 pgettext_lazy:1c,2" \
    --add-comments "Translators:" --strip-comments --add-location file --sort-by-file --no-wrap \
    --copyright-holder "the grappe contributors" --header-comment "# Translations of grappe (Apache-2.0)." \
    --output-file "$template" src/grappe
for language in fr en ar; do
    # Fuzzy guesses would put a neighbour's words on a page: a new message starts empty.
    .venv/bin/pybabel --quiet update --domain django --input-file "$template" --output-dir src/grappe/locale \
        --locale "$language" --init-missing --no-fuzzy-matching --ignore-pot-creation-date --no-wrap
done
