/* What the parts of the reader share; for matrix_read*.c only. */
#pragma once

#include "adapters/matrix_read.h"

/* The members of an event that matter. */
enum matrix_field {
    MATRIX_TYPE,
    MATRIX_SENDER,
    MATRIX_ID,
    MATRIX_STATE_KEY,
    MATRIX_TIME,
    MATRIX_CONTENT,
    MATRIX_UNSIGNED,
    MATRIX_REDACTS,
    MATRIX_PREVIOUS, /* prev_content, as old homeservers have it */
    MATRIX_FIELDS
};

struct matrix_reading {
    struct arena *arena;
    const struct matrix_self *self;
    struct json_slice found[MATRIX_FIELDS];
    bool is_ours; /* the sender is us */
    struct matrix_news *news;
};

/* A string member, cleaned; NULL where it is absent, empty or longer than max_bytes. */
const char *matrix_reading_word(const struct matrix_reading *reading,
                                struct json_slice object, const char *name,
                                size_t max_bytes);
const char *matrix_reading_id(const struct matrix_reading *reading,
                              struct json_slice object, const char *name);
/* The same of a value already found. */
const char *matrix_reading_string(struct arena *arena, struct json_slice value,
                                  size_t max_bytes);
/* 0 where it is no moment between 1970 and 9999. */
int64_t matrix_reading_moment(struct json_slice value);

/* The news becomes an event of this kind. */
struct chat_event *matrix_reading_event(struct matrix_reading *reading,
                                        enum chat_kind kind);
/* A second one, with what both share. */
struct chat_event *matrix_reading_extra(struct matrix_reading *reading,
                                        enum chat_kind kind);

/* By the type of an event; a state event's key is "" but for members. */
void matrix_read_message(struct matrix_reading *reading);
void matrix_read_reaction(struct matrix_reading *reading);
void matrix_read_redaction(struct matrix_reading *reading);
void matrix_read_encrypted(struct matrix_reading *reading);
void matrix_read_member(struct matrix_reading *reading);
void matrix_read_encryption(struct matrix_reading *reading);
void matrix_read_tombstone(struct matrix_reading *reading);
void matrix_read_power(struct matrix_reading *reading);
void matrix_read_creation(struct matrix_reading *reading);
void matrix_read_name(struct matrix_reading *reading);
