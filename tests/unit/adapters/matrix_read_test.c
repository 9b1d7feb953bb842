#include "tests/unit/adapters/matrix_news.h"

#define ANA_PILL "<a href='https://matrix.to/#/@ana:x.org'>Ana</a>"
#define OUR_PILL "<a href='https://matrix.to/#/@muster:x.org'>Incident Bot</a>"

static void message__is_said__when_plain(void **state)
{
    (void)state;
    expect(TEXT("db is <down> \\u00e9"),
           "said " HEAD " message $e: db is <down> \xc3\xa9\n");
    expect(CONTENT("\"msgtype\":\"m.text\",\"body\":\"x\",\"format\":\"other\","
                   "\"formatted_body\":\"<b>y</b>\""),
           "said " HEAD " message $e: x\n");
}

static void message__is_a_remark__when_not_plainly_said(void **state)
{
    (void)state;
    expect(CONTENT("\"msgtype\":\"m.notice\",\"body\":\"!inc list\""),
           "said " HEAD " remark message $e: !inc list\n");
    expect(CONTENT("\"msgtype\":\"m.emote\",\"body\":\"waves\""),
           "said " HEAD " remark message $e: waves\n");
    expect(CONTENT("\"msgtype\":\"org.example.poll\",\"body\":\"Which?\""),
           "said " HEAD " remark message $e: Which?\n");
    expect_in(true, CONTENT("\"msgtype\":\"m.notice\",\"body\":\"list\""),
              "said " HEAD " direct remark message $e: list\n");
}

static void message__is_odd__when_without_words(void **state)
{
    (void)state;
    expect(TEXT(" "), "odd\n");
    expect(CONTENT("\"msgtype\":\"m.text\",\"body\":17"), "odd\n");
    expect(CONTENT("\"msgtype\":\"m.text\""), "odd\n");
    expect(CONTENT("\"body\":\"x\""), "odd\n");
    expect(EVENT("m.room.message", "\"content\":[]"), "odd\n");
    expect(EVENT("m.room.message", "\"content\":{\"msgtype\":\"m.text\",\"body\":"
                                   "\"x\"},\"state_key\":\"\""),
           "odd\n");
    expect(EVENT("m.sticker", "\"content\":{\"body\":\"x\"}"), "odd\n");
    expect(EVENT("org.example.x", "\"content\":{}"), "odd\n");
}

static void command__is_heard__when_prefixed(void **state)
{
    (void)state;
    expect(TEXT("!inc lead @bo:y.org"),
           "command " HEAD " message $e: lead <@@bo:y.org>\n");
    expect(TEXT("!Incident\\nlist"), "command " HEAD " message $e: list\n");
    expect(TEXT("!inc"), "command " HEAD " message $e: \n");
    expect(TEXT("!incidents"), "said " HEAD " message $e: !incidents\n");
    expect(TEXT_AND("!inc lead Ana", HTML("!inc lead " ANA_PILL)),
           "command " HEAD " message $e: lead <@@ana:x.org>\n");
    /* The bot takes whatever is said in a direct room for a command by itself. */
    expect_in(true, TEXT("!inc list"), "said " HEAD " direct message $e: list\n");
    expect_in(true, TEXT("list"), "said " HEAD " direct message $e: list\n");
}

static void command__is_heard__when_we_are_mentioned_first(void **state)
{
    (void)state;
    const char *list = "command " HEAD " message $e: list\n";

    expect(TEXT_AND("Incident Bot: list", HTML(OUR_PILL ": list")), list);
    expect(TEXT("@muster:x.org list"), list);
    expect(TEXT("@muster:x.org: list"), list);
    expect(TEXT("@muster list"), list);
    expect(TEXT(" muster, list"), list);
    expect(TEXT("incident bot: list"), list);
    expect(TEXT("Incident Bot list"), list);
    expect(TEXT("muster"), "command " HEAD " message $e: \n");
    expect_in(true, TEXT("@muster:x.org: list"),
              "said " HEAD " direct message $e: list\n");
}

static void mention__is_only_said__when_elsewhere_or_of_others(void **state)
{
    (void)state;
    expect(TEXT("ask muster: list"), "said " HEAD " message $e: ask muster: list\n");
    expect(TEXT("mustering starts"), "said " HEAD " message $e: mustering starts\n");
    expect(TEXT("@muster:x.organic list"),
           "said " HEAD " message $e: <@@muster:x.organic> list\n");
    expect(TEXT_AND("Ana: list", HTML(ANA_PILL ": list")),
           "said " HEAD " message $e: <@@ana:x.org>: list\n");
}

/* Who has m.mentions would have named us there, had they meant us. */
static void bare_name__needs_a_mark__when_client_tells_mentions(void **state)
{
    (void)state;
    expect(TEXT_AND("muster is slow", "\"m.mentions\":{}"),
           "said " HEAD " message $e: muster is slow\n");
    expect(TEXT_AND("muster list", "\"m.mentions\":{\"user_ids\":[\"@bo:x.org\"]}"),
           "said " HEAD " message $e: muster list\n");
    expect(TEXT_AND("muster list", "\"m.mentions\":{\"user_ids\":[1,"
                                   "\"@muster:x.org\"]}"),
           "command " HEAD " message $e: list\n");
    expect(TEXT_AND("muster: list", "\"m.mentions\":{}"),
           "command " HEAD " message $e: list\n");
    expect(TEXT_AND("@muster list", "\"m.mentions\":{}"),
           "command " HEAD " message $e: list\n");
}

static void own_event__is_an_echo__always(void **state)
{
    (void)state;
    expect("{\"type\":\"m.room.message\",\"sender\":\"@muster:x.org\",\"event_id\":"
           "\"$e\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"!inc list\"},"
           "\"unsigned\":{\"transaction_id\":\"m17\"}}",
           "echo m17 $e by @muster:x.org\n");
    expect("{\"type\":\"m.reaction\",\"sender\":\"@muster:x.org\",\"event_id\":\"$e\"}",
           "echo $e by @muster:x.org\n");
    expect("{\"type\":\"m.room.name\",\"sender\":\"@muster:x.org\",\"event_id\":\"$e\","
           "\"state_key\":\"\",\"content\":{\"name\":\"x\"}}",
           "echo $e by @muster:x.org\n");
}

#define REPLY "\"m.relates_to\":{\"m.in_reply_to\":{\"event_id\":\"$q\"}}"

static void reply__leaves_the_quotation__when_it_has_one(void **state)
{
    (void)state;
    const char *yes = "said " HEAD " under $q message $e: yes\n> sure\n";

    expect(TEXT_AND("> <@bo:x.org> !inc close\\n> really?\\n\\nyes\\n> sure", REPLY),
           yes);
    expect(TEXT_AND("> <@bo:x.org> q\\n\\nyes\\n> sure",
                    HTML("<mx-reply><blockquote><a href='https://matrix.to/#/!r/$q'>In "
                         "reply to</a> " ANA_PILL "<br>q</blockquote></mx-reply>yes "
                         "&gt; sure") "," REPLY),
           yes);
    /* HTML without a quotation of its own: these lines are the person's own. */
    expect(TEXT_AND("> q\\n\\nyes", HTML("<blockquote>q</blockquote>yes") "," REPLY),
           "said " HEAD " under $q message $e: > q\n\nyes\n");
    expect(TEXT("> q\\nyes"), "said " HEAD " message $e: > q\nyes\n");
    expect(TEXT_AND("> <@bo:x.org> x\\n\\n!inc list", REPLY),
           "command " HEAD " under $q message $e: list\n");
}

static void thread__is_the_root__when_in_one(void **state)
{
    (void)state;
    expect(TEXT_AND("x", "\"m.relates_to\":{\"rel_type\":\"m.thread\",\"event_id\":"
                         "\"$root\",\"is_falling_back\":true,\"m.in_reply_to\":{"
                         "\"event_id\":\"$last\"}}"),
           "said " HEAD " under $root message $e: x\n");
}

#define EDIT(content)                                                                  \
    CONTENT("\"msgtype\":\"m.text\",\"body\":\"* x\",\"m.new_content\":{" content      \
            "},\"m.relates_to\":{\"rel_type\":\"m.replace\",\"event_id\":\"$o\"}")

static void edit__is_of_the_original__when_it_has_new_content(void **state)
{
    (void)state;
    expect(EDIT("\"msgtype\":\"m.text\",\"body\":\"new\""),
           "edited " HEAD " message $o: new\n");
    expect(EDIT("\"msgtype\":\"m.text\",\"body\":\"!inc  list\""),
           "edited " HEAD " message $o: !inc list\n");
    expect(EDIT("\"msgtype\":\"m.text\",\"body\":\"muster: ask x\""),
           "edited " HEAD " message $o: !inc ask x\n");
    expect_in(true, EDIT("\"msgtype\":\"m.text\",\"body\":\"list\""),
              "edited " HEAD " direct message $o: list\n");
    expect(EDIT(""), "odd\n");
    expect(EDIT("\"msgtype\":\"m.text\",\"body\":\"\""),
           "edited " HEAD " message $o: \n");
    expect(EDIT("\"msgtype\":\"m.text\",\"body\":5"), "odd\n");
    expect(EDIT("\"msgtype\":\"m.text\""), "odd\n");
    expect(TEXT_AND("* x", "\"m.relates_to\":{\"rel_type\":\"m.replace\"}"), "odd\n");
}

#define LINK_TO(event) "https://matrix.to/#/%21r%3Ax.org/%24" event "?via=x.org"
#define LINK           LINK_TO("e")

static void file__is_heard__with_its_words(void **state)
{
    (void)state;
    expect(CONTENT("\"msgtype\":\"m.image\",\"body\":\"cpu.png\",\"url\":\"mxc://"
                   "x.org/1\""),
           "file " HEAD " message $e file cpu.png at " LINK "\n");
    expect(CONTENT("\"msgtype\":\"m.file\",\"body\":\"log.txt\",\"filename\":"
                   "\"log.txt\",\"url\":\"mxc://x.org/1\"," REPLY),
           "file " HEAD " under $q message $e file log.txt at " LINK "\n");
    expect(CONTENT("\"msgtype\":\"m.video\",\"body\":\"!inc see\",\"filename\":"
                   "\"a.mp4\",\"url\":\"mxc://x.org/1\""),
           "file $e:file at 1795317030000 by @ana:x.org message $e:file file a.mp4 "
           "at " LINK "\nsaid " HEAD " remark message $e: !inc see\n");
    expect(CONTENT("\"msgtype\":\"m.audio\""),
           "file " HEAD " message $e at " LINK "\n");
    expect(EDIT("\"msgtype\":\"m.image\",\"body\":\"see\",\"filename\":\"cpu.png\""),
           "edited " HEAD " message $o: see\ncpu.png " LINK_TO("o") "\n");
    expect(EDIT("\"msgtype\":\"m.image\",\"body\":\"cpu.png\""),
           "edited " HEAD " message $o: cpu.png " LINK_TO("o") "\n");
}

static void text__is_cut__when_too_long(void **state)
{
    (void)state;
    size_t length = MATRIX_TEXT_BYTES + 1;
    char *body = malloc(length + 1);
    struct matrix_news news;
    char *json;

    memset(body, 'x', length);
    body[length] = '\0';
    memcpy(body + length - 2, "\xc3\xa9", 2);
    json = arena_printf(arena, TEXT("%s"), body);
    free(body);
    matrix_read_event(arena, &self, ROOM, false,
                      (struct json_slice){json, strlen(json)}, &news);
    assert_int_equal(strlen(news.event.text), MATRIX_TEXT_BYTES - 1);
    assert_int_equal(news.event.full_bytes, MATRIX_TEXT_BYTES + 1);
}

static void moment__is_absent__when_out_of_bounds(void **state)
{
    (void)state;
    static const char *const odd[] = {"-1", "0", "253402300800000", "\"1\"",
                                      "99999999999999999999"};

    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        struct matrix_news news;
        char *json = arena_printf(
            arena,
            "{\"type\":\"m.room.message\",\"sender\":\"@a:x\",\"event_id\":\"$e\","
            "\"origin_server_ts\":%s,\"content\":{\"msgtype\":\"m.text\",\"body\":"
            "\"x\"}}",
            odd[i]);

        matrix_read_event(arena, &self, ROOM, false,
                          (struct json_slice){json, strlen(json)}, &news);
        assert_int_equal(news.kind, MATRIX_NEWS_EVENT);
        assert_int_equal(news.event.at_ms, 0);
    }
}

static void event__is_before_join__when_homeserver_says_so(void **state)
{
    (void)state;
    expect(EVENT("m.room.message", "\"content\":{\"msgtype\":\"m.text\",\"body\":"
                                   "\"x\"},\"unsigned\":{\"membership\":\"leave\"}"),
           "before said " HEAD " message $e: x\n");
    expect(EVENT("m.room.message", "\"content\":{\"msgtype\":\"m.text\",\"body\":"
                                   "\"x\"},\"unsigned\":{\"membership\":\"join\"}"),
           "said " HEAD " message $e: x\n");
}

#define FROM(sender)                                                                   \
    "{\"type\":\"m.room.message\",\"event_id\":\"$e\",\"sender\":\"" sender            \
    "\",\"content\":{\"msgtype\":\"m.text\",\"body\":\"x\"}}"

static void sender__may_be_of_old__but_must_be_one(void **state)
{
    (void)state;
    expect(FROM("@:[::1]:80"), "said $e at 0 by @:[::1]:80 message $e: x\n");
    expect(FROM("@\xc3\x89 <a>:x"), "said $e at 0 by @\xc3\x89 <a>:x message $e: x\n");
    expect(FROM("ana:x"), "spoilt odd\n");
    expect(FROM("@ana"), "spoilt odd\n");
    expect(FROM("@ana:"), "spoilt odd\n");
    expect(FROM(""), "spoilt odd\n");
    expect(arena_printf(arena, FROM("@%0253d:x"), 1), "spoilt odd\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message__is_said__when_plain),
        cmocka_unit_test(message__is_a_remark__when_not_plainly_said),
        cmocka_unit_test(message__is_odd__when_without_words),
        cmocka_unit_test(command__is_heard__when_prefixed),
        cmocka_unit_test(command__is_heard__when_we_are_mentioned_first),
        cmocka_unit_test(mention__is_only_said__when_elsewhere_or_of_others),
        cmocka_unit_test(bare_name__needs_a_mark__when_client_tells_mentions),
        cmocka_unit_test(own_event__is_an_echo__always),
        cmocka_unit_test(reply__leaves_the_quotation__when_it_has_one),
        cmocka_unit_test(thread__is_the_root__when_in_one),
        cmocka_unit_test(edit__is_of_the_original__when_it_has_new_content),
        cmocka_unit_test(file__is_heard__with_its_words),
        cmocka_unit_test(text__is_cut__when_too_long),
        cmocka_unit_test(moment__is_absent__when_out_of_bounds),
        cmocka_unit_test(event__is_before_join__when_homeserver_says_so),
        cmocka_unit_test(sender__may_be_of_old__but_must_be_one),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
