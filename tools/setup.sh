#!/bin/sh
# Brings a Debian 12 machine to where `make` works; does nothing where nothing is missing.
#   tools/setup.sh run     what building and serving need
#   tools/setup.sh         the tests, the checks and the browser too
#   tools/setup.sh long    what the long tests need beside
# Node: Debian's own 18 is enough (browser tests need 20 and say so), a newer one is kept.
set -eu
cd "$(dirname "$0")/.."

packages='gcc make pkg-config libc6-dev libwebsockets-dev libwebsockets-evlib-uv libuv1-dev
    libsqlite3-dev libssl-dev libjansson-dev libcmark-dev libargon2-dev libcurl4-openssl-dev
    libstemmer-dev libutf8proc-dev libmagic-dev libarchive-dev libexpat1-dev libseccomp-dev
    libturbojpeg0-dev libpng-dev libwebp-dev poppler-utils ca-certificates tzdata'
test_packages='git curl openssl procps sqlite3 strace libcmocka-dev libical-dev clang-14 clang-tidy-14
    clang-format-14 libclang-rt-14-dev clang-tools-14 cppcheck systemd gcovr valgrind zip iproute2
    chromium fonts-dejavu-core fonts-noto-color-emoji'
long_packages='nginx-light testssl.sh slowhttptest debootstrap e2fsprogs qemu-system-x86'

missing=
need() { missing="$missing $1"; }
has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

[ "${1:-test}" = run ] || packages="$packages $test_packages"
[ "${1:-test}" != long ] || packages="$packages $long_packages"
for package in $packages; do
    has_package "$package" || need "$package"
done
command -v node >/dev/null || need nodejs
command -v npm >/dev/null || need npm

if [ -n "$missing" ]; then
    command -v apt-get >/dev/null || {
        echo "setup: this is not Debian; please install the like of:$missing" >&2
        exit 1
    }
    sudo=
    if [ "$(id -u)" != 0 ]; then
        sudo='sudo'
    fi
    echo "setup: installing$missing"
    $sudo apt-get -qq update
    # The words of $missing are names of packages, on purpose apart.
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
        $missing >/dev/null
fi

major=$(node -p 'process.versions.node.split(".")[0]')
if [ "$major" -lt 18 ]; then
    echo "setup: node $major is too old, 18 is the least; Debian 12 has it (apt-get install nodejs)" >&2
    exit 1
fi
make -s node_modules/.package-lock.json
