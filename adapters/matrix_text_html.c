/* matrix_text_html: a walk over tags and text, without a tree and without recursion.
 * However deep tags nest, only the depth that matters is counted. */
#include <string.h>

#include "adapters/matrix_tag.h"
#include "adapters/matrix_text.h"

#define LIST_DEPTH 16

struct html {
    struct arena *arena;
    struct text out;
    size_t newlines; /* wanted before the next word */
    bool is_spaced;  /* likewise: a blank */
    bool is_fresh;   /* a list's mark was written, its words follow on the same line */
    size_t quotes;   /* open <mx-reply> */
    size_t hidden;   /* open <script>, <style> */
    size_t pres;
    size_t codes;
    size_t lists;
    size_t numbers[LIST_DEPTH]; /* of the next item; 0: bullets */
    const char *href;           /* of the open link; NULL: none is open */
    size_t label_at;            /* where its words begin */
    size_t pills;
    bool has_quote;
};

static void flush(struct html *html)
{
    bool is_begun = html->out.length_bytes > 0;

    for (size_t i = 0; is_begun && i < html->newlines; i++) {
        text_add(&html->out, "\n");
    }
    if (is_begun && html->newlines == 0 && html->is_spaced && !html->is_fresh) {
        text_add(&html->out, " ");
    }
    html->newlines = 0;
    html->is_spaced = false;
    html->is_fresh = false;
}

/* What comes next begins on a line of its own, or behind an empty one. */
static void block(struct html *html, size_t newlines)
{
    if (html->is_fresh) {
        return;
    }
    if (html->lists > 0) {
        newlines = 1;
    }
    html->newlines = html->newlines > newlines ? html->newlines : newlines;
}

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r';
}

static void add_word(struct html *html, const char *word, size_t length)
{
    bool may_be_person =
        html->codes == 0 && html->href == NULL &&
        (memchr(word, '@', length) != NULL || text_starts(word, "https://matrix.to/"));

    flush(html);
    if (may_be_person) {
        text_add(&html->out, matrix_text_plain(
                                 html->arena, arena_copy_n(html->arena, word, length)));
    } else {
        text_add_n(&html->out, word, length);
    }
}

/* Words, with what is between them brought down to one blank. */
static void add_words(struct html *html, const char *at)
{
    while (*at != '\0') {
        const char *from = at;

        while (*at != '\0' && !is_blank(*at)) {
            at++;
        }
        if (at > from) {
            add_word(html, from, (size_t)(at - from));
        }
        while (is_blank(*at)) {
            html->is_spaced = true;
            at++;
        }
    }
}

static void add_text(struct html *html, const char *bytes, size_t length_bytes)
{
    struct text decoded;

    if (length_bytes == 0 || html->quotes > 0 || html->hidden > 0) {
        return;
    }
    text_init(&decoded, html->arena);
    matrix_tag_decode(&decoded, bytes, length_bytes);
    if (html->pres > 0) {
        flush(html);
        text_add(&html->out, decoded.data);
    } else {
        add_words(html, decoded.data);
    }
}

static void line_tag(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    block(html, 1);
}

static void paragraph_tag(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    block(html, 2);
}

static void break_tag(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    html->newlines += 1;
    html->is_fresh = false;
}

static void cell_tag(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    html->is_spaced = true;
}

static void list_open(struct html *html, const struct matrix_tag *tag)
{
    html->is_fresh = false;
    block(html, 1);
    if (html->lists < LIST_DEPTH) {
        html->numbers[html->lists] = matrix_tag_is(tag, "ol") ? 1 : 0;
    }
    html->lists += 1;
}

static void list_close(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    html->is_fresh = false;
    html->lists -= html->lists > 0 ? 1 : 0;
    block(html, 1);
}

static void item_open(struct html *html, const struct matrix_tag *tag)
{
    size_t level = html->lists == 0           ? 0
                   : html->lists > LIST_DEPTH ? LIST_DEPTH - 1
                                              : html->lists - 1;
    size_t *number = &html->numbers[level];

    (void)tag;
    html->is_fresh = false;
    block(html, 1);
    flush(html);
    if (html->lists > 0 && *number > 0) {
        text_addf(&html->out, "%zu. ", (*number)++);
    } else {
        text_add(&html->out, "- ");
    }
    html->is_fresh = true;
}

static void item_close(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    html->is_fresh = false;
    block(html, 1);
}

/* Code stays between its marks, as it was typed. */
static void code_tag(struct html *html, const struct matrix_tag *tag)
{
    if (html->pres > 0) {
        return;
    }
    if (!tag->is_end) {
        flush(html);
        html->codes += 1;
    } else if (html->codes == 0) {
        return;
    } else {
        html->codes -= 1;
    }
    text_add(&html->out, "`");
}

static void pre_open(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    if (html->pres++ == 0) {
        block(html, 1);
        flush(html);
        text_add(&html->out, "```\n");
    }
}

static void pre_close(struct html *html, const struct matrix_tag *tag)
{
    (void)tag;
    if (html->pres == 0 || --html->pres > 0) {
        return;
    }
    if (html->out.data[html->out.length_bytes - 1] != '\n') {
        text_add(&html->out, "\n");
    }
    text_add(&html->out, "```");
    block(html, 1);
}

static void hidden_tag(struct html *html, const struct matrix_tag *tag)
{
    if (!tag->is_end) {
        html->hidden += 1;
    } else if (html->hidden > 0) {
        html->hidden -= 1;
    }
}

/* A picture between words is an emoji with a name. */
static void image_open(struct html *html, const struct matrix_tag *tag)
{
    const char *name = matrix_tag_attribute(html->arena, tag, "alt");

    if (name == NULL) {
        name = matrix_tag_attribute(html->arena, tag, "title");
    }
    if (!text_is_empty(name)) {
        add_words(html, name);
    }
}

/* A pill is who it points to; another link its words and, where that differs, its
 * address. */
static void link_close(struct html *html, const struct matrix_tag *tag)
{
    const char *href = html->href;
    const char *target = href == NULL ? NULL : matrix_text_target(html->arena, href);
    size_t label_bytes = html->out.length_bytes - html->label_at;
    const char *label = html->out.data + html->label_at;

    (void)tag;
    if (href == NULL) {
        return;
    }
    html->href = NULL;
    if (target != NULL) {
        html->pills += 1;
        html->out.length_bytes = html->label_at;
        html->out.data[html->label_at] = '\0';
        text_addf(&html->out, *target == '@' ? "<@%s>" : "%s", target);
    } else if (label_bytes == 0) {
        text_add(&html->out, href);
    } else if (strlen(href) < label_bytes ||
               strcmp(href + strlen(href) - label_bytes, label) != 0) {
        text_addf(&html->out, " (%s)", href);
    }
}

static void link_open(struct html *html, const struct matrix_tag *tag)
{
    const char *href = matrix_tag_attribute(html->arena, tag, "href");

    link_close(html, tag);
    if (!text_is_empty(href)) {
        flush(html);
        html->href = href;
        html->label_at = html->out.length_bytes;
    }
}

static const struct {
    const char *name;
    void (*open)(struct html *html, const struct matrix_tag *tag);
    void (*close)(struct html *html, const struct matrix_tag *tag);
} tags[] = {
    {"br", break_tag, NULL},
    {"p", paragraph_tag, paragraph_tag},
    {"a", link_open, link_close},
    {"code", code_tag, code_tag},
    {"pre", pre_open, pre_close},
    {"ul", list_open, list_close},
    {"ol", list_open, list_close},
    {"li", item_open, item_close},
    {"div", line_tag, line_tag},
    {"blockquote", paragraph_tag, paragraph_tag},
    {"h1", paragraph_tag, paragraph_tag},
    {"h2", paragraph_tag, paragraph_tag},
    {"h3", paragraph_tag, paragraph_tag},
    {"h4", paragraph_tag, paragraph_tag},
    {"h5", paragraph_tag, paragraph_tag},
    {"h6", paragraph_tag, paragraph_tag},
    {"hr", paragraph_tag, NULL},
    {"table", line_tag, line_tag},
    {"caption", line_tag, line_tag},
    {"tr", line_tag, line_tag},
    {"td", cell_tag, cell_tag},
    {"th", cell_tag, cell_tag},
    {"details", line_tag, line_tag},
    {"summary", line_tag, line_tag},
    {"img", image_open, NULL},
    {"script", hidden_tag, hidden_tag},
    {"style", hidden_tag, hidden_tag},
};

/* Whatever else there is (bold, colours, what nobody knows) is only its text. */
static void tag_apply(struct html *html, const struct matrix_tag *tag)
{
    if (matrix_tag_is(tag, "mx-reply")) {
        html->has_quote = true;
        html->quotes += tag->is_end ? 0 : 1;
        html->quotes -= tag->is_end && html->quotes > 0 ? 1 : 0;
        return;
    }
    for (size_t i = 0; html->quotes == 0 && i < sizeof(tags) / sizeof(tags[0]); i++) {
        if (!matrix_tag_is(tag, tags[i].name)) {
            continue;
        }
        if (!tag->is_end) {
            tags[i].open(html, tag);
        } else if (tags[i].close != NULL) {
            tags[i].close(html, tag);
        }
        return;
    }
}

char *matrix_text_html(struct arena *arena, const char *html, size_t *pills,
                       bool *has_quote)
{
    struct html walk = {.arena = arena};
    const char *end = html + strlen(html);
    const char *from = html;
    const char *at = html;

    text_init(&walk.out, arena);
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        struct matrix_tag tag;
        size_t length = matrix_tag_read(at, end, &tag);

        if (length > 0) {
            add_text(&walk, from, (size_t)(at - from));
            tag_apply(&walk, &tag);
            from = at + length;
        }
        at += length > 0 ? length : 1;
    }
    add_text(&walk, from, (size_t)(end - from));
    link_close(&walk, NULL);
    *pills = walk.pills;
    *has_quote = walk.has_quote;
    return walk.out.data;
}
