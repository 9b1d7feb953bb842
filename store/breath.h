/*
 * Where the words of a command line are kept beside the timeline: table, column, and
 * the moment by which they belong to the breath of their entry. Deleted, they go
 * (store/redact.c); edited, they follow (store/reword.c).
 */
#pragma once

#define BREATH_WORDS(column_of)                                                        \
    column_of("tasks", "what", "made_ms"), column_of("tasks", "result", "done_ms"),    \
        column_of("factors", "text", "at_ms"), column_of("lessons", "text", "at_ms"),  \
        column_of("parked", "text", "made_ms"), column_of("tries", "text", "made_ms"), \
        column_of("tries", "result", "settled_ms"),                                    \
        column_of("followups", "what", "made_ms"),                                     \
        column_of("followups", "why", "made_ms"),                                      \
        column_of("followups", "stops", "made_ms"),                                    \
        column_of("followups", "result", "done_ms"),                                   \
        column_of("followups", "verdict", "verified_ms")
