#include <string.h>

#include <jansson.h>

#include "adapters/slack_form.h"
#include "tests/unit/adapters/write_action.h"

static void modal__asks_all__when_opened(void **state)
{
    (void)state;
    struct form form = {.verb = "declare",
                        .title = "Declare an incident",
                        .submit = "Declare",
                        .place = "C1",
                        .count = 3,
                        .fields = {{.kind = FORM_LINE,
                                    .flag = "",
                                    .label = "What is wrong?",
                                    .hint = "checkout fails",
                                    .at = 1,
                                    .is_needed = true},
                                   {.kind = FORM_ONE_OF,
                                    .flag = "",
                                    .label = "Severity",
                                    .hint = "not known yet",
                                    .words = {"unknown", "sev1", ""},
                                    .word_count = 3},
                                   {.kind = FORM_TICK,
                                    .flag = "--private",
                                    .label = "Private",
                                    .hint = "By invitation",
                                    .at = 4}}};

    assert_string_equal(
        slack_form_open(arena, "1.2.ab", &form),
        "{\"trigger_id\":\"1.2.ab\",\"view\":{\"type\":\"modal\",\"callback_id\":"
        "\"form\",\"private_metadata\":\"{\\\"verb\\\":\\\"declare\\\",\\\"place\\\":"
        "\\\"C1\\\"}\",\"title\":{\"type\":\"plain_text\",\"text\":\"Declare an "
        "incident\",\"emoji\":false},\"submit\":{\"type\":\"plain_text\",\"text\":"
        "\"Declare\",\"emoji\":false},\"close\":{\"type\":\"plain_text\",\"text\":"
        "\"Cancel\",\"emoji\":false},\"blocks\":["
        "{\"type\":\"input\",\"block_id\":\"1\",\"optional\":false,\"label\":{\"type\":"
        "\"plain_text\",\"text\":\"What is wrong?\",\"emoji\":false},\"element\":{"
        "\"type\":\"plain_text_input\",\"action_id\":\"answer\",\"placeholder\":{"
        "\"type\":\"plain_text\",\"text\":\"checkout fails\",\"emoji\":false}}},"
        "{\"type\":\"input\",\"block_id\":\"0\",\"optional\":true,\"label\":{\"type\":"
        "\"plain_text\",\"text\":\"Severity\",\"emoji\":false},\"element\":{\"type\":"
        "\"static_select\",\"action_id\":\"answer\",\"placeholder\":{\"type\":"
        "\"plain_text\",\"text\":\"not known yet\",\"emoji\":false},\"options\":["
        "{\"text\":{\"type\":\"plain_text\",\"text\":\"unknown\",\"emoji\":false},"
        "\"value\":\"unknown\"},{\"text\":{\"type\":\"plain_text\",\"text\":\"sev1\","
        "\"emoji\":false},\"value\":\"sev1\"}]}},"
        "{\"type\":\"input\",\"block_id\":\"4\",\"optional\":true,\"label\":{\"type\":"
        "\"plain_text\",\"text\":\"Private\",\"emoji\":false},\"element\":{\"type\":"
        "\"checkboxes\",\"action_id\":\"--private\",\"options\":[{\"text\":{\"type\":"
        "\"plain_text\",\"text\":\"By invitation\",\"emoji\":false},\"value\":\"yes\"}]"
        "}}]}}");
}

static size_t letters_in(json_t *view, const char *name)
{
    return strlen(
        json_string_value(json_object_get(json_object_get(view, name), "text")));
}

/* The texts may be replaced by longer ones. */
static void modal__keeps_limits__when_texts_are_long(void **state)
{
    (void)state;
    struct form form = {.verb = "declare",
                        .title = "Declare an incident today",
                        .submit = "Declare the incident now!",
                        .place = "C1"};
    json_t *body = json_loads(slack_form_open(arena, "1.2.ab", &form), 0, NULL);
    json_t *view = json_object_get(body, "view");

    assert_int_equal(letters_in(view, "title"), 24);
    assert_int_equal(letters_in(view, "submit"), 24);
    json_decref(body);
}

static void page__is_drawn__when_visited(void **state)
{
    (void)state;
    struct action action = make_action_to(ACTION_HOME, NULL, "U1");

    note_line(action.note, "None.");
    note_choice(action.note, "Declare", " ");
    assert_string_equal(
        slack_form_home(arena, &action),
        "{\"user_id\":\"U1\",\"view\":{\"type\":\"home\",\"blocks\":[{\"type\":"
        "\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"None.\",\"verbatim\":"
        "true}},{\"type\":"
        "\"actions\",\"elements\":[{\"type\":\"button\",\"text\":{\"type\":"
        "\"plain_text\",\"text\":\"Declare\",\"emoji\":false},\"action_id\":"
        "\"choice_1\",\"value\":\" \"}]}]}}");
}

static void ack__keeps_the_form_open__when_not_recorded(void **state)
{
    (void)state;
    assert_string_equal(slack_form_ack(arena, "e1", "1", "Not \"recorded\""),
                        "{\"envelope_id\":\"e1\",\"payload\":{\"response_action\":"
                        "\"errors\",\"errors\":{\"1\":\"Not \\\"recorded\\\"\"}}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(modal__asks_all__when_opened),
        cmocka_unit_test(modal__keeps_limits__when_texts_are_long),
        cmocka_unit_test(page__is_drawn__when_visited),
        cmocka_unit_test(ack__keeps_the_form_open__when_not_recorded),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
