/* Forms as Slack's modals, and the bot's own page (App Home): pure. */
#pragma once

#include "bot/action.h"
#include "bot/base/arena.h"
#include "bot/form.h"

/* Every modal of ours. */
#define SLACK_FORM_CALLBACK "form"
#define SLACK_FORM_PLAIN    "answer" /* the action of a field without a flag */

/* views.open. */
char *slack_form_open(struct arena *arena, const char *trigger,
                      const struct form *form);
/* views.publish, of ACTION_HOME. */
char *slack_form_home(struct arena *arena, const struct action *action);
/* The ack that keeps a submitted form open, with words under its field `block`. */
char *slack_form_ack(struct arena *arena, const char *envelope, const char *block,
                     const char *words);
