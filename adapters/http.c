#include "adapters/http.h"

#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <uv.h>

#include "adapters/http_body.h"
#include "bot/base/arena.h"
#include "bot/loop.h"

/* A kept-alive connection older than this is not trusted with a write: servers drop
 * idle ones, and a write lost on one is a write whose fate nobody knows. */
#define HTTP_IDLE_S      20L
#define HTTP_CONNECT_MS  10000L
#define HTTP_RETRY_MAX_S 86400
#define HTTP_KEPT        16L /* connections; else four for each call under way */

struct http {
    struct loop *loop;
    struct net_settings settings;
    CURLM *multi;
    struct loop_timer *timer; /* the one that curl asks for */
    struct http_call *first;
};

/* What watches one socket of curl. It outlives curl's interest until libuv let go of
 * it. */
struct http_socket {
    uv_poll_t poll;
    struct http *http;
    curl_socket_t fd;
};

struct http_call {
    struct http *http;
    struct http_call *next;
    http_fn *fn;
    void *arg;
    struct arena *arena; /* holds this struct as well */
    CURL *easy;          /* NULL: refused */
    struct curl_slist *headers;
    struct net_url url;
    struct net_proxy proxy;
    struct http_body body;
    bool is_too_big, may_repeat, was_sent;
    char detail[CURL_ERROR_SIZE];
    struct err refusal;
};

static void http_call_forget(struct http_call *call)
{
    struct http *http = call->http;
    loop_forget(http->loop, call);
    struct http_call **link = &http->first;
    while (*link != call) {
        link = &(*link)->next;
    }
    *link = call->next;
    if (call->easy != NULL) {
        curl_multi_remove_handle(http->multi, call->easy);
        curl_easy_cleanup(call->easy);
    }
    curl_slist_free_all(call->headers);
    free(call->body.bytes);
    arena_destroy(call->arena);
}

static enum http_outcome http_outcome_of(CURLcode result, bool was_sent)
{
    switch (result) {
    case CURLE_OK: return HTTP_ANSWERED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return HTTP_NO_NAME;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return HTTP_NO_TRUST;
    case CURLE_OPERATION_TIMEDOUT: return HTTP_TIMED_OUT;
    default: return was_sent ? HTTP_LOST : HTTP_NO_CONNECT;
    }
}

static void http_call_read(struct http_call *call, struct http_answer *answer)
{
    long status = 0;
    curl_off_t retry_s = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(call->easy, CURLINFO_RETRY_AFTER, &retry_s);
    retry_s = retry_s > HTTP_RETRY_MAX_S ? HTTP_RETRY_MAX_S : retry_s;
    answer->status = (int)status;
    answer->retry_after_ms = retry_s < 0 ? 0 : (int64_t)retry_s * 1000; /* a date */
    if (answer->outcome == HTTP_ANSWERED && call->body.bytes != NULL) {
        answer->body = call->body.bytes;
        answer->body_bytes = call->body.length;
    }
}

static void http_call_finish(struct http_call *call, CURLcode result)
{
    struct http_answer answer = {
        .outcome = http_outcome_of(result, call->was_sent),
        .may_have_arrived = call->was_sent,
        .call = call,
        .body = "",
    };
    if (call->easy == NULL) {
        answer.outcome = HTTP_REFUSED;
    } else {
        answer.outcome = call->is_too_big ? HTTP_TOO_BIG : answer.outcome;
        http_call_read(call, &answer);
    }
    const char *detail = call->easy == NULL ? call->refusal.text : call->detail;
    answer.problem = http_problem(call->arena, answer.outcome, call->url.host, detail);
    http_fn *fn = call->fn;
    call->fn = NULL;
    fn(call->arg, &answer);
    http_call_forget(call);
}

/* Hands out what is finished. The callbacks may send and cancel: we are not inside
 * curl. */
static void http_drain(struct http *http)
{
    int waiting = 0;
    CURLMsg *message = curl_multi_info_read(http->multi, &waiting);
    while (message != NULL) {
        struct http_call *call = NULL;
        if (message->msg == CURLMSG_DONE) {
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &call);
            http_call_finish(call, message->data.result);
        }
        message = curl_multi_info_read(http->multi, &waiting);
    }
}

static void http_on_timer(void *arg)
{
    struct http *http = arg;
    int running = 0;
    curl_multi_socket_action(http->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    http_drain(http);
}

static void http_on_poll(uv_poll_t *poll, int status, int events)
{
    struct http_socket *socket = poll->data;
    struct http *http = socket->http;
    /* After an error curl shall read: only so does it learn which. */
    int flags = status < 0 ? CURL_CSELECT_IN | CURL_CSELECT_OUT : 0;
    int running = 0;
    flags |= (events & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0;
    flags |= (events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0;
    curl_multi_socket_action(http->multi, socket->fd, flags, &running);
    http_drain(http); /* `socket` may be gone by now */
}

static void http_free_socket(uv_handle_t *handle)
{
    free(handle->data);
}

static struct http_socket *http_watch(struct http *http, curl_socket_t fd)
{
    struct http_socket *socket = calloc(1, sizeof(*socket));
    INSIST(socket != NULL);
    socket->http = http;
    socket->fd = fd;
    socket->poll.data = socket;
    INSIST(uv_poll_init_socket(loop_uv(http->loop), &socket->poll, fd) == 0);
    curl_multi_assign(http->multi, fd, socket);
    return socket;
}

/* curl: tell me when this socket is ready. */
static int http_on_socket(CURL *easy, curl_socket_t fd, int what, void *arg,
                          void *known)
{
    struct http *http = arg;
    struct http_socket *socket = known;
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        if (socket != NULL) {
            uv_poll_stop(&socket->poll);
            uv_close((uv_handle_t *)&socket->poll, http_free_socket);
            curl_multi_assign(http->multi, fd, NULL);
        }
        return 0;
    }
    socket = socket == NULL ? http_watch(http, fd) : socket;
    int events = (what & CURL_POLL_IN) != 0 ? UV_READABLE : 0;
    events |= (what & CURL_POLL_OUT) != 0 ? UV_WRITABLE : 0;
    uv_poll_start(&socket->poll, events, http_on_poll);
    return 0;
}

/* curl: call me after so long; 0 is soon, never now. */
static int http_on_timeout(CURLM *multi, long timeout_ms, void *arg)
{
    struct http *http = arg;
    (void)multi;
    if (timeout_ms < 0) {
        loop_timer_stop(http->timer);
    } else {
        loop_timer_set(http->timer, timeout_ms);
    }
    return 0;
}

static size_t http_on_body(char *bytes, size_t size, size_t count, void *arg)
{
    struct http_call *call = arg;
    size_t length = size * count;
    if (!http_body_add(&call->body, bytes, length)) {
        call->is_too_big = true;
        return CURL_WRITEFUNC_ERROR;
    }
    return length;
}

/*
 * Called by curl when it is connected and about to send. Where a kept-alive connection
 * is dead, it silently sends all again on a new one (lib/transfer.c,
 * Curl_retry_request): a message posted twice. The second time is refused.
 */
static int http_on_sending(void *arg, /* NOLINTNEXTLINE(*-non-const-parameter) */
                           char *remote_ip, char *local_ip, int remote_port,
                           int local_port)
{
    struct http_call *call = arg;
    (void)remote_ip, (void)local_ip, (void)remote_port, (void)local_port;
    if (call->was_sent && !call->may_repeat) {
        return CURL_PREREQFUNC_ABORT;
    }
    call->was_sent = true;
    return CURL_PREREQFUNC_OK;
}

static void http_add_header(struct http_call *call, const char *name, const char *value)
{
    const char *line =
        value == NULL ? name : arena_printf(call->arena, "%s: %s", name, value);
    INSIST(strpbrk(line, "\r\n") == NULL);
    call->headers = curl_slist_append(call->headers, line);
    INSIST(call->headers != NULL);
}

static void http_set_headers(struct http_call *call, const struct http_request *request)
{
    http_add_header(call, "Expect:", NULL); /* else curl waits for a 100 */
    if (request->content_type != NULL) {
        http_add_header(call, "Content-Type", request->content_type);
    }
    if (request->authorization != NULL) {
        http_add_header(call, "Authorization", request->authorization);
    }
    for (size_t i = 0; request->headers != NULL && request->headers[i] != NULL; i++) {
        http_add_header(call, request->headers[i], NULL);
    }
    curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
}

static void http_set_request(struct http_call *call, const struct http_request *request)
{
    CURL *easy = call->easy;
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    if (request->body != NULL) {
        char *body = arena_copy_n(call->arena, request->body, request->body_bytes);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)request->body_bytes);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    }
    if (request->method != NULL) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
    }
    int64_t timeout_ms =
        request->timeout_ms > 0 ? request->timeout_ms : HTTP_TIMEOUT_MS;
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    http_set_headers(call, request);
}

static void http_set_wire(struct http_call *call, enum net_way way)
{
    CURL *easy = call->easy;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->detail);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, http_on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, http_on_sending);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, call);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* wait for no look-up given up */
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, HTTP_CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, HTTP_IDLE_S);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "muster/" MUSTER_VERSION);
    curl_easy_setopt(easy, CURLOPT_PROXY, way == NET_BY_PROXY ? call->proxy.text : "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, ""); /* net_way_find has decided */
    if (call->http->settings.ca_file != NULL) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, call->http->settings.ca_file);
    }
}

static void http_on_refused(void *arg)
{
    http_call_finish(arg, CURLE_OK);
}

static struct http_call *http_call_create(struct http *http, http_fn *fn, void *arg)
{
    struct arena *arena = arena_create();
    struct http_call *call = ARENA_NEW(arena, struct http_call);
    *call = (struct http_call){
        .http = http, .next = http->first, .fn = fn, .arg = arg, .arena = arena};
    http->first = call;
    return call;
}

struct http_call *http_send(struct http *http, const struct http_request *request,
                            http_fn *fn, void *arg)
{
    struct http_call *call = http_call_create(http, fn, arg);
    enum net_way way = NET_NOWHERE;
    call->body.max = request->max_bytes > 0 ? request->max_bytes : HTTP_BODY_BYTES;
    call->may_repeat = request->may_repeat;
    if (net_url_parse(request->url, &call->url, &call->refusal)) {
        way = net_way_find(&http->settings, &call->url, &call->proxy, &call->refusal);
    }
    if (way == NET_NOWHERE) {
        loop_soon(http->loop, http_on_refused, call);
        return call;
    }
    call->easy = curl_easy_init();
    INSIST(call->easy != NULL);
    http_set_wire(call, way);
    http_set_request(call, request);
    INSIST(curl_multi_add_handle(http->multi, call->easy) == CURLM_OK);
    return call;
}

const char *http_header(const struct http_answer *answer, const char *name)
{
    struct curl_header *header = NULL;
    (void)curl_easy_header(answer->call->easy, name, 0, CURLH_HEADER, -1, &header);
    return header == NULL ? "" : header->value;
}

int64_t http_date_ms(const char *date)
{
    time_t at_s = curl_getdate(date, NULL);
    return at_s < 0 ? 0 : (int64_t)at_s * 1000;
}

void http_cancel(struct http_call *call)
{
    if (call->fn != NULL) { /* else it is being answered, and goes by itself */
        http_call_forget(call);
    }
}

bool http_create(struct http **created, struct loop *loop,
                 const struct net_settings *settings, struct err *err)
{
    if (!net_settings_check(settings, err)) {
        return false;
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return err_set(err, ERR_BROKEN, "libcurl does not start");
    }
    struct http *http = calloc(1, sizeof(*http));
    INSIST(http != NULL);
    http->loop = loop;
    http->settings = *settings;
    http->timer = loop_timer_create(loop, http_on_timer, http);
    http->multi = curl_multi_init();
    INSIST(http->multi != NULL);
    curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS, HTTP_KEPT);
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, http_on_socket);
    curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, http_on_timeout);
    curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
    *created = http;
    return true;
}

void http_destroy(struct http *http)
{
    if (http == NULL) {
        return;
    }
    while (http->first != NULL) {
        http_call_forget(http->first);
    }
    curl_multi_cleanup(http->multi); /* hands back every socket it still watched */
    loop_timer_destroy(http->timer);
    free(http);
    curl_global_cleanup();
}
