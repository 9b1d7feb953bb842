#!/bin/sh
# tidy.sh BUILD [FILE.c...]   clang-tidy 14 over our C files (all, or those named), two at a
# time. BUILD holds compile_commands.json. A file that passed is remembered in
# BUILD/../lint-cache by a hash of itself, of every header of ours it includes and of the
# settings, and is not looked at again until one of them changes.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$(cd "$1" && pwd)
shift
cd "$root"
cache=$build/../lint-cache
mkdir -p "$cache"
find "$cache" -type f -mtime +30 -delete
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Half of our files are tests; those are looked at with --long. So are paths through a
# function beyond its first 20,000 states, on which nine tenths of the time would go.
folders="bot store commands adapters"
states=20000
if [ -n "${MUSTER_LONG:-}" ]; then
    folders="$folders tests"
    states=225000
fi
[ $# -gt 0 ] || set -- $(find $folders -name '*.c' | LC_ALL=C sort)
settings=$({ clang-tidy-14 --version && cat .clang-tidy && echo "$states"; } | sha256sum | cut -c 1-16)

# One line a file: its name, then whatever of ours it includes.
list_dependencies() {
    gcc -MM -I. -D_DEFAULT_SOURCE -DMUSTER_VERSION='""' -DMUSTER_SOURCE_DIR='""' \
        "$@" >"$work/rules"
    sed -e ':join' -e '/\\$/{N;s/ *\\\n */ /;b join' -e '}' -e 's/^[^:]*: *//' "$work/rules"
}

# Prints FILE and STAMP of each file that has to be looked at.
list_stale() {
    list_dependencies "$@" >"$work/dependencies"
    while read -r file headers; do
        # shellcheck disable=SC2086
        hash=$(cat "$file" $headers | sha256sum | cut -c 1-32)
        stamp=$cache/$settings-$hash-$(echo "$file" | tr / _)
        [ -e "$stamp" ] || echo "$file $stamp"
    done <"$work/dependencies"
}

# The compiler's own warnings are the build's business; clang does not know all of gcc's.
export build states
list_stale "$@" >"$work/stale"
xargs -a "$work/stale" -r -P 2 -L 1 sh -c '
    if said=$(clang-tidy-14 --quiet -p "$build" --extra-arg=-Wno-error \
        --extra-arg=-Wno-unknown-warning-option --extra-arg=-Xclang \
        --extra-arg=-analyzer-config --extra-arg=-Xclang \
        --extra-arg=max-nodes="$states" "$0" 2>&1); then
        : >"$1"
    else
        printf "%s\n" "$said" | grep -v "warnings generated"
        exit 1
    fi'
