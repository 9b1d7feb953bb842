#include "bot/retro_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/adapter.h"
#include "bot/export.h"
#include "bot/say.h"

/* Whole lines of it, where it is too long. */
static const char *cut(struct turn *turn, const struct incident *incident,
                       const char *bytes, size_t length_bytes)
{
    const char *tail = arena_printf(
        turn->arena, "\nCut here; the whole: muster export %s --format md\n",
        say_ref(turn, incident));
    size_t fit = RETRO_FILE_BYTES - strlen(tail);

    if (length_bytes <= RETRO_FILE_BYTES) {
        return arena_copy_n(turn->arena, bytes, length_bytes);
    }
    while (fit > 0 && bytes[fit - 1] != '\n') {
        fit--;
    }
    return arena_printf(turn->arena, "%.*s%s", (int)fit, bytes, tail);
}

static bool write_out(struct turn *turn, const struct incident *incident,
                      const char **text, struct err *err)
{
    struct arena *rows = arena_create();
    struct arena *scratch = arena_create();
    struct store store = *turn->store; /* the same database, another place for rows */
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    struct export_sheet sheet = {.store = &store,
                                 .config = turn->config,
                                 .incident = incident,
                                 .out = out,
                                 .scratch = scratch};
    bool is_read;

    INSIST(out != NULL);
    store.arena = rows;
    is_read = export_markdown(&sheet, err);
    INSIST(fclose(out) == 0);
    *text = is_read ? cut(turn, incident, bytes, length) : NULL;
    free(bytes);
    arena_destroy(scratch);
    arena_destroy(rows);
    return is_read;
}

bool retro_file(struct turn *turn, int64_t incident_id, struct err *err)
{
    struct incident *incident = NULL;
    const char *text;

    if (!incident_find(turn->store, incident_id, &incident, err)) {
        return false;
    }
    if (incident == NULL ||
        !turn_has_trait(turn, incident->adapter, ADAPTER_TAKES_FILES)) {
        return true;
    }
    return write_out(turn, incident, &text, err) &&
           say_upload(turn, incident,
                      arena_printf(turn->arena, "retrospective-%s.md",
                                   say_ref(turn, incident)),
                      text, err) &&
           say_canvas(turn, incident,
                      arena_printf(turn->arena, "Retrospective of %s",
                                   say_ref(turn, incident)),
                      text, err);
}
