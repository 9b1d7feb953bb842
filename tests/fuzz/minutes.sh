#!/bin/sh
# minutes.sh SECONDS [PATTERN]   builds the fuzzers and runs each (or those whose ctest
# name, fuzz_NAME, matches) for so long, two at a time. What one learns stays in
# build/fuzz/corpus for the next time; an input that breaks one is kept in build/fuzz/found
# and named, and the exit status is 1.
set -eu
cd "$(dirname "$0")/../.."
seconds=$1
pattern=${2:-.}
build=build/fuzz
found=$build/found

# Its log is left in $found where it failed.
run_one() {
    name=${1#fuzz_}
    log=$found/$name.log
    mkdir -p "$build/corpus/$name"
    if "$build/tests/fuzz/$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$found/$name-" "$build/corpus/$name" "tests/fuzz/seeds/$name" \
        >"$log" 2>&1; then
        echo "$1: $(grep '^Done ' "$log")"
        rm "$log"
    else
        echo "$1: FAILED"
    fi
}

targets=$(find tests/fuzz -name '*_fuzz.c' | sed 's|.*/\(.*\)_fuzz\.c|fuzz_\1|' |
    grep -e "$pattern" | LC_ALL=C sort)
[ -n "$targets" ] || exit 0
script/build fuzz
rm -rf "$found"
mkdir -p "$found"
for target in $targets; do
    run_one "$target" &
    pair=${pair:-0}
    pair=$((1 - pair))
    [ "$pair" = 1 ] || wait
done
wait

broken=$(find "$found" -type f)
[ -n "$broken" ] || exit 0
find "$found" -name '*.log' -exec tail -n 40 {} +
echo "Kept, for build/fuzz/tests/fuzz/fuzz_NAME FILE:"
echo "$broken" | grep -v '\.log$'
exit 1
