/*
 * When neither the asker nor the one they asked knows, one question goes on: to the
 * next who may know, in both their names where the other says yes, else in the asker's
 * alone. Whether the other said no or nothing can't be told from outside.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/command.h"
#include "bot/note.h"
#include "bot/offers.h"
#include "store/questions.h"

/* Is it "don't know"? Pure. */
bool question_is_unknowing(const char *text);

/* The speaker does not know: offers the asker to ask on (a line in the note they are
 * about to get), and the speaker to be named with them. */
MUST_CHECK bool question_offer_on(struct turn *turn, const struct command_call *call,
                                  const struct question *question, const char *answer,
                                  struct note *note, struct err *err);

/* Keeps it and puts it to the person (bot/question.c). late_ms > 0: says that it is
 * late. */
MUST_CHECK bool question_send(struct turn *turn, struct question *question,
                              int64_t late_ms, struct err *err);

extern const struct offer_kind question_on_kind;   /* "ask-on": to the asker */
extern const struct offer_kind question_both_kind; /* "ask-both": to the other */
extern const struct alarm_kind question_on_alarm;  /* "ask-on" */
