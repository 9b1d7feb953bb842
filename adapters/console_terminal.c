#include <stdlib.h>
#include <string.h>

#include "adapters/console_inner.h"
#include "adapters/console_write.h"

struct console_terminal {
    struct console *console;
};

struct console_terminal *console_terminal_create(struct console *console)
{
    struct console_terminal *terminal = calloc(1, sizeof(*terminal));
    INSIST(terminal);
    terminal->console = console;
    return terminal;
}

void console_terminal_destroy(struct console_terminal *terminal)
{
    free(terminal);
}

void console_terminal_start(struct console_terminal *terminal)
{
    ear_finished(terminal->console->ears, &terminal->console->adapter, 1);
}

void console_terminal_settle(struct console_terminal *terminal, struct ticket ticket,
                             bool committed)
{
    (void)terminal;
    (void)ticket;
    (void)committed;
}

bool console_terminal_show(struct console_terminal *terminal,
                           const struct action *action)
{
    const char *lines = console_write_action(terminal->console->arena, action, false);
    return console_put(terminal->console->options.output, lines, strlen(lines));
}

void console_terminal_stop(struct console_terminal *terminal)
{
    (void)terminal;
}
