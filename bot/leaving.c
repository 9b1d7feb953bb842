/*
 * The end, when somebody asks for it: nothing new is begun, but what is under way may
 * still end. Otherwise the next start has to look for it, and where a platform does not
 * let us, it is said twice.
 */
#include "bot/ears_inner.h"

#define LEAVE_MS 700

static void leave_now(void *arg)
{
    ears_stop(arg);
}

void ears_leave(struct ears *ears)
{
    bool is_asked_twice = ears->leaving != NULL;

    courier_close(ears->courier);
    if (is_asked_twice || !courier_is_busy(ears->courier)) {
        ears_stop(ears);
        return;
    }
    ears->leaving = loop_timer_create(ears->loop, leave_now, ears);
    loop_timer_set(ears->leaving, LEAVE_MS);
}

void leaving_look(struct ears *ears)
{
    if (ears->leaving != NULL && !courier_is_busy(ears->courier)) {
        loop_timer_set(ears->leaving, 0);
    }
}
