#include <string.h>

#include "bot/base/text.h"
#include "bot/candidates_inner.h"
#include "bot/duty.h"
#include "bot/note.h"

static bool read_book(struct candidates_book *book, struct err *err)
{
    const struct candidates_wish *wish = book->wish;
    struct store *store = book->turn->store;
    int64_t incident_id = wish->incident == NULL ? 0 : wish->incident->id;
    struct person *asker = NULL;

    if (!person_find(store, wish->asker_id, &asker, err)) {
        return false;
    }
    book->asker = asker;
    return people_all(store, &book->people, err) &&
           members_list(store, incident_id, &book->members, err) &&
           members_resting(store, incident_id, book->turn->now_ms, &book->resting,
                           err) &&
           choices_skills(store, &book->skills, err) &&
           choices_services(store, &book->services, err) &&
           choices_owners(store, &book->owners, err) &&
           choices_rotas(store, &book->rotas, err) &&
           choices_buddies(store, &book->buddies, err) &&
           choices_open_tasks(store, incident_id, &book->open_tasks, err) &&
           ties_worked(store, wish->asker_id, incident_id, &book->worked, err) &&
           ties_answered(store, wish->asker_id, &book->answered, err) &&
           helps_all(store, incident_id, &book->helped, err) &&
           ties_at_work(store, incident_id, &book->at_work, err);
}

static bool holds_person(const struct people *people, int64_t person_id)
{
    for (size_t i = 0; i < people->count; i++) {
        if (people->all[i].id == person_id) {
            return true;
        }
    }
    return false;
}

static bool is_wanted(const struct candidates_book *book, int64_t service_id)
{
    for (size_t i = 0; i < book->wanted_count; i++) {
        if (book->wanted[i].service_id == service_id) {
            return true;
        }
    }
    return false;
}

static void add_wanted(struct candidates_book *book, int64_t service_id)
{
    struct candidates_wanted *wanted = &book->wanted[book->wanted_count];

    if (is_wanted(book, service_id)) {
        return;
    }
    *wanted = (struct candidates_wanted){.service_id = service_id};
    for (size_t i = 0; i < book->services.count; i++) {
        const struct choice *word = &book->services.all[i];

        if (word->id != service_id) {
            continue;
        }
        if (strcmp(word->kind, "name") == 0) {
            wanted->name = word->word;
        } else if (strcmp(word->kind, "team") == 0) {
            wanted->team = word->word;
        }
    }
    book->wanted_count += wanted->name != NULL;
}

static bool any_skill_fits(const struct candidates_book *book)
{
    for (size_t i = 0; i < book->skills.count; i++) {
        if (escalation_fits(book->wish->words, book->skills.all[i].word)) {
            return true;
        }
    }
    return false;
}

/* The service asked for, else those the words name, else the incident's. */
static bool find_wanted(struct candidates_book *book, struct err *err)
{
    const struct candidates_wish *wish = book->wish;
    const struct incident *incident = wish->incident;
    struct duty duty;

    book->wanted = ARENA_ARRAY(book->turn->arena, struct candidates_wanted,
                               book->services.count + 1);
    if (wish->service_id != 0) {
        add_wanted(book, wish->service_id);
    }
    for (size_t i = 0; wish->service_id == 0 && i < book->services.count; i++) {
        const struct choice *word = &book->services.all[i];

        if (strcmp(word->kind, "skill") != 0 &&
            escalation_fits(wish->words, word->word)) {
            add_wanted(book, word->id);
        }
    }
    if (book->wanted_count == 0 && incident != NULL && incident->service_id != 0 &&
        !wish->only_here && !any_skill_fits(book)) {
        add_wanted(book, incident->service_id);
    }
    for (size_t i = 0; i < book->wanted_count; i++) {
        if (!duty_now(book->turn, book->wanted[i].service_id, book->turn->now_ms, &duty,
                      err)) {
            return false;
        }
        book->wanted[i].duty_id = duty.person_id;
    }
    return true;
}

/* Is this skill one of those looked for? By the words, or by the services. */
static bool skill_fits(const struct candidates_book *book, const char *skill)
{
    if (book->wish->service_id == 0 && escalation_fits(book->wish->words, skill)) {
        return true;
    }
    for (size_t i = 0; i < book->services.count; i++) {
        const struct choice *word = &book->services.all[i];

        if (strcmp(word->kind, "team") != 0 && is_wanted(book, word->id) &&
            text_same(word->word, skill)) {
            return true;
        }
    }
    return false;
}

static void add_skills(const struct candidates_book *book, struct candidate *candidate)
{
    struct arena *arena = book->turn->arena;
    struct text knows;

    text_init(&knows, arena);
    for (size_t i = 0; i < book->skills.count; i++) {
        const struct choice *skill = &book->skills.all[i];

        if (skill->person_id == candidate->person_id && skill_fits(book, skill->word)) {
            text_addf(&knows, "%s%s", knows.length_bytes > 0 ? ", " : "",
                      note_words(arena, skill->word));
            candidate->skill_count += 1;
        }
    }
    candidate->knows = knows.length_bytes > 0 ? knows.data : NULL;
}

/* "helped with payments on inc-31": learned from help that was accepted. */
static const char *helped_words(const struct candidates_book *book,
                                const struct candidates_wanted *wanted,
                                int64_t person_id)
{
    struct arena *arena = book->turn->arena;

    for (size_t i = 0; i < book->helped.count; i++) {
        const struct help *help = &book->helped.all[i];

        if (help->service_id == wanted->service_id && help->person_id == person_id) {
            return arena_printf(arena, "helped with %s on inc-%lld",
                                note_words(arena, wanted->name),
                                (long long)help->incident_id);
        }
    }
    return NULL;
}

/* "checkout's team", "payments' team". */
static const char *team_words(struct arena *arena, const char *team)
{
    size_t length = strlen(team);
    bool ends_in_s = length > 0 && strchr("sS", team[length - 1]) != NULL;

    team = note_words(arena, team);
    return ends_in_s ? arena_printf(arena, "%s' team", team)
                     : arena_printf(arena, "%s's team", team);
}

static void add_services(const struct candidates_book *book,
                         const struct person *person, struct candidate *candidate)
{
    struct arena *arena = book->turn->arena;

    for (size_t i = 0; i < book->wanted_count; i++) {
        const struct candidates_wanted *wanted = &book->wanted[i];
        const char *name = note_words(arena, wanted->name);

        if (candidate->duty == NULL && wanted->duty_id == person->id) {
            candidate->duty = name;
        }
        if (candidate->owns == NULL &&
            candidates_pair(&book->owners, wanted->service_id, person->id)) {
            candidate->owns = name;
            candidate->skill_count += 1;
        }
        if (candidate->helped == NULL) {
            candidate->helped = helped_words(book, wanted, person->id);
        }
        if (candidate->part_of != NULL) {
            continue;
        }
        if (candidates_pair(&book->rotas, wanted->service_id, person->id)) {
            candidate->part_of = arena_printf(arena, "in the rota of %s", name);
        } else if (person->team != NULL && wanted->team != NULL &&
                   text_same(person->team, wanted->team)) {
            candidate->part_of = team_words(arena, wanted->team);
        }
    }
}

static bool is_out(const struct candidates_book *book, const struct person *person,
                   bool is_here)
{
    const struct candidates_wish *wish = book->wish;
    bool is_away = !wish->with_away && person_is_away(person, book->turn->now_ms);
    bool rests = is_away || holds_person(&book->resting, person->id);

    if (person->id == wish->asker_id || (rests && person->id != wish->named_id)) {
        return true;
    }
    for (size_t i = 0; i < wish->skip_count; i++) {
        if (wish->skip[i] == person->id) {
            return true;
        }
    }
    if (wish->only_here && !is_here) {
        return true;
    }
    return wish->skip_at_work && person->id != wish->named_id &&
           candidates_tie_of(&book->at_work, person->id) != NULL;
}

static struct candidate describe(const struct candidates_book *book,
                                 const struct person *person)
{
    struct candidate candidate = {
        .person_id = person->id,
        .handle = note_words(book->turn->arena, person->handle),
        .team = person->team,
        .is_named = person->id == book->wish->named_id,
        .is_here = holds_person(&book->members, person->id),
    };

    candidate.is_out = is_out(book, person, candidate.is_here);
    if (candidate.is_out) {
        return candidate;
    }
    add_skills(book, &candidate);
    add_services(book, person, &candidate);
    if (!book->wish->only_here && book->wish->service_id == 0) {
        candidates_add_tie(book, person, &candidate);
    }
    for (size_t i = 0; i < book->open_tasks.count; i++) {
        if (book->open_tasks.all[i].person_id == person->id) {
            candidate.open_tasks = book->open_tasks.all[i].id;
        }
    }
    return candidate;
}

/* May this person be chosen? Then all is known of the candidate. */
static bool consider(const struct candidates_book *book, const char *adapter,
                     const struct person *person, struct candidate *candidate,
                     bool *may, struct err *err)
{
    const struct candidates_wish *wish = book->wish;

    *candidate = describe(book, person);
    *may = escalation_may(candidate, wish->pool);
    if (!*may) {
        return true;
    }
    if (wish->with_way && candidate->tie == ESCALATION_NO_TIE) {
        candidates_add_way(book, person, candidate);
    }
    if (!candidates_local(book->turn, candidate->person_id, adapter, &candidate->local,
                          &candidate->is_awake, err)) {
        return false;
    }
    *may = !wish->only_awake || candidate->is_awake || candidate->is_named;
    return true;
}

bool candidates_find(struct turn *turn, const struct candidates_wish *wish,
                     struct candidates *candidates, struct err *err)
{
    struct candidates_book book = {.turn = turn, .wish = wish};
    const char *adapter = wish->adapter != NULL    ? wish->adapter
                          : wish->incident != NULL ? wish->incident->adapter
                                                   : "";

    if (!read_book(&book, err) || !find_wanted(&book, err)) {
        return false;
    }
    candidates->count = 0;
    candidates->all = ARENA_ARRAY(turn->arena, struct candidate, book.people.count);
    for (size_t i = 0; i < book.people.count; i++) {
        bool may;

        if (!consider(&book, adapter, &book.people.all[i],
                      &candidates->all[candidates->count], &may, err)) {
            return false;
        }
        candidates->count += may ? 1 : 0;
    }
    escalation_order(candidates, wish->pool, wish->buddy_first);
    return true;
}
