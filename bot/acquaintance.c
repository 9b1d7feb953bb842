/* What platforms tell of people, and what they need not be asked any more. */
#include "bot/base/text.h"
#include "bot/ears.h"
#include "store/people.h"

void ear_person(struct ears *ears, struct adapter *adapter,
                const struct chat_person *who)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);
    struct person *person;

    if (turn != NULL && !person_meet(turn->store,
                                     &(struct account){.adapter = adapter->kind->name,
                                                       .external = who->id,
                                                       .name = who->name,
                                                       .zone = who->zone},
                                     &person, &err)) {
        turn_doom(ears->turns, &err);
    }
}

bool ear_is_called(struct ears *ears, struct adapter *adapter, const char *id)
{
    struct person *person = NULL;
    struct err err;

    return !person_find_external(ears->store, adapter->kind->name, id, &person, &err) ||
           (person != NULL && !text_equal(person->handle, id));
}
