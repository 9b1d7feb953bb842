/*
 * What both wires (http.c, websocket.c) must decide alike: what a URL says, whether
 * plain text may go there, and which proxy leads there. It opens no connection and
 * knows no library. A URL may hold a secret behind its host, so no text made here
 * repeats that part.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/err.h"

#define NET_HOST_BYTES 256

/* Strings live as long as whoever was given the settings. */
struct net_settings {
    const char *ca_file; /* PEM, trusted besides the system's authorities; NULL: none */
    const char *proxy; /* [http://][user:password@]host[:port]; NULL: the environment's;
                          "": none */
    const char
        *no_proxy; /* hosts reached directly, as in the environment; NULL: that */
};

struct net_url {
    bool is_secure;            /* https or wss */
    char host[NET_HOST_BYTES]; /* without the brackets of an IPv6 address */
    uint16_t port;
    const char *path; /* with the query, starts with "/"; borrowed */
};

struct net_proxy {
    const char *text; /* as it was given: curl reads it itself; borrowed */
    char host[NET_HOST_BYTES];
    uint16_t port;
    char login[96]; /* user:password, decoded; "": none. A secret. */
    bool is_plain;  /* an http proxy; libwebsockets knows no other */
};

/* Reads http, https, ws and wss. ERR_DENIED: plain text to another machine than this
 * one. */
MUST_CHECK bool net_url_parse(const char *text, struct net_url *url, struct err *err);
bool net_host_is_loopback(const char *host); /* localhost, 127.0.0.0/8, ::1 */

/*
 * True: reach `url` by *proxy. Names and meaning of https_proxy, all_proxy and no_proxy
 * are curl's (docs/libcurl/opts/CURLOPT_NOPROXY); plain text never takes a proxy, since
 * it only goes to this machine. ERR_BROKEN in *err: a proxy is named that makes no
 * sense.
 */
enum net_way { NET_DIRECT, NET_BY_PROXY, NET_NOWHERE };
enum net_way net_way_find(const struct net_settings *settings,
                          const struct net_url *url, struct net_proxy *proxy,
                          struct err *err);

/* Whether `host` is on the list: "*", names with all below them, addresses, blocks
 * (10.0.0.0/8). */
bool net_list_holds(const char *list, const char *host);

/* Whether the authorities can be read. To be asked once, at start. */
MUST_CHECK bool net_settings_check(const struct net_settings *settings,
                                   struct err *err);
