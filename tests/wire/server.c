#include "tests/wire/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/wire/server_inner.h"

struct server_out {
    uv_write_t uv;
    char bytes[];
};

static void server_take(struct server_peer *peer)
{
    if (peer->is_websocket) {
        server_take_frames(peer);
    } else {
        server_take_requests(peer);
    }
}

static void server_on_peer_closed(uv_handle_t *handle)
{
    struct server_peer *peer = handle->data;
    peer->is_closed = true;
    if (peer->is_orphan) {
        free(peer);
    }
}

static void server_finish_peer(struct server_peer *peer)
{
    if (peer->is_gone) {
        return;
    }
    peer->is_gone = true;
    SSL_free(peer->ssl);
    peer->ssl = NULL;
    free(peer->in);
    peer->in = NULL;
    peer->in_bytes = peer->in_capacity = 0;
    loop_forget(peer->server->loop, peer);
    while (peer->slices != NULL) {
        struct server_slice *slice = peer->slices;
        peer->slices = slice->next;
        free(slice);
    }
}

void server_cut(struct server_peer *peer)
{
    if (!peer->is_gone) {
        server_finish_peer(peer);
        uv_tcp_close_reset(&peer->tcp, server_on_peer_closed);
    }
}

static void server_on_ended(uv_shutdown_t *uv, int status)
{
    (void)status;
    free(uv);
}

void server_end(struct server_peer *peer)
{
    uv_shutdown_t *uv = malloc(sizeof(*uv));
    INSIST(uv != NULL && !peer->is_gone);
    peer->is_silent = true;
    if (uv_shutdown(uv, (uv_stream_t *)&peer->tcp, server_on_ended) != 0) {
        free(uv);
    }
}

static void server_gone(struct server_peer *peer)
{
    struct server *server = peer->server;
    if (!peer->is_gone) {
        server_finish_peer(peer);
        uv_close((uv_handle_t *)&peer->tcp, server_on_peer_closed);
        if (server->script.gone != NULL) {
            server->script.gone(server->arg, peer);
        }
    }
}

static void server_on_written(uv_write_t *uv, int status)
{
    (void)status;
    free(uv->data);
}

static void server_write_wire(struct server_peer *peer, const char *bytes,
                              size_t length)
{
    struct server_out *out = malloc(sizeof(*out) + length);
    INSIST(out != NULL);
    memcpy(out->bytes, bytes, length);
    out->uv.data = out;
    uv_buf_t buffer = uv_buf_init(out->bytes, (unsigned)length);
    if (uv_write(&out->uv, (uv_stream_t *)&peer->tcp, &buffer, 1, server_on_written) !=
        0) {
        free(out);
    }
}

static void server_flush_tls(struct server_peer *peer)
{
    char bytes[16384];
    int length = BIO_read(peer->to_wire, bytes, sizeof(bytes));
    while (length > 0) {
        server_write_wire(peer, bytes, (size_t)length);
        length = BIO_read(peer->to_wire, bytes, sizeof(bytes));
    }
}

void server_write(struct server_peer *peer, const char *bytes, size_t length)
{
    if (peer->is_gone || length == 0) {
        return;
    }
    if (peer->ssl == NULL) {
        server_write_wire(peer, bytes, length);
        return;
    }
    INSIST(SSL_write(peer->ssl, bytes, (int)length) == (int)length);
    server_flush_tls(peer);
}

static void server_on_slice(void *arg)
{
    struct server_peer *peer = arg;
    struct server_slice *slice = peer->slices;
    peer->slices = slice->next;
    server_write(peer, slice->bytes, slice->length);
    free(slice);
    if (peer->slices != NULL) {
        loop_soon(peer->server->loop, server_on_slice, peer);
    }
}

void server_write_slices(struct server_peer *peer, const char *bytes, size_t length,
                         size_t slice_bytes)
{
    struct server_slice **link = &peer->slices;
    if (peer->is_gone || length == 0) {
        return;
    }
    if (*link == NULL) {
        loop_soon(peer->server->loop, server_on_slice, peer);
    }
    while (*link != NULL) {
        link = &(*link)->next;
    }
    for (size_t at = 0; at < length; at += slice_bytes) {
        size_t size = length - at < slice_bytes ? length - at : slice_bytes;
        *link = calloc(1, sizeof(**link) + size);
        INSIST(*link != NULL);
        (*link)->length = size;
        memcpy((*link)->bytes, bytes + at, size);
        link = &(*link)->next;
    }
}

void server_silence(struct server_peer *peer)
{
    peer->is_silent = true;
}

void server_used(struct server_peer *peer, size_t length)
{
    peer->in_bytes -= length;
    memmove(peer->in, peer->in + length, peer->in_bytes);
    peer->in[peer->in_bytes] = '\0';
}

static void server_heard(struct server_peer *peer, const char *bytes, size_t length)
{
    if (peer->in_bytes + length + 1 > peer->in_capacity) {
        peer->in_capacity = (peer->in_bytes + length + 1) * 2;
        peer->in = realloc(peer->in, peer->in_capacity);
        INSIST(peer->in != NULL);
    }
    memcpy(peer->in + peer->in_bytes, bytes, length);
    peer->in_bytes += length;
    peer->in[peer->in_bytes] = '\0';
}

static void server_heard_tls(struct server_peer *peer, const char *bytes, size_t length)
{
    char plain[16384];
    INSIST(BIO_write(peer->from_wire, bytes, (int)length) == (int)length);
    int count = SSL_read(peer->ssl, plain, sizeof(plain));
    while (count > 0) {
        server_heard(peer, plain, (size_t)count);
        count = SSL_read(peer->ssl, plain, sizeof(plain));
    }
    server_flush_tls(peer);
}

static void server_on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct server_peer *peer = stream->data;
    if (length < 0) {
        server_gone(peer);
    } else if (length > 0 && !peer->is_silent) {
        if (peer->ssl != NULL) {
            server_heard_tls(peer, buffer->base, (size_t)length);
        } else {
            server_heard(peer, buffer->base, (size_t)length);
        }
        if (peer->in_bytes > 0) {
            server_take(peer);
        }
    }
    free(buffer->base);
}

static void server_on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    (void)handle;
    char *room = malloc(suggested);
    INSIST(room != NULL);
    buffer->base = room;
    buffer->len = suggested;
}

void server_start_tls(struct server_peer *peer)
{
    peer->ssl = SSL_new(peer->server->tls);
    peer->from_wire = BIO_new(BIO_s_mem());
    peer->to_wire = BIO_new(BIO_s_mem());
    SSL_set_bio(peer->ssl, peer->from_wire, peer->to_wire);
    SSL_set_accept_state(peer->ssl);
}

static void server_on_accept(uv_stream_t *listener, int status)
{
    struct server *server = listener->data;
    INSIST(status == 0);
    struct server_peer *peer = calloc(1, sizeof(*peer));
    INSIST(peer != NULL);
    peer->server = server;
    peer->next = server->peers;
    peer->offence = "";
    peer->tcp.data = peer;
    server->peers = peer;
    server->accepted++;
    INSIST(uv_tcp_init(listener->loop, &peer->tcp) == 0);
    INSIST(uv_accept(listener, (uv_stream_t *)&peer->tcp) == 0);
    uv_tcp_nodelay(&peer->tcp, 1);
    if (server->tls != NULL && !server->is_proxy) {
        server_start_tls(peer);
    }
    uv_read_start((uv_stream_t *)&peer->tcp, server_on_room, server_on_read);
    if (server->script.accepted != NULL) {
        server->script.accepted(server->arg, peer);
    }
}

static void server_on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

/* A free port of the address; false where the machine has no such address. */
static bool server_bind(struct server *server, bool is_v6)
{
    struct sockaddr_storage address;
    struct sockaddr *at = (struct sockaddr *)&address;
    int size = sizeof(address);
    int made = is_v6 ? uv_ip6_addr("::1", 0, (struct sockaddr_in6 *)&address)
                     : uv_ip4_addr("127.0.0.1", 0, (struct sockaddr_in *)&address);
    INSIST(made == 0);
    if (uv_tcp_bind(&server->listener, at, 0) != 0 ||
        uv_listen((uv_stream_t *)&server->listener, 16, server_on_accept) != 0) {
        return false;
    }
    INSIST(uv_tcp_getsockname(&server->listener, at, &size) == 0);
    server->port = ntohs(is_v6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                               : ((struct sockaddr_in *)&address)->sin_port);
    return true;
}

struct server *server_create(struct loop *loop, const struct server_settings *settings,
                             const struct server_script *script, void *arg)
{
    struct server *server = calloc(1, sizeof(*server));
    INSIST(server != NULL);
    server->loop = loop;
    server->script = *script;
    server->arg = arg;
    server->is_proxy = settings->is_proxy;
    INSIST(uv_tcp_init(loop_uv(loop), &server->listener) == 0);
    server->listener.data = server;
    if (!server_bind(server, settings->is_v6)) {
        INSIST(settings->is_v6);
        uv_close((uv_handle_t *)&server->listener, server_on_closed);
        return NULL;
    }
    if (settings->authority != NULL) {
        server->tls = authority_serve(settings->authority, settings->name);
    }
    return server;
}

void server_destroy(struct server *server)
{
    if (server == NULL) {
        return;
    }
    while (server->peers != NULL) {
        struct server_peer *peer = server->peers;
        server->peers = peer->next;
        server_cut(peer);
        peer->is_orphan = true;
        if (peer->is_closed) {
            free(peer);
        }
    }
    SSL_CTX_free(server->tls);
    uv_close((uv_handle_t *)&server->listener, server_on_closed);
}

unsigned server_port(const struct server *server)
{
    return server->port;
}

unsigned server_accepted(const struct server *server)
{
    return server->accepted;
}

/* What is read is of an open connection alone. */
size_t server_kept_bytes(const struct server *server)
{
    return server->accepted * sizeof(struct server_peer);
}

const char *server_connect_line(const struct server *server)
{
    return server->connect_line;
}
