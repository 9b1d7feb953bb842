/*
 * Any note to the body of a message: JSON that parses, under the size that a server
 * takes, its HTML of our tags alone, closed in their order.
 */
#include <string.h>

#include "adapters/matrix_write.h"
#include "bot/action.h"
#include "bot/base/err.h"
#include "bot/base/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_note.h"
#include "tests/unit/adapters/matrix_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum action_kind kinds[] = {ACTION_POST, ACTION_DIRECT,
                                             ACTION_WHISPER};
    struct fuzz_accounts accounts = {.plain = "@tove:example.org", .odd = "@\"<b>&:x"};
    struct arena *arena = arena_create();
    struct action action = {.id = 1,
                            .incident_id = 2,
                            .person = "@tove:example.org",
                            .thread = "$t",
                            .about = "$e",
                            .note = fuzz_note(arena, data, size, &accounts)};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        action.kind = kinds[i];
        INSIST(check_message(matrix_write_message(arena, &action, "x", i % 2)));
        INSIST(check_message(matrix_write_edit(arena, &action, "x", i % 2)));
    }
    arena_destroy(arena);
    return 0;
}
