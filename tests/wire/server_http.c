/* The HTTP/1.1 half of the scripted server: whole requests in, answers out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/evp.h>

#include "tests/wire/server_inner.h"

#define WEBSOCKET_SALT "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455, 1.3 */

bool server_header(const struct server_request *request, const char *name, char *value,
                   size_t room)
{
    const char *line = request->head;
    size_t name_length = strlen(name);
    while (line != NULL && *line != '\0') {
        if (strncasecmp(line, name, name_length) == 0 && line[name_length] == ':') {
            line += name_length + 1;
            line += strspn(line, " ");
            snprintf(value, room, "%.*s", (int)strcspn(line, "\r\n"), line);
            return true;
        }
        line = strstr(line, "\r\n");
        line = line == NULL ? NULL : line + 2;
    }
    return false;
}

void server_answer(struct server_peer *peer, int status, const char *headers,
                   const char *body)
{
    char head[1024];
    int length = snprintf(head, sizeof(head),
                          "HTTP/1.1 %d Said\r\nContent-Length: %zu\r\n%s\r\n", status,
                          strlen(body), headers);
    INSIST(length > 0 && length < (int)sizeof(head));
    server_write(peer, head, (size_t)length);
    server_write(peer, body, strlen(body));
}

void server_answer_torn(struct server_peer *peer, int status, const char *body)
{
    char head[100];
    int length =
        snprintf(head, sizeof(head), "HTTP/1.1 %d Said\r\nContent-Length: %zu\r\n\r\n",
                 status, strlen(body));
    INSIST(length > 0 && length < (int)sizeof(head));
    server_write(peer, head, (size_t)length);
    server_write(peer, body, strlen(body) / 2);
    server_end(peer);
}

void server_welcome(struct server_peer *peer, const struct server_request *request)
{
    char key[128] = "", salted[256], answer[400];
    unsigned char digest[EVP_MAX_MD_SIZE], accept[128];
    unsigned size = 0;
    struct server *server = peer->server;
    INSIST(server_header(request, "Sec-WebSocket-Key", key, sizeof(key)));
    int length = snprintf(salted, sizeof(salted), "%s%s", key, WEBSOCKET_SALT);
    INSIST(EVP_Digest(salted, (size_t)length, digest, &size, EVP_sha1(), NULL) == 1);
    EVP_EncodeBlock(accept, digest, (int)size);
    length = snprintf(answer, sizeof(answer),
                      "HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n"
                      "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                      accept);
    server_write(peer, answer, (size_t)length);
    peer->is_websocket = true;
    if (server->script.opened != NULL) {
        server->script.opened(server->arg, peer);
    }
}

static void server_on_connect(struct server_peer *peer,
                              const struct server_request *request)
{
    const char *yes = "HTTP/1.1 200 Connected\r\n\r\n";
    char login[200] = "";
    server_header(request, "Proxy-Authorization", login, sizeof(login));
    snprintf(peer->server->connect_line, sizeof(peer->server->connect_line), "%s %s",
             request->path, login);
    server_write(peer, yes, strlen(yes));
    if (peer->server->tls != NULL) {
        server_start_tls(peer);
    }
}

static void server_dispatch(struct server_peer *peer,
                            const struct server_request *request)
{
    struct server *server = peer->server;
    char upgrade[32] = "";
    if (strcmp(request->method, "CONNECT") == 0 && server->is_proxy) {
        server_on_connect(peer, request);
    } else if (!server_header(request, "Upgrade", upgrade, sizeof(upgrade))) {
        if (server->script.request != NULL) {
            server->script.request(server->arg, peer, request);
        }
    } else if (server->script.upgrade != NULL) {
        server->script.upgrade(server->arg, peer, request);
    } else {
        server_welcome(peer, request);
    }
}

/* Cuts the head into its parts, in place; false where it is none. */
static bool server_read_head(char *head, struct server_request *request)
{
    char *path = strchr(head, ' ');
    char *version = path == NULL ? NULL : strchr(path + 1, ' ');
    char *lines = version == NULL ? NULL : strstr(version, "\r\n");
    if (lines == NULL) {
        return false;
    }
    *path = *version = *lines = '\0';
    request->method = head;
    request->path = path + 1;
    request->head = lines + 2;
    return true;
}

/* One whole request from the front of peer->in; false where it has not all come. */
static bool server_take_request(struct server_peer *peer)
{
    struct server_request request = {.body = ""};
    char size[32] = "0";
    const char *end = peer->in_bytes == 0 ? NULL : strstr(peer->in, "\r\n\r\n");
    if (end == NULL) {
        return false;
    }
    size_t head_bytes = (size_t)(end - peer->in) + 4;
    char *copy = strndup(peer->in, head_bytes - 2);
    INSIST(copy != NULL && server_read_head(copy, &request));
    server_header(&request, "Content-Length", size, sizeof(size));
    request.body_bytes = strtoul(size, NULL, 10);
    bool is_whole = peer->in_bytes >= head_bytes + request.body_bytes;
    if (is_whole) {
        char *body = calloc(1, request.body_bytes + 1);
        INSIST(body != NULL);
        memcpy(body, peer->in + head_bytes, request.body_bytes);
        request.body = body;
        server_used(peer, head_bytes + request.body_bytes);
        server_dispatch(peer, &request);
        free(body);
    }
    free(copy);
    return is_whole;
}

void server_take_requests(struct server_peer *peer)
{
    while (!peer->is_gone && !peer->is_silent && !peer->is_websocket &&
           server_take_request(peer)) {
    }
    if (peer->is_websocket && peer->in_bytes > 0) {
        server_take_frames(peer);
    }
}
