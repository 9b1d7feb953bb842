#!/bin/sh
# floors.sh [ROOT]   checks what may include what, and that no file has outgrown 400 lines.
# Every include of ours names its path from the root, so that a look at the #include lines
# is enough. Prints each offence as FILE:LINE: why, and fails when there is one.
#
#   bot/base/                   libc, bot/base
#   store/                      ... bot/base, store
#   bot/                        ... bot/base, store, bot
#   commands/                   ... bot/base, store, bot, commands
#   adapters/                   ... bot/base, bot, adapters
#   bot/main.c, bot/cmd_*, tests/   anything
set -eu
cd "${1:-$(dirname "$0")/..}"

libc='assert ctype dirent dlfcn errno fcntl float fnmatch ftw getopt glob grp inttypes
    langinfo libgen limits locale math netdb poll pthread pwd regex sched setjmp signal
    spawn stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string
    strings syslog termios threads time unistd wchar wctype'

sources() {
    for folder in bot store commands adapters tests; do
        [ ! -d "$folder" ] || find "$folder" -type f -name '*.[ch]'
    done | LC_ALL=C sort
}

check_includes() {
    # shellcheck disable=SC2046
    set -- $(sources)
    [ $# -gt 0 ] || return 0
    awk -v libc="$libc" '
        BEGIN {
            count = split(libc, names)
            for (i = 1; i <= count; i++) {
                is_libc[names[i] ".h"] = 1
            }
            below["base"] = "^bot/base/"
            below["store"] = "^(bot/base|store)/"
            below["bot"] = "^(bot|store)/"
            below["commands"] = "^(bot|store|commands)/"
            below["adapters"] = "^(bot|adapters)/"
            below["roof"] = "^(bot|store|commands|adapters)/"
            below["tests"] = "^(bot|store|commands|adapters|tests)/"
            # Which files may see a header of somebody else.
            third["sqlite3.h"] = "^store/db_sqlite(_wal)?\\.c$"
            third["openssl/evp.h"] = "^store/digest\\.c$"
            third["libpq-fe.h"] = "^store/db_postgres\\.c$"
            third["uv.h"] = "^(bot/loop|adapters/(websocket|http|console_line))\\.c$"
            third["jansson.h"] = "^(bot/base/json\\.[ch]|bot/(note|action|export)[a-z_]*\\.c|adapters/.*)$"
            third["cyaml/cyaml.h"] = "^bot/(config|directory)[a-z_]*\\.[ch]$"
            third["yaml.h"] = "^bot/config_yaml_nul\\.c$"
            third["libwebsockets.h"] = "^adapters/websocket\\.c$"
            third["curl/curl.h"] = "^adapters/http\\.c$"
            third["histedit.h"] = "^adapters/console_line\\.c$"
            third["editline/readline.h"] = "^adapters/console_line\\.c$"
        }
        function floor_of(file) {
            if (file ~ /^tests\//) { return "tests" }
            if (file ~ /^bot\/(main\.c|cmd_[a-z_]*\.[ch])$/) { return "roof" }
            if (file ~ /^bot\/base\//) { return "base" }
            sub(/\/.*/, "", file)
            return file
        }
        function offence(why) {
            printf "%s:%d: %s\n", FILENAME, FNR, why
            bad = 1
        }
        /^[ \t]*#[ \t]*include/ {
            name = $0
            sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
            ours = substr(name, 1, 1) == "\""
            name = substr(name, 2)
            sub(/[">].*/, "", name)
            floor = floor_of(FILENAME)
            if (ours) {
                if (name !~ below[floor] || name ~ /(^|\/)\.\.?\//) {
                    offence("\"" name "\" is out of reach from here")
                }
            } else if (floor != "roof" && floor != "tests" && !(name in is_libc) &&
                       name !~ /^(sys|arpa|netinet|net|sanitizer)\// &&
                       !((name in third) && FILENAME ~ third[name])) {
                offence("<" name "> belongs to other files")
            }
        }
        END { exit bad }' "$@"
}

check_lengths() {
    for folder in bot store commands adapters tests script .ci; do
        [ ! -d "$folder" ] || find "$folder" -type f \( -name '*.[ch]' -o -name '*.sh' \
            -o -path 'script/*' -o -path '.ci/*' \) -exec awk '
            FNR == 401 { print FILENAME ":401: longer than 400 lines" }' {} +
    done
}

# Two doors have one file each: a platform is changed by the courier, and the time comes from
# the turn (the store stamps its lock and its migrations, the log its lines).
check_doors() {
    # shellcheck disable=SC2046
    set -- $(sources | grep -v '^tests/')
    [ $# -gt 0 ] || return 0
    awk '
        /->perform\(/ && FILENAME != "bot/courier.c" {
            printf "%s:%d: only the courier calls perform\n", FILENAME, FNR
        }
        /time_now_ms\(/ && !/int64_t time_now_ms/ &&
            FILENAME !~ /^(bot\/clock|bot\/base\/log|store\/store|store\/migrate)\.c$/ {
            printf "%s:%d: the time comes from the turn\n", FILENAME, FNR
        }' "$@"
}

status=0
check_includes || status=1
long=$(check_lengths)
if [ -n "$long" ]; then
    echo "$long"
    status=1
fi
doors=$(check_doors)
if [ -n "$doors" ]; then
    echo "$doors"
    status=1
fi
exit $status
