/* "2, 3 and 5": several at once. */
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/waiting.h"

static bool has_number(const int64_t *numbers, size_t count, int64_t number)
{
    for (size_t i = 0; i < count; i++) {
        if (numbers[i] == number) {
            return true;
        }
    }
    return false;
}

size_t waiting_numbers(const char *text, int64_t numbers[WAITING_NUMBERS])
{
    int64_t number;
    size_t count = 0;

    text = text_or(text, "");
    for (;;) {
        char *end;

        text += strspn(text, " \t\r\n,#&+");
        if (text_starts(text, "and ")) {
            text += strlen("and ");
            continue;
        }
        if (*text == '\0') {
            return count;
        }
        if (strchr("0123456789", *text) == NULL) {
            return 0;
        }
        number = strtoll(text, &end, 10);
        if ((*end != '\0' && strchr(" \t\r\n,", *end) == NULL) ||
            count == WAITING_NUMBERS) {
            return 0;
        }
        if (!has_number(numbers, count, number)) {
            numbers[count++] = number;
        }
        text = end;
    }
}
