/*
 * Searching by SQLite's FTS5. The table `search` has no texts of its own
 * (content='timeline'): to take words out it must be told what they were.
 * https://www.sqlite.org/fts5.html#external_content_tables
 */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "store/search_engine.h"

#define WORDS_MOST      12  /* more make a search slower, not better */
#define BEGINNING_LEAST 3   /* letters */
#define BEGUN_MOST      32  /* words that begin so */
#define PURGE_PAGES     128 /* a step: some 50 ms */
#define SNIPPET_BYTES   2000

/* Commands stand on the timeline twice, by what they made; who came and went, and what
 * the bot reminded of, is nobody's word; a feeling is never to be found. */
#define IS_FOUND                                                                       \
    "deleted_ms IS NULL AND text <> '' "                                               \
    "AND kind NOT IN ('command', 'joined', 'left', 'nudge', 'feeling')"

bool search_engine_put_all(struct store *store, int64_t after_id, int64_t last_id,
                           struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO search (rowid, text) SELECT id, text FROM timeline "
                     "WHERE id > $1 AND id <= $2 AND " IS_FOUND,
                     DB_ARGS(DB_INT(after_id), DB_INT(last_id)));
}

bool search_engine_put(struct store *store, int64_t entry_id, const char *text,
                       struct err *err)
{
    return store_run(store, NULL, err,
                     "INSERT INTO search (rowid, text) SELECT id, $1 FROM timeline "
                     "WHERE id = $2 AND $1 <> '' AND " IS_FOUND,
                     DB_ARGS(DB_TEXT(text), DB_INT(entry_id)));
}

bool search_engine_take(struct store *store, int64_t entry_id, struct err *err)
{
    /* Of each text that is in FTS5 keeps the length: by that we know. */
    return store_run(store, NULL, err,
                     "INSERT INTO search (search, rowid, text) "
                     "SELECT 'delete', id, text FROM timeline WHERE id = $1 "
                     "AND EXISTS (SELECT 1 FROM search_docsize d WHERE d.id = $1)",
                     DB_ARGS(DB_INT(entry_id)));
}

static bool changes_count(struct store *store, int64_t *count, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, "SELECT total_changes()", DB_NO_ARGS)) {
        return false;
    }
    *count = db_int(&rows, 0, 0);
    return true;
}

/* Until its parts are merged FTS5 keeps a word that was taken out, and beside it that
 * it is. A negative number begins to merge all there is; that a step had nothing to do
 * shows in what it changed: https://www.sqlite.org/fts5.html#the_merge_command */
bool search_engine_purge(struct store *store, bool is_first, bool *done,
                         struct err *err)
{
    int64_t before, after;

    if (!changes_count(store, &before, err) ||
        !store_run(store, NULL, err,
                   "INSERT INTO search (search, rank) VALUES ('merge', $1)",
                   DB_ARGS(DB_INT(is_first ? -PURGE_PAGES : PURGE_PAGES))) ||
        !changes_count(store, &after, err)) {
        return false;
    }
    *done = !is_first && after - before < 2;
    return true;
}

/* The next of the words people typed, and how long it is; NULL behind the last. */
static const char *next_word(const char **at, size_t *length)
{
    static const char blanks[] = " \t\r\n";
    const char *word = *at + strspn(*at, blanks);

    *length = strcspn(word, blanks);
    *at = word + *length;
    return *length == 0 ? NULL : word;
}

/* In quotes nothing of a word is an operator, and what is in it besides letters
 * separates words that must stand side by side. */
static void add_quoted(struct text *query, const char *word, size_t length)
{
    text_add(query, query->length_bytes == 0 ? "\"" : " \"");
    for (size_t i = 0; i < length; i++) {
        text_add(query, word[i] == '"' ? "\"" : "");
        text_add_n(query, &word[i], 1);
    }
    text_add(query, "\"");
}

const char *search_engine_query(struct arena *arena, const char *words)
{
    struct text query;
    const char *word;
    size_t length;

    text_init(&query, arena);
    for (size_t i = 0; i < WORDS_MOST && (word = next_word(&words, &length)) != NULL;
         i++) {
        add_quoted(&query, word, length);
    }
    return query.length_bytes == 0 ? NULL : query.data;
}

/* Of plain letters the words that begin so are looked up, the first of the alphabet;
 * FTS5 by itself would gather all their entries before it answers. */
static bool is_plain(const char *word, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (!isalnum((unsigned char)word[i])) {
            return false;
        }
    }
    return length >= BEGINNING_LEAST;
}

/* The first word of the index not before `from` that begins with `word`; NULL: none. */
static bool find_begun(struct store *store, const char *word, const char *from,
                       const char **found, struct err *err)
{
    struct db_rows rows;

    *found = NULL;
    if (!store_run(store, &rows, err,
                   "SELECT term FROM search_words WHERE term >= $1 LIMIT 1",
                   DB_ARGS(DB_TEXT(from)))) {
        return false;
    }
    if (rows.count > 0 && text_starts(db_text(&rows, 0, 0), word)) {
        *found = db_text(&rows, 0, 0);
    }
    return true;
}

/* What the words of a query begin. */
struct begun {
    bool is_any;  /* false: one of them begins no word of the index */
    bool is_more; /* other words than they are themselves */
};

/* ("callback" OR "callbacks"). */
static bool add_begun(struct store *store, struct text *query, const char *word,
                      struct begun *begun, struct err *err)
{
    const char *found, *from = word;

    text_add(query, query->length_bytes == 0 ? "(" : " AND (");
    for (size_t i = 0; i < BEGUN_MOST; i++) {
        if (!find_begun(store, word, from, &found, err)) {
            return false;
        }
        begun->is_any = i > 0 || found != NULL;
        if (found == NULL) {
            break;
        }
        begun->is_more = begun->is_more || strcmp(found, word) != 0;
        text_addf(query, "%s\"%s\"", i == 0 ? "" : " OR ", found);
        from = arena_printf(store->arena, "%s0", found); /* no letter is before 0 */
    }
    text_add(query, ")");
    return true;
}

static void add_whole(struct text *query, const char *word, size_t length)
{
    struct text quoted;

    text_init(&quoted, query->arena);
    add_quoted(&quoted, word, length);
    text_addf(query, "%s(%s)", query->length_bytes == 0 ? "" : " AND ", quoted.data);
}

bool search_engine_query_begun(struct store *store, const char *words,
                               const char **wider, struct err *err)
{
    struct begun begun = {.is_any = true};
    struct text query;
    const char *word;
    size_t length;

    *wider = NULL;
    text_init(&query, store->arena);
    for (size_t i = 0;
         begun.is_any && i < WORDS_MOST && (word = next_word(&words, &length)) != NULL;
         i++) {
        if (!is_plain(word, length)) {
            add_whole(&query, word, length);
            continue;
        }
        word = text_lower(store->arena, arena_copy_n(store->arena, word, length));
        if (!add_begun(store, &query, word, &begun, err)) {
            return false;
        }
    }
    *wider = begun.is_any && begun.is_more ? query.data : NULL;
    return true;
}

bool search_engine_find(struct store *store, const char *query, int64_t person_id,
                        db_row_fn *row_fn, void *context, struct err *err)
{
    return db_each(
        store->db, err,
        "SELECT t.id, t.incident_id, t.n, t.at_ms, p.handle, "
        "CASE WHEN t.dropped_ms IS NULL AND t.deleted_ms IS NULL AND (i.private = 0 "
        "OR EXISTS (SELECT 1 FROM members m WHERE m.incident_id = t.incident_id "
        "AND m.person_id = $2 AND m.left_ms IS NULL)) THEN 1 ELSE 0 END "
        "FROM search CROSS JOIN timeline t ON t.id = search.rowid "
        "CROSS JOIN incidents i ON i.id = t.incident_id "
        "LEFT JOIN people p ON p.id = t.person_id "
        "WHERE search.search MATCH $1 ORDER BY search.rowid DESC",
        DB_ARGS(DB_TEXT(query), DB_INT(person_id)), row_fn, context);
}

static const char *find_word(const char *text, const char *word)
{
    for (const char *at = text; *word != '\0' && *at != '\0'; at++) {
        if ((at == text || !text_is_letter(at[-1])) && text_starts(at, word)) {
            return at;
        }
    }
    return NULL;
}

/* Where the first of the words that stand in quotes in `query` is; NULL: nowhere. */
static const char *find_match(struct arena *arena, const char *text, const char *query)
{
    const char *open;
    const char *found = NULL;

    while (found == NULL && (open = strchr(query, '"')) != NULL) {
        const char *close = strchr(open + 1, '"'); /* each is closed: add_quoted */
        found =
            find_word(text, arena_copy_n(arena, open + 1, (size_t)(close - open - 1)));
        query = close + 1;
    }
    return found;
}

/* FTS5 weighs each place where a word stands against each other one: of a log of
 * 250 KiB that is minutes. */
static const char *long_excerpt(struct arena *arena, const char *text,
                                const char *query)
{
    const char *at = find_match(arena, text, query);

    return at == NULL || at == text ? text : arena_printf(arena, "...%s", at);
}

bool search_engine_excerpt(struct store *store, const char *query, int64_t entry_id,
                           const char **excerpt, struct err *err)
{
    struct db_rows rows;

    *excerpt = "";
    if (!store_run(store, &rows, err, "SELECT text FROM timeline WHERE id = $1",
                   DB_ARGS(DB_INT(entry_id)))) {
        return false;
    }
    if (strlen(db_text(&rows, 0, 0)) > SNIPPET_BYTES) {
        *excerpt = long_excerpt(store->arena, db_text(&rows, 0, 0), query);
        return true;
    }
    if (!store_run(store, &rows, err,
                   "SELECT snippet(search, 0, '', '', '...', 16) FROM search "
                   "WHERE search.search MATCH $1 AND rowid = $2",
                   DB_ARGS(DB_TEXT(query), DB_INT(entry_id)))) {
        return false;
    }
    *excerpt = text_or(db_text(&rows, 0, 0), "");
    return true;
}
