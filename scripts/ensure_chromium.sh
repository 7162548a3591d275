#!/usr/bin/env bash
# Prints the path of a Chromium that starts; installs Debian's where there is none and the machine allows it.
# CHROMIUM=/path/to/one overrides the search.
set -uo pipefail

starts() { [ -n "$1" ] && "$1" --version >/dev/null 2>&1; }

find_one() {
    local name path
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        # Ubuntu's chromium-browser may be a mere pointer to a snap, hence the trial start.
        path=$(command -v "$name") && starts "$path" && echo "$path" && return
    done
    return 1
}

if [ -n "${CHROMIUM:-}" ]; then
    starts "$CHROMIUM" && echo "$CHROMIUM" && exit
    echo "CHROMIUM is '$CHROMIUM', which does not start. Name a working Chromium, or unset it." >&2
    exit 1
fi
find_one && exit

if [ "$(id -u)" -eq 0 ]; then
    as_root=(env)
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n env)
fi
if command -v apt-get >/dev/null && [ -n "${as_root+yes}" ]; then
    echo "   installing Debian's chromium" >&2
    "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq update >&2
    "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install chromium >/dev/null
    find_one && exit
fi
echo "No Chromium found: install one ('sudo apt-get install chromium' on Debian), or name it by CHROMIUM=/path/to/chromium." >&2
exit 1
