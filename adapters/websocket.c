#include "adapters/websocket.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libwebsockets.h>
#include <uv.h>

#include "adapters/websocket_inner.h"
#include "bot/base/log.h"

#define WEBSOCKET_PROTOCOL "muster"
/* What one read may take: with the library's 4 KiB a burst costs twice the time. */
#define WEBSOCKET_READ_BYTES (128 * 1024)
/* The library's own limits must never come before ours, which do not freeze (see poke).
 */
#define WEBSOCKET_FAR_S 3600

_Static_assert(LWS_PRE <= WEBSOCKET_OUT_FRONT,
               "room for the library before the frames");

int64_t websocket_wire_now_ms(const struct websockets *sockets)
{
    return (int64_t)uv_now(loop_uv(sockets->loop));
}

/* On a foreign loop the library's timers stand still after a call from outside its own
 * callbacks, until it is woken: so it is, after each such call. */
static void websocket_poke(struct websocket *socket)
{
    lws_cancel_service(socket->owner->context);
}

void websocket_wire_cut(struct websocket *socket)
{
    if (socket->wsi != NULL) {
        lws_set_opaque_user_data(socket->wsi, NULL);
        lws_set_timeout(socket->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
        socket->wsi = NULL;
        websocket_poke(socket);
    }
}

void websocket_wire_ask(struct websocket *socket)
{
    lws_callback_on_writable(socket->wsi);
}

static int websocket_callback(struct lws *wsi, enum lws_callback_reasons reason,
                              void *user, void *in, size_t length);

/* What the context and each of its vhosts are told. */
static struct lws_context_creation_info websocket_info(struct websockets *sockets,
                                                       void **loops)
{
    static const struct lws_protocols protocols[] = {
        {.name = WEBSOCKET_PROTOCOL, .callback = websocket_callback},
        {.name = NULL},
    };
    return (struct lws_context_creation_info){
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = protocols,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS,
        .foreign_loops = loops,
        .gid = -1,
        .uid = -1,
        .pt_serv_buf_size = WEBSOCKET_READ_BYTES,
        .timeout_secs = WEBSOCKET_FAR_S,
        .connect_timeout_secs = WEBSOCKET_FAR_S,
        .http_proxy_address =
            "none:0", /* else the library reads http_proxy by itself */
        .client_ssl_ca_filepath = sockets->settings.ca_file,
        .ssl_client_options_set = SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1,
    };
}

/* With TLS it reads the system's authorities, which takes longer than all the rest of a
 * start: so only what is dialled is made. */
static struct lws_vhost *websocket_vhost(struct websockets *sockets, bool is_proxied,
                                         bool is_secure)
{
    static const char *const names[2][2] = {{"direct", "direct, secure"},
                                            {"proxied", "proxied, secure"}};
    struct lws_vhost **vhost = &sockets->vhosts[is_proxied][is_secure];
    void *loops[] = {loop_uv(sockets->loop)};
    struct lws_context_creation_info info = websocket_info(sockets, loops);
    if (*vhost == NULL) {
        info.vhost_name = names[is_proxied][is_secure];
        info.options |= is_secure ? LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT : 0;
        *vhost = lws_create_vhost(sockets->context, &info);
    }
    return *vhost;
}

static struct lws_vhost *websocket_road(struct websocket *socket, const char *address)
{
    char proxy[sizeof(socket->proxy.login) + 64];
    bool is_v6 = strchr(address, ':') != NULL;
    struct lws_vhost *vhost = websocket_vhost(socket->owner, socket->way != NET_DIRECT,
                                              socket->url.is_secure);
    if (socket->way == NET_DIRECT || vhost == NULL) {
        return vhost;
    }
    (void)snprintf(proxy, sizeof(proxy), "%s%s%s%s%s:%u", socket->proxy.login,
                   socket->proxy.login[0] == '\0' ? "" : "@", is_v6 ? "[" : "", address,
                   is_v6 ? "]" : "", socket->proxy.port);
    return lws_set_proxy(vhost, proxy) == 0 ? vhost : NULL;
}

/* The library gets a number, for it looks names up on the loop and stops at the first
 * address; the name goes along for SNI and the certificate. Behind a proxy the number
 * is the proxy's, and the name is what the proxy is asked for. */
bool websocket_wire_connect(struct websocket *socket)
{
    const char *address = socket->addresses[socket->at];
    char host[NET_HOST_BYTES + 10];
    bool is_usual = socket->url.port == (socket->url.is_secure ? 443 : 80);
    bool is_v6 = strchr(socket->url.host, ':') != NULL;
    int length = snprintf(host, sizeof(host), is_v6 ? "[%s]" : "%s", socket->url.host);
    if (!is_usual) {
        (void)snprintf(host + length, sizeof(host) - (size_t)length, ":%u",
                       socket->url.port);
    }
    struct lws_client_connect_info info = {
        .context = socket->owner->context,
        .vhost = websocket_road(socket, address),
        .address = socket->way == NET_DIRECT ? address : socket->url.host,
        .port = socket->url.port,
        .ssl_connection = LCCSCF_HTTP_NO_FOLLOW_REDIRECT |
                          (socket->url.is_secure ? LCCSCF_USE_SSL : 0),
        .path = socket->url.path,
        .host = host,
        .alpn = "http/1.1",
        .local_protocol_name = WEBSOCKET_PROTOCOL,
        .opaque_user_data = socket,
        .retry_and_idle_policy = socket->owner->policy,
    };
    socket->has_failed = info.vhost == NULL;
    socket->distrust = NULL;
    socket->wsi = info.vhost == NULL ? NULL : lws_client_connect_via_info(&info);
    websocket_poke(socket);
    if (socket->has_failed) { /* called back, whatever it returned */
        socket->wsi = NULL;
    }
    return socket->wsi != NULL;
}

static void websocket_heard(struct websocket *socket)
{
    lws_validity_confirmed(socket->wsi); /* else only pongs count */
    socket->heard_ms = websocket_wire_now_ms(socket->owner);
    if (socket->events->heard != NULL) {
        socket->events->heard(socket->arg);
    }
}

static void websocket_deliver(struct websocket *socket, const char *bytes,
                              size_t length)
{
    if (socket->events->message != NULL) {
        socket->events->message(socket->arg, bytes, length);
    }
}

/* The rest of a message that has come in several reads or frames. */
static int websocket_gather(struct websocket *socket, struct lws *wsi,
                            const char *bytes, size_t length, bool is_last)
{
    size_t needed = socket->in_bytes + length;
    if (needed > socket->in_capacity_bytes) {
        socket->in_capacity_bytes = needed * 2;
        socket->in = realloc(socket->in, socket->in_capacity_bytes);
        INSIST(socket->in != NULL);
    }
    if (length > 0) {
        memcpy(socket->in + socket->in_bytes, bytes, length);
    }
    socket->in_bytes = is_last ? 0 : needed;
    if (is_last) {
        websocket_deliver(socket, socket->in, needed);
    }
    return lws_get_opaque_user_data(wsi) == NULL ? -1 : 0;
}

static int websocket_on_receive(struct websocket *socket, struct lws *wsi,
                                const char *bytes, size_t length)
{
    bool is_last = lws_is_final_fragment(wsi) && lws_remaining_packet_payload(wsi) == 0;
    websocket_heard(socket);
    if (lws_get_opaque_user_data(wsi) == NULL) {
        return -1; /* dropped or ended by that call */
    }
    if (socket->state != WEBSOCKET_OPEN) {
        return 0;
    }
    if (socket->in_bytes + length > socket->owner->limits.message_bytes) {
        websocket_leave(socket, LWS_CLOSE_STATUS_MESSAGE_TOO_LARGE,
                        "a message was too long");
        return 0;
    }
    if (socket->in_bytes > 0 || !is_last) {
        return websocket_gather(socket, wsi, bytes, length, is_last);
    }
    websocket_deliver(socket, bytes, length);
    return lws_get_opaque_user_data(wsi) == NULL ? -1 : 0;
}

static int websocket_on_writeable(struct websocket *socket, struct lws *wsi)
{
    size_t bytes = socket->out.bytes;
    socket->out.bytes = 0; /* the library copies what does not go out at once */
    if (bytes > 0 && lws_write(wsi, socket->out.data + WEBSOCKET_OUT_FRONT, bytes,
                               LWS_WRITE_RAW) < (int)bytes) {
        return -1;
    }
    return 0;
}

bool websocket_wire_flush(struct websocket *socket)
{
    struct lws *wsi = socket->wsi;
    if (wsi == NULL || socket->out.bytes == 0) {
        return true;
    }
    if (lws_send_pipe_choked(wsi) != 0) {
        return false;
    }
    if (websocket_on_writeable(socket, wsi) != 0) { /* broken: `closed` follows */
        lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
        websocket_poke(socket);
    }
    return true;
}

static int websocket_on_established(struct websocket *socket, struct lws *wsi)
{
    socket->heard_ms = websocket_wire_now_ms(socket->owner);
    websocket_opened(socket);
    return lws_get_opaque_user_data(wsi) == NULL ? -1 : 0;
}

static int websocket_on_peer_close(struct websocket *socket, const unsigned char *bytes,
                                   size_t length)
{
    bool is_reply = socket->state == WEBSOCKET_LEAVING;
    socket->end.code = length >= 2 ? bytes[0] << 8 | bytes[1] : 0;
    socket->end.was_clean = true;
    if (!is_reply) {
        websocket_say(socket, "closed from there", "");
    }
    return is_reply ? -1 : 0; /* 0: the library answers with a close frame */
}

/* The library is done with the connection. It has told us, and it may tell us again. */
static int websocket_on_gone(struct websocket *socket, struct lws *wsi)
{
    int64_t silent_ms = websocket_wire_now_ms(socket->owner) - socket->heard_ms;
    lws_set_opaque_user_data(wsi, NULL);
    bool is_inside_dial = socket->wsi == NULL;
    socket->wsi = NULL;
    if (socket->state == WEBSOCKET_DIALING) {
        socket->has_failed = true;
        if (!is_inside_dial) {
            websocket_dial_failed(socket);
        }
        return 0;
    }
    if (socket->state == WEBSOCKET_OPEN && !socket->end.was_clean &&
        silent_ms + 500 >= (int64_t)socket->owner->limits.hangup_s * 1000) {
        websocket_say(socket, "nothing was heard for long", "");
    }
    websocket_finish(socket);
    return 0;
}

/* The library's own words for a failed handshake are "error 1", so OpenSSL's are kept.
 * It refuses the certificate whatever is answered here. */
static int websocket_on_certificate(struct websocket *socket, X509_STORE_CTX *store,
                                    bool is_good)
{
    if (!is_good) {
        socket->distrust =
            X509_verify_cert_error_string(X509_STORE_CTX_get_error(store));
    }
    return 0;
}

static int websocket_on_refused(struct websocket *socket, struct lws *wsi,
                                const char *text, size_t length)
{
    char detail[120];
    (void)snprintf(detail, sizeof(detail), "%.*s", (int)(length < 119 ? length : 119),
                   text == NULL ? "" : text);
    if (socket->distrust != NULL) {
        websocket_say(socket, "its certificate is not trusted", socket->distrust);
    } else {
        websocket_say(socket, "could not connect", detail);
    }
    return websocket_on_gone(socket, wsi);
}

static int websocket_callback(struct lws *wsi, enum lws_callback_reasons reason,
                              void *user, void *in, size_t length)
{
    struct websocket *socket = wsi == NULL ? NULL : lws_get_opaque_user_data(wsi);
    if (socket == NULL) {
        /* Let go of, or a call about no connection. */
        return reason == LWS_CALLBACK_CLIENT_RECEIVE ||
                       reason == LWS_CALLBACK_CLIENT_WRITEABLE ||
                       reason == LWS_CALLBACK_CLIENT_ESTABLISHED
                   ? -1
                   : 0;
    }
    switch ((int)reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED: return websocket_on_established(socket, wsi);
    case LWS_CALLBACK_CLIENT_RECEIVE:
        return websocket_on_receive(socket, wsi, in, length);
    case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
        websocket_heard(socket);
        return lws_get_opaque_user_data(wsi) == NULL ? -1 : 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE: return websocket_on_writeable(socket, wsi);
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        return websocket_on_peer_close(socket, in, length);
    case LWS_CALLBACK_OPENSSL_PERFORM_SERVER_CERT_VERIFICATION:
        return websocket_on_certificate(socket, user, length != 0);
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        return websocket_on_refused(socket, wsi, in, length);
    case LWS_CALLBACK_CLIENT_CLOSED:
    case LWS_CALLBACK_WSI_DESTROY: return websocket_on_gone(socket, wsi);
    default: return 0;
    }
}

/* Only warnings and errors come; a query may be a ticket, so a line ends before it. */
static void websocket_on_log(int level, const char *line)
{
    (void)level;
    log_warn("libwebsockets says", "text=\"%.*s\"", (int)strcspn(line, "?\"\n"), line);
}

static void websocket_on_loop_end(void *arg)
{
    lws_context_destroy(arg);
}

/* On a foreign loop the library must be destroyed twice: once to close its handles,
 * which the loop then runs out, and once more to free what they stood on. */
void websocket_wire_stop(struct websockets *sockets)
{
    lws_context_destroy(sockets->context);
    loop_at_end(sockets->loop, websocket_on_loop_end, sockets->context);
    free(sockets->policy);
}

bool websocket_wire_start(struct websockets *sockets, struct err *err)
{
    void *loops[] = {loop_uv(sockets->loop)};
    struct lws_context_creation_info info = websocket_info(sockets, loops);
    info.options |= LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    sockets->policy = calloc(1, sizeof(*sockets->policy));
    INSIST(sockets->policy != NULL);
    sockets->policy->secs_since_valid_ping = sockets->limits.ping_s;
    sockets->policy->secs_since_valid_hangup = sockets->limits.hangup_s;
    lws_set_log_level(LLL_ERR | LLL_WARN, websocket_on_log);
    sockets->context = lws_create_context(&info);
    if (sockets->context == NULL) {
        free(sockets->policy);
        return err_set(err, ERR_GONE, "libwebsockets does not start on our loop: is %s",
                       "the package libwebsockets-evlib-uv installed?");
    }
    lws_cancel_service(sockets->context);
    return true;
}
