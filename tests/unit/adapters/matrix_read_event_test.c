/* Reactions, redactions, comings and goings, the room's state, invitations. */
#include "tests/unit/adapters/matrix_news.h"

#define REACTION(key)                                                                  \
    EVENT("m.reaction", "\"content\":{\"m.relates_to\":{\"rel_type\":"                 \
                        "\"m.annotation\",\"event_id\":\"$o\",\"key\":\"" key "\"}}")

static void reaction__has_the_name__all_platforms_use(void **state)
{
    (void)state;
    expect(REACTION("\xf0\x9f\x93\x8c"), "reacted " HEAD " message $o: pushpin\n");
    expect(REACTION("\\ud83d\\udccc\\ufe0f"), "reacted " HEAD " message $o: pushpin\n");
    expect(REACTION("\xe2\x9c\x85"), "reacted " HEAD " message $o: white_check_mark\n");
    expect(REACTION("\\u2714\\ufe0f"),
           "reacted " HEAD " message $o: white_check_mark\n");
    expect(REACTION("\\u2714\\ufe0e"),
           "reacted " HEAD " message $o: white_check_mark\n");
    expect(REACTION("\\u2764\\ufe0f"), "reacted " HEAD " message $o: \xe2\x9d\xa4\n");
    expect(REACTION("\\ufe10"), "reacted " HEAD " message $o: \xef\xb8\x90\n");
    expect(REACTION("lgtm"), "reacted " HEAD " message $o: lgtm\n");
}

static void reaction__is_odd__when_it_lacks_something(void **state)
{
    (void)state;
    expect(REACTION(""), "odd\n");
    expect(REACTION("x\\ny"), "odd\n");
    expect(EVENT("m.reaction", "\"content\":{\"m.relates_to\":{\"rel_type\":"
                               "\"m.annotation\",\"event_id\":\"$o\"}}"),
           "odd\n");
    expect(EVENT("m.reaction", "\"content\":{\"m.relates_to\":{\"rel_type\":"
                               "\"m.annotation\",\"key\":\"x\"}}"),
           "odd\n");
    expect(EVENT("m.reaction", "\"content\":{\"m.relates_to\":{\"rel_type\":\"x\","
                               "\"event_id\":\"$o\",\"key\":\"x\"}}"),
           "odd\n");
    expect(EVENT("m.reaction", "\"content\":{}"), "odd\n");
}

/* Its redaction comes as well, and must not pass for that of a message. */
static void reaction__means_nothing__when_redacted_unheard(void **state)
{
    (void)state;
    expect(EVENT("m.reaction", "\"content\":{},\"unsigned\":{\"redacted_because\":{}}"),
           "reacted " HEAD ": \n");
}

#define GONE                                                                           \
    "deleted " HEAD " message $o\ndeleted $e:file at 1795317030000 by @ana:x.org "     \
    "message $o:file\n"

static void redaction__is_of_its_target__in_every_room_version(void **state)
{
    (void)state;
    expect(EVENT("m.room.redaction", "\"redacts\":\"$o\",\"content\":{}"), GONE);
    expect(EVENT("m.room.redaction", "\"content\":{\"redacts\":\"$o\"}"), GONE);
    /* Up to version 10 the content says what it likes. */
    expect(EVENT("m.room.redaction",
                 "\"redacts\":\"$o\",\"content\":{\"redacts\":\"$other\"}"),
           GONE);
    expect(EVENT("m.room.redaction", "\"content\":{}"), "odd\n");
    expect(EVENT("m.room.redaction", "\"content\":{\"redacts\":17}"), "odd\n");
}

static void redacted_message__has_its_entry__though_never_heard(void **state)
{
    (void)state;
    const char *gone = "said " HEAD " remark message $e: \ndeleted $e:gone at 1795 by "
                       "@mod:x.org message $e\n";

    expect(EVENT("m.room.message",
                 "\"content\":{},\"unsigned\":{\"redacted_because\":{\"sender\":"
                 "\"@mod:x.org\",\"origin_server_ts\":1795}}"),
           gone);
    expect(EVENT("m.room.message",
                 "\"content\":{\"msgtype\":\"m.text\",\"body\":\"!inc list\"},"
                 "\"unsigned\":{\"redacted_because\":{\"sender\":\"@mod:x.org\","
                 "\"origin_server_ts\":1795}}"),
           gone);
    expect(EVENT("m.room.message", "\"content\":{}"),
           "said " HEAD " remark message $e: \ndeleted $e:gone at 1795317030000 by "
           "@ana:x.org message $e\n");
}

static void trace__makes_it_unreacted__of_who_reacted(void **state)
{
    (void)state;
    struct chat_event reacted = {.kind = CHAT_REACTED,
                                 .id = "$r",
                                 .who.id = "@old\nuser:x.org",
                                 .message = "$o",
                                 .text = "pushpin"};
    struct chat_event deleted = {
        .kind = CHAT_DELETED, .id = "$d", .who.id = "@mod:x.org", .message = "$r"};
    const char *trace = matrix_read_trace(arena, &reacted);

    assert_true(matrix_read_unreacted(arena, trace, &deleted));
    assert_int_equal(deleted.kind, CHAT_UNREACTED);
    assert_string_equal(deleted.id, "$d");
    assert_string_equal(deleted.message, "$o");
    assert_string_equal(deleted.text, "pushpin");
    assert_string_equal(deleted.who.id, "@old\nuser:x.org");
    deleted = (struct chat_event){.kind = CHAT_DELETED, .message = "$r"};
    assert_false(matrix_read_unreacted(arena, NULL, &deleted));
    assert_false(matrix_read_unreacted(arena, "", &deleted));
    assert_false(matrix_read_unreacted(arena, "$o\npushpin", &deleted));
    assert_false(matrix_read_unreacted(arena, "$o\npushpin\nana", &deleted));
    assert_int_equal(deleted.kind, CHAT_DELETED);
}

/* A member event of `sender` about `person`. */
#define MEMBER(sender, person, membership, more)                                       \
    "{\"type\":\"m.room.member\",\"sender\":\"" sender "\",\"event_id\":\"$e\","       \
    "\"state_key\":\"" person "\",\"content\":{\"membership\":\"" membership           \
    "\",\"displayname\":\"Ana P\"},\"unsigned\":{" more "}}"
#define WAS(membership) "\"prev_content\":{\"membership\":\"" membership "\"}"
#define ANA             "@ana:x.org"
#define BO              "@bo:x.org"
#define US              "@muster:x.org"
#define CREATION(sender, members)                                                      \
    "{\"type\":\"m.room.create\",\"sender\":\"" sender                                 \
    "\",\"event_id\":\"$e\"," members "}"
#define MARKED "\"io.github.muster.op\":\"17.1795317030000\""

static void member__joins_and_leaves__once_each(void **state)
{
    (void)state;
    const char *joined = "joined $e at 0 by @ana:x.org(Ana P)\n";
    const char *left = "left $e at 0 by @ana:x.org\n";

    expect(MEMBER(ANA, ANA, "join", ""), joined);
    expect(MEMBER(ANA, ANA, "join", WAS("invite")), joined);
    expect(MEMBER(ANA, ANA, "join", WAS("join")), "person $e by @ana:x.org(Ana P)\n");
    expect("{\"type\":\"m.room.member\",\"sender\":\"@ana:x.org\",\"event_id\":\"$e\","
           "\"state_key\":\"@ana:x.org\",\"content\":{\"membership\":\"join\"},"
           "\"prev_content\":{\"membership\":\"join\"}}",
           "person $e by @ana:x.org\n");
    expect(MEMBER(ANA, ANA, "leave", ""), left);
    expect(MEMBER(BO, ANA, "leave", WAS("join")), left);
    expect(MEMBER(BO, ANA, "ban", WAS("join")), left);
    expect(MEMBER(ANA, ANA, "leave", WAS("invite")), "odd\n");
    expect(MEMBER(BO, ANA, "leave", WAS("ban")), "odd\n");
    expect(MEMBER(BO, ANA, "ban", WAS("leave")), "odd\n");
    expect(MEMBER(BO, ANA, "invite", ""), "odd\n");
    expect(MEMBER(ANA, ANA, "knock", ""), "odd\n");
    expect(MEMBER(ANA, "ana", "join", ""), "odd\n");
    expect(EVENT("m.room.member", "\"content\":{\"membership\":\"join\"}"), "odd\n");
}

static void own_membership__is_told__apart(void **state)
{
    (void)state;
    expect(MEMBER(US, US, "join", WAS("invite")),
           "joined $e by @muster:x.org(Ana P)\n");
    expect(MEMBER(US, US, "join", WAS("join")), "echo $e by @muster:x.org(Ana P)\n");
    expect(MEMBER(US, US, "leave", WAS("join")), "echo $e by @muster:x.org\n");
    expect(MEMBER(ANA, US, "leave", WAS("join")), "removed $e at 0 by @ana:x.org\n");
    expect(MEMBER(ANA, US, "ban", ""), "removed $e at 0 by @ana:x.org\n");
    expect(MEMBER(ANA, US, "leave", WAS("invite")), "odd\n");
    expect(MEMBER(ANA, US, "invite", ""), "odd\n");
    /* By our hand, about somebody else. */
    expect(MEMBER(US, ANA, "leave", WAS("join")), "left $e at 0 by @ana:x.org\n");
    expect(MEMBER(US, ANA, "invite", ""), "echo $e by @muster:x.org\n");
}

static void room_state__is_heard__with_an_empty_key_alone(void **state)
{
    (void)state;
    expect(EVENT("m.room.encryption",
                 "\"state_key\":\"\",\"content\":{\"algorithm\":\"m.megolm\"}"),
           "sealed $e by @ana:x.org\n");
    expect(EVENT("m.room.tombstone",
                 "\"state_key\":\"\",\"content\":{\"replacement_room\":\"!new\"}"),
           "moved $e by @ana:x.org: !new\n");
    expect(EVENT("m.room.power_levels", "\"state_key\":\"\",\"content\":{}"),
           "power $e by @ana:x.org\n");
    expect(EVENT("m.room.name", "\"state_key\":\"\",\"content\":{\"name\":\"shop\"}"),
           "renamed " HEAD ": shop\n");
    expect(EVENT("m.room.name", "\"state_key\":\"\",\"content\":{\"name\":\"\"}"),
           "odd\n");
    expect(EVENT("m.room.tombstone", "\"state_key\":\"\",\"content\":{}"), "odd\n");
}

/* By the mark in its creation a room of ours is known before its making is answered. */
static void creation__is_ours__when_it_bears_our_mark(void **state)
{
    (void)state;
    expect(CREATION(US, "\"state_key\":\"\",\"content\":{" MARKED "}"),
           "made $e by @muster:x.org: 17.1795317030000\n");
    expect(CREATION(US, "\"state_key\":\"\",\"content\":{}"),
           "echo $e by @muster:x.org\n");
    expect(CREATION(US, "\"content\":{" MARKED "}"), "echo $e by @muster:x.org\n");
    expect(CREATION(ANA, "\"state_key\":\"\",\"content\":{" MARKED "}"), "odd\n");
}

/* Anybody may send these: without the key, or with another, they mean nothing. */
static void room_state__is_nothing__when_only_sent(void **state)
{
    (void)state;
    expect(EVENT("m.room.encryption", "\"content\":{\"algorithm\":\"m.megolm\"}"),
           "odd\n");
    expect(EVENT("m.room.encryption", "\"state_key\":\"x\",\"content\":{}"), "odd\n");
    expect(EVENT("m.room.tombstone", "\"content\":{\"replacement_room\":\"!new\"}"),
           "odd\n");
    expect(EVENT("m.room.tombstone",
                 "\"state_key\":\"x\",\"content\":{\"replacement_room\":\"!new\"}"),
           "odd\n");
    expect(EVENT("m.room.power_levels", "\"content\":{}"), "odd\n");
    expect(EVENT("m.room.power_levels", "\"state_key\":\"x\",\"content\":{}"), "odd\n");
    expect(EVENT("m.room.name", "\"content\":{\"name\":\"shop\"}"), "odd\n");
    expect(EVENT("m.room.name", "\"state_key\":17,\"content\":{\"name\":\"shop\"}"),
           "odd\n");
}

static void encrypted__is_unreadable__and_seals_nothing(void **state)
{
    (void)state;
    expect(EVENT("m.room.encrypted", "\"content\":{\"ciphertext\":\"x\"}"),
           "unreadable $e by @ana:x.org\n");
}

static void expect_invite(const char *state, const char *expected)
{
    struct json_slice slice = slice_of(state);
    struct chat_event event;
    struct text out;

    text_init(&out, arena);
    if (matrix_read_invite(arena, &self, ROOM, slice, &event)) {
        describe_event(&out, &event);
    }
    free((void *)slice.data);
    assert_string_equal(out.data, expected);
}

#define INVITED(more)                                                                  \
    "{\"type\":\"m.room.member\",\"sender\":\"@ana:x.org\",\"state_key\":"             \
    "\"@muster:x.org\",\"content\":{\"membership\":\"invite\"" more "}"

static void invitation__says_who__and_into_what(void **state)
{
    (void)state;
    expect_invite("[" INVITED("") "}]",
                  "invited invite !r:x.org @ana:x.org at 0 by @ana:x.org\n");
    expect_invite("[" INVITED(",\"is_direct\":true") ",\"event_id\":\"$i\",\"origin_"
                                                     "server_ts\":1795}]",
                  "invited $i at 1795 by @ana:x.org direct\n");
    expect_invite("[{\"type\":\"m.room.encryption\",\"state_key\":\"\"},17," INVITED(
                      "") "},{\"type\":\"m.room.member\",\"sender\":\"@bo:x.org\","
                          "\"state_key\":\"@bo:x.org\",\"content\":{\"membership\":"
                          "\"join\"}}]",
                  "invited invite !r:x.org @ana:x.org at 0 by @ana:x.org sealed\n");
}

static void invitation__is_none__without_an_inviter(void **state)
{
    (void)state;
    expect_invite("[]", "");
    expect_invite("{}", "");
    expect_invite("[{\"type\":\"m.room.member\",\"sender\":\"ana\",\"state_key\":"
                  "\"@muster:x.org\",\"content\":{\"membership\":\"invite\"}}]",
                  "");
    expect_invite("[{\"type\":\"m.room.member\",\"sender\":\"@ana:x.org\","
                  "\"state_key\":\"@bo:x.org\",\"content\":{\"membership\":"
                  "\"invite\"}}]",
                  "");
    expect_invite("[{\"type\":\"m.room.member\",\"sender\":\"@ana:x.org\","
                  "\"state_key\":\"@muster:x.org\",\"content\":{\"membership\":"
                  "\"ban\"}}]",
                  "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reaction__has_the_name__all_platforms_use),
        cmocka_unit_test(reaction__is_odd__when_it_lacks_something),
        cmocka_unit_test(reaction__means_nothing__when_redacted_unheard),
        cmocka_unit_test(redaction__is_of_its_target__in_every_room_version),
        cmocka_unit_test(redacted_message__has_its_entry__though_never_heard),
        cmocka_unit_test(trace__makes_it_unreacted__of_who_reacted),
        cmocka_unit_test(member__joins_and_leaves__once_each),
        cmocka_unit_test(own_membership__is_told__apart),
        cmocka_unit_test(room_state__is_heard__with_an_empty_key_alone),
        cmocka_unit_test(creation__is_ours__when_it_bears_our_mark),
        cmocka_unit_test(room_state__is_nothing__when_only_sent),
        cmocka_unit_test(encrypted__is_unreadable__and_seals_nothing),
        cmocka_unit_test(invitation__says_who__and_into_what),
        cmocka_unit_test(invitation__is_none__without_an_inviter),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
