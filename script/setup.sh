# Sourced by build, console and test. Knows the Debian packages each of them needs and how
# to install what is missing; does not build anything. Everything it prints goes to
# standard error, and no installer is called when nothing is missing.

packages_build='gcc libc6-dev cmake ninja-build pkgconf libwebsockets-dev libssl-dev
    libcurl4-openssl-dev libjansson-dev libsqlite3-dev libuv1-dev libcyaml-dev libyaml-dev
    libedit-dev'
# libwebsockets looks for its libuv plugin at run time; zones and certificates likewise.
# Graphviz's dot draws the factors of an HTML export; the bot itself never calls it.
packages_run='libwebsockets-evlib-uv tzdata ca-certificates graphviz'
packages_test='libcmocka-dev clang-14 libclang-rt-14-dev clang-format-14 clang-tidy-14
    openssl iproute2 python3 python3-venv'

# packages_missing NAME...   prints those that are not installed
packages_missing() {
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Status} ' "$package" 2>/dev/null || true)
        case " $state" in
        *' installed '*) ;; # "not-installed" is what a purged package says
        *) printf '%s ' "$package" ;;
        esac
    done
}

# as_root COMMAND...
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

packages_name_and_exit() {
    echo "These Debian packages are missing; please have them installed: $*" >&2
    exit 1
}

# packages_need NAME...   installs what is missing, or names it and exits 1
packages_need() {
    missing=$(packages_missing "$@")
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null || packages_name_and_exit $missing
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        packages_name_and_exit $missing
    fi
    echo "Installing: $missing" >&2
    {
        as_root apt-get update -q &&
            as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -q --no-install-recommends --no-remove $missing
    } </dev/null >&2 || packages_name_and_exit $missing
}
