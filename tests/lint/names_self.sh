#!/bin/sh
# Plants each forbidden word in a small tree and sees names.sh report it.
set -eu
names=$(cd "$(dirname "$0")" && pwd)/names.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/bot" "$tree/commands" "$tree/adapters" "$tree/store" "$tree/tests"
status=0

# refuse FILE TEXT
refuse() {
    printf '%s\n' "$2" >"$tree/$1"
    if sh "$names" "$tree" >/dev/null; then
        echo "let through: $1 with $2"
        status=1
    fi
    rm -f "$tree/$1"
}

printf 'what we learned\n' >"$tree/bot/fine.c"
if ! sh "$names" "$tree"; then
    echo "refused, though nothing is wrong"
    status=1
fi
refuse bot/a.c "post""mortem"
refuse commands/a.c "The Root ""Cause"
refuse adapters/a.c "root_""cause"
refuse tests/a.sh "cd /wo""rk/main"
refuse README.md "see ../sha""red"
exit $status
