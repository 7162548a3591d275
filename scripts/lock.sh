#!/usr/bin/env bash
# Rebuilds the lock files: exact versions with their hashes, no address of any registry.
# Versions already locked stay; --upgrade moves to the newest.
# usage: scripts/lock.sh [--upgrade]
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    local output=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links \
        --custom-compile-command "make lock" --output-file "requirements/$output" "$@"
}

# The development set first: what runs and what tests must agree on every version.
compile dev.txt "$@" pyproject.toml --group dev --group tools
compile bench.txt pyproject.toml --group bench --constraints requirements/dev.txt
compile run.txt pyproject.toml --constraints requirements/dev.txt
compile tools.txt --group tools --constraints requirements/dev.txt

cd frontend
if [ "${1:-}" = --upgrade ]; then
    npm update --package-lock-only --silent
else
    npm install --package-lock-only --silent
fi
