/* What people typed, from what their clients made of it. */
#include <stdio.h>

#include "adapters/matrix_text.h"
#include "bot/base/text.h"
#include "tests/unit/one_arena.h"

static void expect_html(const char *html, const char *expected)
{
    size_t pills;
    bool has_quote;
    char *copy = strdup(html);

    assert_non_null(copy);
    assert_string_equal(matrix_text_html(arena, copy, &pills, &has_quote), expected);
    free(copy);
}

static void expect_plain(const char *body, const char *expected)
{
    char *copy = strdup(body);

    assert_non_null(copy);
    assert_string_equal(matrix_text_plain(arena, copy), expected);
    free(copy);
}

static void html__is_lines__as_typed(void **state)
{
    (void)state;
    expect_html("a<br>b<br/>c<br />\nd", "a\nb\nc\nd");
    expect_html("<p>one</p>\n<p>two</p>", "one\n\ntwo");
    expect_html("<h1>Title</h1>words<blockquote><p>quoted</p></blockquote>more",
                "Title\n\nwords\n\nquoted\n\nmore");
    expect_html("  a \n  <b>b</b><i> c</i> d", "a b c d");
    expect_html("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>"
                "</table>",
                "a b\n1 2");
    expect_html("", "");
    expect_html("<p></p><br>", "");
}

static void html__is_lists__as_typed(void **state)
{
    (void)state;
    expect_html("do:<ul>\n<li>one</li>\n<li><p>two</p></li>\n</ul>\nthen",
                "do:\n- one\n- two\nthen");
    expect_html("<ol><li>one<ul><li>x</li></ul></li><li>two</li></ol>",
                "1. one\n- x\n2. two");
    expect_html("<li>bare", "- bare");
}

static void html__keeps_code__as_it_is(void **state)
{
    (void)state;
    expect_html("run <code>a  &lt; @bo:x.org</code> now", "run `a < @bo:x.org` now");
    expect_html("<p>see</p><pre><code class=\"language-sql\">select 1\n  from "
                "t;\n</code></pre>done",
                "see\n\n```\nselect 1\n  from t;\n```\ndone");
    expect_html("</code></pre>x", "x");
}

static void html__is_decoded__once(void **state)
{
    (void)state;
    expect_html("a &amp;lt; &lt;b&gt; &quot;c&quot; &#39;d&#x27; &apos;e&nbsp;f",
                "a &lt; <b> \"c\" 'd' 'e f");
    expect_html("&#128204;&#x1F4CC; caf&eacute; &hellip;",
                "\xf0\x9f\x93\x8c\xf0\x9f\x93\x8c caf&eacute; \xe2\x80\xa6");
    expect_html("&#0;&#xFDD0;&#xD800;&#x110000;&#4294967;",
                "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    expect_html("& &; &# &#; &#x; &#99999999999; &am &amp", "& &; &# &#; &#x; "
                                                            "&#99999999999; &am &amp");
}

static void html__has_people__where_pills_are(void **state)
{
    (void)state;
    expect_html("<a href=\"https://matrix.to/#/@ana:x.org\">Ana</a>: look",
                "<@@ana:x.org>: look");
    expect_html("<a href=\"https://matrix.to/#/%40ana%3Ax.org?via=x.org\">Ana</a>!",
                "<@@ana:x.org>!");
    expect_html("hi <A class=x HREF='matrix:u/ana:x.org?action=chat'>the  "
                "<b>Ana</b> </A>there",
                "hi <@@ana:x.org> there");
    expect_html("<a href=https://matrix.to/#/@ana:x.org>Ana</a>", "<@@ana:x.org>");
    expect_html("<a href=\"https://matrix.to/#/%23shop%3Ax.org\">Shop</a>",
                "#shop:x.org");
    expect_html("<a href=\"matrix:r/shop:x.org\">Shop</a>", "#shop:x.org");
    expect_html("ask @bo:x.org.", "ask <@@bo:x.org>.");
    expect_html("<a href=\"https://matrix.to/#/@ana:x.org\">Ana", "<@@ana:x.org>");
}

/* What can't stand between the marks stays what is shown. */
static void html__has_no_people__where_ids_are_odd(void **state)
{
    (void)state;
    expect_html("<a href='https://matrix.to/#/@a%3Eb:x'>A</a>",
                "A (https://matrix.to/#/@a%3Eb:x)");
    expect_html("<a href='https://matrix.to/#/@a%20b:x'>A</a>",
                "A (https://matrix.to/#/@a%20b:x)");
    expect_html("<a href='https://matrix.to/#/@a'>A</a>", "A (https://matrix.to/#/@a)");
    expect_html("<a href='https://matrix.to/#/!r:x/$e'>here</a>",
                "here (https://matrix.to/#/!r:x/$e)");
    expect_html("<a href='matrix:u/ana:x/y'>A</a>", "A (matrix:u/ana:x/y)");
    expect_html("<a href='matrix:'>A</a>", "A (matrix:)");
    expect_html("<a href='matrix:u'>A</a>", "A (matrix:u)");
}

static void html__shows_links__as_typed(void **state)
{
    (void)state;
    expect_html("<a href=\"https://x.org/a?b&amp;c\">https://x.org/a?b&amp;c</a>",
                "https://x.org/a?b&c");
    expect_html("<a href=\"https://x.org\">x.org</a>", "x.org");
    expect_html("<a href=\"https://x.org\">the page</a> <a>b</a>",
                "the page (https://x.org) b");
    expect_html("<a href=\"https://x.org\"></a>", "https://x.org");
    expect_html("<img src='mxc://x/1' alt=':parrot:'> <img title=t> <img>",
                ":parrot: t");
}

static void html__is_text__where_it_is_none(void **state)
{
    (void)state;
    expect_html("1 < 2 <3 a<b", "1 < 2 <3 a<b");
    expect_html("</", "</");
    expect_html("<", "<");
    expect_html("a<!-- hidden -->b<!doctype html>c", "abc");
    expect_html("<script>x</script>a<style>y</style>b", "ab");
    expect_html("<font color='>'>x</font>", "x");
    expect_html("<a href=\"never closed", "<a href=\"never closed");
    expect_html("<unknown-tag>x</p></ul></a>", "x");
}

static void html__leaves_out__what_a_reply_quotes(void **state)
{
    (void)state;
    size_t pills;
    bool has_quote;

    assert_string_equal(
        matrix_text_html(arena,
                         "<mx-reply><blockquote><a href='https://matrix.to/#/@a:x'>a"
                         "</a><br>q<ul><li>z</ul></blockquote></mx-reply>yes",
                         &pills, &has_quote),
        "yes");
    assert_int_equal(pills, 0);
    assert_true(has_quote);
    expect_html("<mx-reply>a<mx-reply>b</mx-reply>c</mx-reply>d</mx-reply>e", "de");
    expect_html("<mx-reply>open", "");
}

static void html__ends__however_it_nests(void **state)
{
    (void)state;
    struct text html;

    text_init(&html, arena);
    for (int i = 0; i < 10000; i++) {
        text_add(&html, "<ul><ol><b><a href=x><pre>");
    }
    text_add(&html, "x");
    assert_non_null(
        strstr(matrix_text_html(arena, html.data, &(size_t){0}, &(bool){false}), "x"));
}

static void plain__has_people__where_ids_stand_alone(void **state)
{
    (void)state;
    expect_plain("@ana:x.org", "<@@ana:x.org>");
    expect_plain("lead @ana:x.org, @b.o=-/+_9:[::1]:8448.",
                 "lead <@@ana:x.org>, <@@b.o=-/+_9:[::1]:8448>.");
    expect_plain("(@ana:x.org:8448) @ana:x.org: hi", "(<@@ana:x.org:8448>) "
                                                     "<@@ana:x.org>: hi");
    expect_plain("<@ana:x.org> <@ana:x.org", "<@@ana:x.org> <<@@ana:x.org>");
    expect_plain("see https://matrix.to/#/%40ana%3Ax.org ok", "see <@@ana:x.org> ok");
    expect_plain("at @ana:x.org-.", "at <@@ana:x.org>-.");
}

static void plain__has_no_people__where_ids_are_part_of_words(void **state)
{
    (void)state;
    static const char *const same[] = {
        "ana@x.org:22",
        "mail ana@y:z",
        "@ana @room @:x @ana: @ana:. @ana:[] @ana:[x",
        "https://x.org/@ana:x.org",
        "https://matrix.to/#/#shop:x.org",
        "https://matrix.to/#/",
        "xhttps://matrix.to/#/@ana:x.org",
        "@@ana:x.org",
        "",
    };

    for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
        expect_plain(same[i], same[i]);
    }
    expect_plain(arena_printf(arena, "@%0253d:x", 1),
                 arena_printf(arena, "@%0253d:x", 1));
    expect_plain(arena_printf(arena, "@%0252d:x", 1),
                 arena_printf(arena, "<@@%0252d:x>", 1));
}

static void answer__begins__behind_the_quotation(void **state)
{
    (void)state;
    assert_string_equal(matrix_text_answer("> a\n> b\n\nc\n> d", true), "c\n> d");
    assert_string_equal(matrix_text_answer("> a\nc", true), "c");
    assert_string_equal(matrix_text_answer("> a", true), "");
    assert_string_equal(matrix_text_answer(">\n> a\n\nc", true), "c");
    assert_string_equal(matrix_text_answer(">:( no", true), ">:( no");
    assert_string_equal(matrix_text_answer("\nc", true), "\nc");
    assert_string_equal(matrix_text_answer("> a\n\nc", false), "> a\n\nc");
    assert_string_equal(matrix_text_answer("> <@a:x> b\n\nc", false), "c");
    assert_string_equal(matrix_text_answer("> * <@a:x> b\n\nc", false), "c");
}

static const char *typed(const char *body, const char *html, bool is_reply)
{
    struct matrix_words words = {.body = body, .html = html, .is_reply = is_reply};

    return matrix_text_typed(arena, &words);
}

static void typed__is_the_body__where_no_pill_is(void **state)
{
    (void)state;
    assert_string_equal(typed("**a** `b`", "<b>a</b> <code>b</code>", false),
                        "**a** `b`");
    assert_string_equal(typed("hi Ana", "hi <a href='matrix:u/ana:x'>Ana</a>", false),
                        "hi <@@ana:x>");
    assert_string_equal(typed("", "<b>a</b>", false), "a");
    assert_string_equal(typed(NULL, "<b>a</b>", false), "a");
    assert_string_equal(typed(NULL, NULL, false), "");
    assert_string_equal(typed("> q\n\na", NULL, false), "> q\n\na");
    assert_string_equal(typed("> q\n\na", NULL, true), "a");
    assert_string_equal(typed("> q\n\na", "<mx-reply>q</mx-reply>a", false), "a");
}

static void link__is_for_people__in_any_room_version(void **state)
{
    (void)state;
    assert_string_equal(matrix_text_link(arena, "!a b", "$e/_-.", "@a:[::1]:80"),
                        "https://matrix.to/#/%21a%20b/%24e%2F_-.?via=%5B%3A%3A1%5D%3A"
                        "80");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html__is_lines__as_typed),
        cmocka_unit_test(html__is_lists__as_typed),
        cmocka_unit_test(html__keeps_code__as_it_is),
        cmocka_unit_test(html__is_decoded__once),
        cmocka_unit_test(html__has_people__where_pills_are),
        cmocka_unit_test(html__has_no_people__where_ids_are_odd),
        cmocka_unit_test(html__shows_links__as_typed),
        cmocka_unit_test(html__is_text__where_it_is_none),
        cmocka_unit_test(html__leaves_out__what_a_reply_quotes),
        cmocka_unit_test(html__ends__however_it_nests),
        cmocka_unit_test(plain__has_people__where_ids_stand_alone),
        cmocka_unit_test(plain__has_no_people__where_ids_are_part_of_words),
        cmocka_unit_test(answer__begins__behind_the_quotation),
        cmocka_unit_test(typed__is_the_body__where_no_pill_is),
        cmocka_unit_test(link__is_for_people__in_any_room_version),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
