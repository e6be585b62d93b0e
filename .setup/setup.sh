#!/bin/sh
# Readies this machine and the folder .venv for magbuild.
#
#   .setup/setup.sh run     what building an issue needs
#   .setup/setup.sh test    that, and what the tests need
#   .setup/setup.sh lock    writes the lock files anew from pyproject.toml and package.json;
#                           `lock --upgrade` takes the newest versions they allow
#
# Run it as often as you like: when everything is there it changes nothing and says nothing.
# Exit codes: 0 ready, 2 wrong usage, 3 the machine lacks something (it says what).

set -eu
cd "$(dirname "$0")/.."

# Where Homebrew keeps what other Pythons and shells don't find by themselves.
export PATH="/opt/homebrew/opt/openjdk/bin:/usr/local/opt/openjdk/bin:$PATH"
if [ -d /opt/homebrew/lib ]; then
    export DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib:/usr/local/lib
fi

say() {
    printf '%s\n' "$@"
}

stop() {
    printf '%s\n' "$@" >&2
    exit 3
}

have() {
    command -v "$1" >/dev/null 2>&1
}

# --- the machine -----------------------------------------------------------

# One line per program that only the tests call: its name, then the package
# that brings it on Debian and Ubuntu, then the one of Homebrew.
test_programs='java      default-jre-headless openjdk
pdftotext poppler-utils        poppler
mutool    mupdf-tools          mupdf-tools
gs        ghostscript          ghostscript
node      nodejs               node
npm       npm                  node
mvn       maven                maven
chromium  chromium             google-chrome'

works() {
    case $1 in
        # macOS has a `java` that only tells you to get one, so it's asked to run.
        java) java -version </dev/null >/dev/null 2>&1 ;;
        node) node -e 'if (parseInt(process.versions.node) < 18) process.exit(1)' </dev/null >/dev/null 2>&1 ;;
        chromium) have_browser ;;
        *) have "$1" ;;
    esac
}

# Any browser that is Chromium at heart; tests/press/browser.py looks for the same ones.
have_browser() {
    for browser in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if have "$browser"; then return; fi
    done
    return 1
}

missing_test_packages() { # column of test_programs
    if [ "$level" = test ]; then
        say "$test_programs" | while read -r program debian homebrew; do
            works "$program" || if [ "$1" = debian ]; then debian_name "$debian"; else say "$homebrew"; fi
        done | uniq
    fi
}

debian_name() { # Ubuntu calls one otherwise
    if [ "$1" = chromium ] && ! apt_knows chromium; then say chromium-browser; else say "$1"; fi
}

# Those of distributions first: they are built with profiles, and lay out a magazine 5 % faster than those that version
# managers build here.
pythons="python3.14 python3.13 python3.12 python3.11 python3"

find_python() {
    for name in ${PYTHON:-$(printf '/usr/bin/%s ' $pythons) $pythons}; do
        if "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            say "$name"
            return
        fi
    done
}

venv_works() {
    [ "$(cat .venv/.folder 2>/dev/null)" = "$PWD" ] && .venv/bin/python -c '' >/dev/null 2>&1
}

deb_installed() {
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

missing_debian_python() {
    if [ -n "${PYTHON:-}" ]; then
        return # someone chose; what they chose does not work, and make_venv says so
    elif ! have python3; then
        say python3 python3-venv
    elif python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python3 -c 'import sys; print("python{}.{}-venv".format(*sys.version_info))'
    fi
}

missing_debian_packages() {
    for package in libpango-1.0-0 libpangoft2-1.0-0; do
        deb_installed "$package" || say "$package"
    done
    # A part of libharfbuzz0b in older releases, so it's only asked for where there is one.
    deb_installed libharfbuzz-subset0 || ! apt-cache show libharfbuzz-subset0 >/dev/null 2>&1 ||
        say libharfbuzz-subset0
    venv_works || [ -n "$(find_python)" ] || missing_debian_python
    missing_test_packages debian
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet \
        --option DPkg::Lock::Timeout=300 "$@" </dev/null 2>&1
}

apt_knows() {
    for package in "$@"; do
        apt-cache show "$package" >/dev/null 2>&1 || return 1
    done
}

apt_install() {
    if [ "$(id -u)" -ne 0 ] && ! have sudo; then
        stop "These Debian packages are missing, and installing them needs root. As root, please run:" \
            "    apt-get install $*" \
            "and then what you just ran again."
    fi
    say "Installing with apt-get: $*"
    said=$(apt install --yes --no-install-recommends "$@") && return
    # An old list names files that are gone.
    said=$(apt update && apt install --yes --no-install-recommends "$@") ||
        stop "$said" "apt-get could not install: $*" "Please install that by hand, and then run this again."
}

# Word splitting is meant in here: one word per package.
# shellcheck disable=SC2086
ready_debian() {
    missing=$(missing_debian_packages)
    if [ -z "$missing" ]; then
        return
    fi
    if ! apt_knows $missing; then
        say "Asking apt-get which packages there are."
        apt update >/dev/null || true
        missing=$(missing_debian_packages)
    fi
    apt_install $missing
}

missing_homebrew_packages() {
    # Any `brew` command takes a second, so a library is looked for as a file.
    [ -n "$(find /opt/homebrew/lib /usr/local/lib /opt/local/lib -name 'libpango-1.0.*' 2>/dev/null)" ] || say pango
    venv_works || [ -n "$(find_python)" ] || say python
    missing_test_packages homebrew
}

ready_macos() {
    missing=$(missing_homebrew_packages)
    if [ -z "$missing" ]; then
        return
    fi
    # shellcheck disable=SC2086 # one word per package
    set -- $missing
    have brew || stop "These are missing: $*" \
        "Please install Homebrew (see brew.sh), then run:" \
        "    brew install $*" \
        "and then what you just ran again."
    say "Installing with Homebrew: $*"
    brew install --quiet "$@" </dev/null || stop "Homebrew could not install: $*"
}

ready_other() {
    missing=$(missing_test_packages debian)
    [ -z "$missing" ] ||
        stop "The tests call programs that are missing. Please install what Debian has in these packages:" "$missing"
}

ready_machine() {
    if have apt-get && have dpkg-query; then
        ready_debian
    elif [ "$(uname)" = Darwin ]; then
        ready_macos
    else
        ready_other
    fi
}

# --- the Python environment ------------------------------------------------

make_venv() {
    python=$(find_python)
    [ -n "$python" ] || stop "There is no Python 3.11 or newer that can make environments (with venv and ensurepip)." \
        "On Debian 12, Ubuntu 24.04 or newer run: apt-get install python3 python3-venv" \
        "On macOS run: brew install python" \
        "If yours has another name, say so: PYTHON=/path/to/python3 make"
    say "Making a Python environment in .venv with $("$python" --version)."
    rm -rf .venv
    "$python" -m venv .venv
    say "$PWD" >.venv/.folder
}

pip() {
    .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input "$@" </dev/null ||
        stop "pip could not install the Python libraries; above it says why."
}

install_libraries() {
    say "Installing the Python libraries of .setup/$level.lock into .venv; the first time this takes a minute."
    rm -f .venv/.ready-*
    pip install --require-hashes --requirement ".setup/$level.lock"
    pip install --no-deps --no-build-isolation --editable .
    # As pip does for what it copies: where Python may not write, it would compile all of it at each start.
    .venv/bin/python -m compileall -q magbuild
}

check_pango() {
    .venv/bin/python -W ignore -c 'import weasyprint' >/dev/null 2>&1 ||
        stop "WeasyPrint, which sets the pages, can't find the library Pango (1.44 or newer)." \
            "Please install it (Fedora: dnf install pango; Arch: pacman -S pango; Alpine: apk add pango;" \
            "macOS: brew install pango) and then run this again. In its own words:" \
            "$(.venv/bin/python -W ignore -c 'import weasyprint' 2>&1 | tail -n 1)"
}

# Changes whenever what has to be installed may have changed.
fingerprint() {
    cksum pyproject.toml .setup/setup.sh ".setup/$1.lock"
}

libraries_ready() {
    [ "$(cat ".venv/.ready-$level" 2>/dev/null)" = "$(fingerprint "$level")" ]
}

ready_libraries() {
    venv_works || make_venv
    libraries_ready && return
    install_libraries
    check_pango
    fingerprint run >.venv/.ready-run # the tests' lock holds all of the other
    fingerprint "$level" >".venv/.ready-$level"
    say "Ready."
}

# --- the Node packages -----------------------------------------------------

node_packages() {
    cksum .setup/package.json .setup/package-lock.json
}

ready_node_packages() {
    [ "$(cat .venv/.ready-node 2>/dev/null)" = "$(node_packages)" ] && return
    works node || stop "The checkers of e-books need Node 18 or newer, and this is $(node --version 2>&1)." \
        "Please install a newer one, and then run this again."
    say "Installing the checkers and readers of .setup/package-lock.json into .venv."
    cp .setup/package.json .setup/package-lock.json .venv/
    # No scripts: the only one there is would fetch a browser, and the machine has one.
    said=$(cd .venv && npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier </dev/null 2>&1) ||
        stop "$said" "npm could not install the checkers and readers; above it says why."
    node_packages >.venv/.ready-node
}

# --- the checker of tagged PDFs ---------------------------------------------

ready_verapdf() { # without it the tests that ask it are skipped, and say so
    [ "$(cat .venv/.ready-verapdf 2>/dev/null)" = "$(cat .setup/verapdf.lock)" ] && return
    read -r artifact digest <.setup/verapdf.lock
    say "Fetching veraPDF with Maven into .venv."
    # A later version of the plugin wants to know what the archive depends on, which holds all of it already.
    if said=$(mvn --quiet --batch-mode org.apache.maven.plugins:maven-dependency-plugin:2.10:copy \
        -Dartifact="$artifact" -DoutputDirectory=.venv/verapdf -Dmdep.stripVersion=true </dev/null 2>&1) &&
        [ "sha256:$(digest_of .venv/verapdf/*.jar)" = "$digest" ]; then
        cp .setup/verapdf.lock .venv/.ready-verapdf
    else
        say "$said" "veraPDF could not be fetched: the tests of the screen PDF that ask it will be skipped."
        rm -rf .venv/verapdf
    fi
}

digest_of() {
    .venv/bin/python -c 'import hashlib, sys
print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"
}

# --- the lock files --------------------------------------------------------

write_lock() { # name, then what uv is told more
    name=$1
    shift
    say "Writing .setup/$name.lock."
    "$workbench/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --custom-compile-command "make lock" --output-file ".setup/$name.lock" pyproject.toml --group build "$@"
}

lock() {
    python=$(find_python)
    [ -n "$python" ] || stop "There is no Python 3.11 or newer."
    workbench=$(mktemp -d)
    trap 'rm -rf "$workbench"' EXIT
    "$python" -m venv "$workbench"
    "$workbench/bin/python" -m pip --quiet --disable-pip-version-check install uv
    write_lock run "$@"
    write_lock test --extra cluster --group dev --constraint .setup/run.lock "$@"
    write_node_lock "$@"
}

write_node_lock() { # perhaps --upgrade
    say "Writing .setup/package-lock.json."
    # Without the addresses that this machine fetches packages from.
    (cd .setup && npm "$([ "${1:-}" = --upgrade ] && say update || say install)" \
        --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund)
}

# ---------------------------------------------------------------------------

level=${1:-}
case $level in
    run | test)
        ready_machine
        ready_libraries
        [ "$level" = run ] || ready_node_packages
        [ "$level" = run ] || ready_verapdf
        ;;
    lock)
        shift
        lock "$@"
        ;;
    *)
        say "usage: .setup/setup.sh run | test | lock [--upgrade]" >&2
        exit 2
        ;;
esac
