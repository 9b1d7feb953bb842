#!/bin/sh
# format.sh [--fix]   every C file is as clang-format 14 would write it; --fix rewrites.
set -eu
cd "$(dirname "$0")/../.."
mode='--dry-run -Werror'
[ "${1:-}" != --fix ] || mode=-i
# shellcheck disable=SC2086
find bot store commands adapters tests -name '*.[ch]' -print0 |
    xargs -0 -r -n 40 clang-format-14 --style=file $mode
