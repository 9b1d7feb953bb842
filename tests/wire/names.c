#define _GNU_SOURCE /* for RTLD_NEXT */
#include "tests/wire/names.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>

typedef int names_fn(const char *, const char *, const struct addrinfo *,
                     struct addrinfo **);

static pthread_mutex_t names_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t names_free = PTHREAD_COND_INITIALIZER;
static bool names_are_free;

void names_release(void)
{
    pthread_mutex_lock(&names_lock);
    names_are_free = true;
    pthread_cond_broadcast(&names_free);
    pthread_mutex_unlock(&names_lock);
}

static void names_wait(void)
{
    pthread_mutex_lock(&names_lock);
    while (!names_are_free) {
        pthread_cond_wait(&names_free, &names_lock);
    }
    pthread_mutex_unlock(&names_lock);
}

static bool names_are_ours(const char *node)
{
    size_t length = node == NULL ? 0 : strlen(node);
    return length > 5 && strcmp(node + length - 5, ".test") == 0;
}

/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name) */
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                struct addrinfo **result)
{
    names_fn *next = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "getaddrinfo");
    if (!names_are_ours(node)) {
        return next(node, service, hints, result);
    }
    if (strcmp(node, "none.test") == 0) {
        return EAI_NONAME;
    }
    if (strcmp(node, "slow.test") == 0) {
        names_wait();
    }
    struct addrinfo numeric = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
    bool are_two = strcmp(node, "two.test") == 0;
    bool is_v6 = strcmp(node, "six.test") == 0;
    const char *first = are_two ? "127.0.0.3" : is_v6 ? "::1" : "127.0.0.1";
    int failed = next(first, service, &numeric, result);
    if (failed != 0 || !are_two) {
        return failed;
    }
    return next("127.0.0.1", service, &numeric, &(*result)->ai_next);
}
