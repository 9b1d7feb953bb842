#include "bot/adapter.h"

#include <string.h>

const struct adapter_kind *adapter_kind_find(const char *name)
{
    for (size_t i = 0; adapter_table[i] != NULL; i++) {
        if (strcmp(adapter_table[i]->name, name) == 0) {
            return adapter_table[i];
        }
    }
    return NULL;
}
