#include "bot/declaring.h"

#include "bot/adapter.h"
#include "bot/base/phrase.h"
#include "bot/form.h"
#include "bot/say.h"
#include "bot/say_put.h"
#include "store/services.h"

static struct form_field *add_field(struct form *form, struct form_field field)
{
    form->fields[form->count] = field;
    return &form->fields[form->count++];
}

static void add_level(struct turn *turn, struct form *form)
{
    const struct config *config = turn->config;
    struct form_field *field =
        add_field(form, (struct form_field){.kind = FORM_ONE_OF,
                                            .flag = "",
                                            .label = PHRASE("Severity"),
                                            .hint = PHRASE("not known yet"),
                                            .at = 0});

    for (size_t i = 0; i < config->level_count && i < FORM_WORDS; i++) {
        field->words[field->word_count++] = config->levels[i].name;
    }
}

/* Those of the directory to choose from; too many for that are typed. */
static bool add_service(struct turn *turn, struct form *form, struct err *err)
{
    struct services services;
    struct form_field *field;

    if (!services_all(turn->store, &services, err)) {
        return false;
    }
    if (services.count == 0) {
        return true;
    }
    field = add_field(form, (struct form_field){.kind = services.count > FORM_WORDS
                                                            ? FORM_LINE
                                                            : FORM_ONE_OF,
                                                .flag = "--service",
                                                .label = PHRASE("Service"),
                                                .hint = PHRASE("not known yet"),
                                                .at = 2});
    for (size_t i = 0; field->kind == FORM_ONE_OF && i < services.count; i++) {
        field->words[field->word_count++] = services.all[i].name;
    }
    return true;
}

static bool make_form(struct turn *turn, const struct command_call *call,
                      struct form *form, struct err *err)
{
    const struct chat_place *place = &call->event->place;

    *form = (struct form){.verb = "declare",
                          .title = "Declare an incident",
                          .submit = PHRASE("Declare"),
                          .place = place->is_direct ? "" : place->channel};
    (void)add_field(form, (struct form_field){.kind = FORM_LINE,
                                              .flag = "",
                                              .label = PHRASE("What is wrong?"),
                                              .hint = PHRASE("checkout fails"),
                                              .at = 1,
                                              .is_needed = true});
    add_level(turn, form);
    if (!add_service(turn, form, err)) {
        return false;
    }
    (void)add_field(form,
                    (struct form_field){.kind = FORM_TICK,
                                        .flag = "--suspected",
                                        .label = PHRASE("Suspected"),
                                        .hint = PHRASE("Not sure yet that it is one"),
                                        .at = 3});
    (void)add_field(
        form, (struct form_field){.kind = FORM_TICK,
                                  .flag = "--private",
                                  .label = PHRASE("Private"),
                                  .hint = PHRASE("Only people who are invited see it"),
                                  .at = 4});
    return true;
}

bool declaring_ask(struct turn *turn, const struct command_call *call, bool *is_asked,
                   struct err *err)
{
    const struct chat_place *place = &call->event->place;
    struct form *form = ARENA_NEW(turn->arena, struct form);
    struct action action = {.kind = ACTION_FORM, .trigger = call->event->trigger};
    struct outbox_row row = {
        .adapter = place->adapter,
        .lane = arena_printf(turn->arena, "f%lld", (long long)call->speaker->id),
        .person_id = call->speaker->id,
        .place = place->is_direct ? NULL : place->channel,
    };

    *is_asked = action.trigger != NULL && call->late_ms == 0 &&
                turn_has_trait(turn, place->adapter, ADAPTER_HAS_FORMS);
    if (!*is_asked) {
        return true;
    }
    if (!make_form(turn, call, form, err)) {
        return false;
    }
    action.form = form_to_json(turn->arena, form);
    return say_put(turn, &row, &action, err);
}

bool declaring_instead(struct turn *turn, const struct outbox_row *row, struct err *err)
{
    const struct person person = {.id = row->person_id};
    const struct chat_event event = {.place = {.adapter = row->adapter,
                                               .channel = row->place,
                                               .is_direct = row->place == NULL}};

    return say_private_at(
        turn, &event, &person,
        say_note(turn,
                 "The form did not open in time. In one line: %s. All "
                 "there is: %s",
                 note_command(turn->arena, "declare checkout fails"),
                 note_command(turn->arena, "help")),
        err);
}
