/* Every platform the bot can run on. */
#include <stddef.h>

#include "adapters/console.h"
#include "adapters/matrix.h"
#include "adapters/slack.h"
#include "bot/adapter.h"

const struct adapter_kind *const adapter_table[] = {
    &console_adapter,
    &slack_adapter,
    &matrix_adapter,
    NULL,
};
