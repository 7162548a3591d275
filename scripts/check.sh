#!/usr/bin/env bash
# Runs every check and names each; goes on after a failure, so that one run tells all.
# usage: scripts/check.sh lint|all
set -uo pipefail
cd "$(dirname "$0")/.."

failed=()

step() {
    local name=$1 began=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    if "$@"; then
        printf '   ok (%ds)\n' $((SECONDS - began))
    else
        printf '   FAILED: %s\n' "$name"
        failed+=("$name")
    fi
}

no_registry_in_lock_files() {
    if grep -nE 'https?://|--(extra-)?index|--find-links' requirements/*.txt \
        || grep -n '"resolved"' frontend/package-lock.json; then
        echo "A lock file must not name a registry: rebuild it with 'make lock'."
        return 1
    fi
}

chromium() {
    CHROMIUM=$(scripts/ensure_chromium.sh) && export CHROMIUM && echo "   $CHROMIUM"
}

lint() {
    step "format (ruff)" .venv/bin/ruff format --check --quiet --output-format concise .
    step "lint (ruff)" .venv/bin/ruff check --quiet --output-format concise .
    step "types (mypy)" .venv/bin/mypy
    step "layers (import-linter)" .venv/bin/lint-imports --no-logo
    step "lock files" no_registry_in_lock_files
}

all() {
    lint
    step "front-end types (tsc)" npm --prefix frontend run --silent check
    step "licences of what the front end bundles" .venv/bin/python scripts/licences.py --check
    step "front-end tests (vitest)" npm --prefix frontend run --silent test
    step "a browser for the tests" chromium
    if [ -n "${CHROMIUM:-}" ]; then
        step "tests (pytest)" .venv/bin/pytest
    else
        step "tests (pytest), without those of the browser" .venv/bin/pytest -m "not browser"
    fi
}

case ${1:-} in
    lint | all) "$1" ;;
    *) echo "usage: scripts/check.sh lint|all" >&2 && exit 2 ;;
esac

if [ ${#failed[@]} -gt 0 ]; then
    printf '\nFailed: %s\n' "$(IFS=';' && echo "${failed[*]}")"
    exit 1
fi
printf '\nAll checks passed.\n'
