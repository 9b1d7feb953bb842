/*
 * Every kind of offer that `accept` and `decline` answer, in alphabetical order.
 */
#include "bot/buddy.h"
#include "bot/cover.h"
#include "bot/handoff.h"
#include "bot/offers.h"
#include "bot/pause.h"
#include "bot/question_on.h"

const struct offer_kind *const offer_table[] = {
    &buddy_offer_kind, &cover_offer_kind,   &handoff_offer_kind, &handoff_question_kind,
    &pause_offer_kind, &question_both_kind, &question_on_kind,   NULL,
};
