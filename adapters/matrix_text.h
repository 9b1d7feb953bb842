/*
 * The words of a Matrix message as people typed them: pure, for any bytes, in linear
 * time. People are <@id> in it, as everywhere in the bot.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "bot/base/arena.h"

/* What is known of a message's text before it is read. */
struct matrix_words {
    const char *body; /* NULL: none */
    const char *html; /* formatted_body; NULL: none */
    bool is_reply;    /* it may begin with a quotation of what it answers */
};

/* The plain body, but for messages with pills (links to people or rooms) or without a
 * body: there the HTML. The quotation in a reply is left out. */
const char *matrix_text_typed(struct arena *arena, const struct matrix_words *words);

/* HTML as text: lines, lists, entities; pills count into *pills, *has_quote says
 * whether there was an <mx-reply>. */
char *matrix_text_html(struct arena *arena, const char *html, size_t *pills,
                       bool *has_quote);

/* "@user:server" standing by itself, and a bare link to a person, become <@id>. */
char *matrix_text_plain(struct arena *arena, const char *body);

/* Where the answer begins, behind "> " lines. `any`: all such lines are a quotation;
 * else only one that names somebody ("> <@user:server> ..."). */
const char *matrix_text_answer(const char *body, bool any);

/* What a link to a person or a room's alias points to: "@user:server", "#room:server".
 * NULL for any other. */
const char *matrix_text_target(struct arena *arena, const char *url);

/* A link to an event that people can follow. `sender` lends its server: by it a client
 * finds the room. */
const char *matrix_text_link(struct arena *arena, const char *room, const char *event,
                             const char *sender);

/* An id of a person that can stand inside <@...>. */
bool matrix_text_is_person(const char *id);
/* Any id of a person: "@", the localpart (of old ones nearly anything), ":", a server.
 */
bool matrix_text_is_user(const char *id);
