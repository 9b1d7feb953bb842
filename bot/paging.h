/*
 * Pages: waking people, one after the other, until somebody comes. Who is called is
 * bot/escalation.c's choice; the calls themselves are in bot/ring.c. All of these
 * answer the speaker.
 */
#pragma once

#include "bot/command.h"
#include "store/pages.h"

MUST_CHECK bool paging_person(struct turn *turn, const struct command_call *call,
                              const struct person *person, const char *why,
                              struct err *err);
/* `name` is the service's. */
MUST_CHECK bool paging_service(struct turn *turn, const struct command_call *call,
                               int64_t service_id, const char *name, const char *why,
                               struct err *err);
/* Whoever the rule chooses for these words; why may be NULL. */
MUST_CHECK bool paging_escalate(struct turn *turn, const struct command_call *call,
                                const char *why, struct err *err);

/* `who` is coming: the speaker, or somebody whom the speaker reached by phone. */
MUST_CHECK bool paging_come(struct turn *turn, const struct command_call *call,
                            const struct incident *incident, const struct page *page,
                            const struct person *who, struct err *err);
/* The speaker can't: the next one is called at once, and nobody is told why. */
MUST_CHECK bool paging_decline(struct turn *turn, const struct command_call *call,
                               const struct incident *incident, const struct page *page,
                               struct err *err);
/* Somebody who was called can't be asked any more: the same, without a word to them. */
MUST_CHECK bool paging_lose(struct turn *turn, const struct incident *incident,
                            const struct page *page, int64_t person_id,
                            struct err *err);
MUST_CHECK bool paging_withdraw(struct turn *turn, const struct command_call *call,
                                const struct incident *incident,
                                const struct page *page, struct err *err);
/* The incident is over: open pages are withdrawn, and whoever was called is told. */
MUST_CHECK bool paging_on_close(struct turn *turn, const struct incident *incident,
                                struct err *err);
