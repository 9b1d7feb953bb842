#!/bin/sh
# names.sh [ROOT]   words that must not appear. The bot looks for no single cause and holds
# no inquest, so its sources don't speak of one; and no file leans on one machine's paths.
set -eu
cd "${1:-$(dirname "$0")/../..}"
status=0

# forbid PATTERN PLACE...
forbid() {
    pattern=$1
    shift
    if grep -rInEi --exclude-dir=build --exclude-dir=.git --exclude=.git --exclude-dir=node_modules \
        -e "$pattern" "$@"; then
        echo "names: nothing here may match: $pattern"
        status=1
    fi
}

forbid 'post-?mortem|root[ _-]cause' bot commands adapters store
# The brackets keep the patterns from finding themselves.
forbid '/[w]ork/|\.\./[s]hared|[p]roduct\.md|[w]alkthrough\.md' .
exit $status
