#!/bin/sh
# Plants one offence after the other in a small tree and sees floors.sh report each.
set -eu
floors=$(cd "$(dirname "$0")/.." && pwd)/floors.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/bot/base" "$tree/store" "$tree/commands" "$tree/adapters" "$tree/tests"
status=0

# accept FILE LINE, refuse FILE LINE   what floors.sh must say when FILE holds LINE
accept() {
    printf '%s\n' "$2" >"$tree/$1"
    if ! sh "$floors" "$tree" >"$tree/said"; then
        echo "refused, though allowed: $1:"
        printf "%s\n" "$2" | tail -n 1
        status=1
    fi
    rm "$tree/$1"
}
refuse() {
    printf '%s\n' "$2" >"$tree/$1"
    if sh "$floors" "$tree" >"$tree/said" || ! grep -q "^$1:" "$tree/said"; then
        echo "let through: $1:"
        printf "%s\n" "$2" | tail -n 1
        status=1
    fi
    rm "$tree/$1"
}

accept bot/courier.c 'a->kind->perform(a, b);'
refuse bot/say.c 'a->kind->perform(a, b);'
accept bot/clock.c 'now_ms = time_now_ms();'
refuse bot/task.c 'now_ms = time_now_ms();'
accept bot/base/a.c '#include "bot/base/text.h"'
refuse bot/base/a.c '#include "store/db.h"'
refuse bot/base/a.c '#include <jansson.h>'
accept bot/base/json.h '#include <jansson.h>'
accept store/a.c '#include "bot/base/err.h"'
refuse store/a.c '#include "bot/turn.h"'
refuse store/a.c '#include <sqlite3.h>'
accept store/db_sqlite.c '#include <sqlite3.h>'
accept bot/a.c '#include "store/outbox.h"'
refuse bot/a.c '#include "commands/role.h"'
refuse bot/a.c '#include "adapters/http.h"'
refuse bot/a.c '  #  include  "adapters/http.h"'
refuse bot/a.c '#include "turn.h"'
refuse bot/a.c '#include "bot/../adapters/http.h"'
refuse bot/a.h '#include <uv.h>'
accept bot/loop.c '#include <uv.h>'
accept bot/main.c '#include "adapters/table.h"'
accept commands/a.c '#include "bot/command.h"'
refuse commands/a.c '#include "adapters/http.h"'
refuse commands/a.c '#include <jansson.h>'
accept adapters/a.c '#include <jansson.h>'
refuse adapters/a.c '#include "store/outbox.h"'
refuse adapters/a.c '#include "commands/table.h"'
refuse adapters/a.c '#include <curl/curl.h>'
accept adapters/http.c '#include <curl/curl.h>'
refuse adapters/http.c '#include <libwebsockets.h>'
refuse adapters/a.c '#include <openssl/ssl.h>'
accept tests/a.c '#include <cmocka.h>'
accept bot/long.c "$(seq -f '/* %g */' 400)"
refuse bot/long.c "$(seq -f '/* %g */' 401)"
exit $status
