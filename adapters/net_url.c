/* The part of adapters/net.h that reads URLs and chooses a proxy. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net.h"
#include "bot/base/text.h"

#define NET_HOST_LETTERS                                                               \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:"

struct net_scheme {
    const char *prefix;
    bool is_secure;
    uint16_t port;
};

static const struct net_scheme net_schemes[] = {
    {.prefix = "https://", .is_secure = true, .port = 443},
    {.prefix = "wss://", .is_secure = true, .port = 443},
    {.prefix = "http://", .is_secure = false, .port = 80},
    {.prefix = "ws://", .is_secure = false, .port = 80},
};

static const struct net_scheme *net_scheme_find(const char *text)
{
    for (size_t i = 0; i < sizeof(net_schemes) / sizeof(net_schemes[0]); i++) {
        if (text_starts(text, net_schemes[i].prefix)) {
            return &net_schemes[i];
        }
    }
    return NULL;
}

/* Blanks and control characters would let a URL write lines of a request of its own. */
static bool net_url_is_printable(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text <= ' ' || *text == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool net_port_parse(const char *digits, size_t length, uint16_t *port)
{
    unsigned value = 0;
    for (size_t i = 0; i < length; i++) {
        if (digits[i] < '0' || digits[i] > '9' || value > 65535) {
            return false;
        }
        value = value * 10 + (unsigned)(digits[i] - '0');
    }
    *port = (uint16_t)value;
    return length > 0 && value > 0 && value <= 65535;
}

/* host, host:port, [v6] or [v6]:port; the port stays as it was where none is named. */
static bool net_authority_parse(const char *text, size_t length, char *host,
                                uint16_t *port)
{
    const char *end = text + length;
    const char *host_end = memchr(text, ':', length);
    const char *rest = host_end == NULL ? end : host_end;
    if (length > 0 && text[0] == '[') {
        host_end = memchr(text, ']', length);
        if (host_end == NULL) {
            return false;
        }
        rest = host_end + 1;
        text++;
    } else if (host_end == NULL) {
        host_end = end;
    }
    size_t host_length = (size_t)(host_end - text);
    if (host_length == 0 || host_length >= NET_HOST_BYTES) {
        return false;
    }
    memcpy(host, text, host_length);
    host[host_length] = '\0';
    if (strspn(host, NET_HOST_LETTERS) != host_length) {
        return false;
    }
    if (rest == end) {
        return true;
    }
    return *rest == ':' && net_port_parse(rest + 1, (size_t)(end - rest - 1), port);
}

bool net_host_is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    if (inet_pton(AF_INET, host, &v4) == 1) {
        return (ntohl(v4.s_addr) >> 24) == 127;
    }
    if (inet_pton(AF_INET6, host, &v6) == 1) {
        return memcmp(&v6, &in6addr_loopback, sizeof(v6)) == 0;
    }
    return text_same(host, "localhost");
}

bool net_url_parse(const char *text, struct net_url *url, struct err *err)
{
    *url = (struct net_url){.path = "/"};
    const struct net_scheme *scheme = net_scheme_find(text);
    if (scheme == NULL || !net_url_is_printable(text)) {
        return err_set(
            err, ERR_BROKEN,
            "a web address starts with https:// or wss:// and has no blanks");
    }
    url->is_secure = scheme->is_secure;
    url->port = scheme->port;
    text += strlen(scheme->prefix);
    size_t length = strcspn(text, "/?#");
    if (memchr(text, '@', length) != NULL ||
        !net_authority_parse(text, length, url->host, &url->port)) {
        return err_set(err, ERR_BROKEN,
                       "a web address names a host, host:port at most");
    }
    if (text[length] == '/') {
        url->path = text + length;
    } else if (text[length] != '\0') {
        return err_set(err, ERR_BROKEN, "a web address has a / behind its host");
    }
    if (!url->is_secure && !net_host_is_loopback(url->host)) {
        return err_set(err, ERR_DENIED, "%.150s is another machine, so it takes %s",
                       url->host, "https:// or wss://, not plain text");
    }
    return true;
}

static int net_hex(char digit)
{
    const char *digits = "0123456789abcdef";
    const char *found = digit == '\0' ? NULL : strchr(digits, digit | 0x20);
    return found == NULL ? -1 : (int)(found - digits);
}

/* The login of a proxy comes percent-encoded, as in any URL. */
static bool net_login_parse(const char *text, size_t length, char *login, size_t room)
{
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (byte == '%' && i + 2 < length && net_hex(text[i + 1]) >= 0 &&
            net_hex(text[i + 2]) >= 0) {
            byte = (char)(net_hex(text[i + 1]) * 16 + net_hex(text[i + 2]));
            i += 2;
        }
        if (byte == '\0' || used + 1 >= room) {
            return false;
        }
        login[used++] = byte;
    }
    login[used] = '\0';
    return true;
}

static bool net_proxy_parse(const char *text, struct net_proxy *proxy)
{
    *proxy = (struct net_proxy){.text = text, .port = 1080, .is_plain = true};
    const char *colon = strstr(text, "://");
    if (colon != NULL) {
        proxy->is_plain = text_starts(text, "http://");
        text = colon + 3;
    }
    size_t length = strcspn(text, "/?#");
    const char *at = NULL;
    for (size_t i = 0; i < length; i++) {
        at = text[i] == '@' ? text + i : at;
    }
    if (at != NULL) {
        size_t login_length = (size_t)(at - text);
        if (!net_login_parse(text, login_length, proxy->login, sizeof(proxy->login))) {
            return false;
        }
        length -= login_length + 1;
        text = at + 1;
    }
    return net_url_is_printable(text) &&
           net_authority_parse(text, length, proxy->host, &proxy->port);
}

static const char *net_environment(const char *const *names)
{
    for (; *names != NULL; names++) {
        const char *value = getenv(*names);
        if (value != NULL && *value != '\0') {
            return value;
        }
    }
    return NULL;
}

enum net_way net_way_find(const struct net_settings *settings,
                          const struct net_url *url, struct net_proxy *proxy,
                          struct err *err)
{
    static const char *const proxy_names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy",
                                              "ALL_PROXY", NULL};
    static const char *const direct_names[] = {"no_proxy", "NO_PROXY", NULL};
    const char *text = settings->proxy;
    const char *direct = settings->no_proxy;
    text = text == NULL ? net_environment(proxy_names) : text;
    direct = direct == NULL ? net_environment(direct_names) : direct;
    if (!url->is_secure || text == NULL || *text == '\0' ||
        net_list_holds(direct, url->host)) {
        return NET_DIRECT;
    }
    if (!net_proxy_parse(text, proxy)) {
        err_set(err, ERR_BROKEN,
                "the proxy is not [http://][user:password@]host[:port]");
        return NET_NOWHERE;
    }
    return NET_BY_PROXY;
}

bool net_settings_check(const struct net_settings *settings, struct err *err)
{
    FILE *file = settings->ca_file == NULL ? NULL : fopen(settings->ca_file, "re");
    if (settings->ca_file != NULL && file == NULL) {
        return err_set(err, ERR_GONE, "the file of authorities cannot be read: %.150s",
                       settings->ca_file);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return true;
}
