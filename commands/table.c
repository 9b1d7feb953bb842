/*
 * The index of all verbs, alphabetical. A new verb: its file, one extern, one line.
 */
#include "bot/command.h"

extern const struct command at_command, cancel_command, change_command, confirm_command,
    declare_command, detected_command, drop_command, gut_command, help_command,
    invite_command, list_command, mitigated_command, normal_command, note_command_of,
    reopen_command, resolve_command, severity_command, started_command, status_command,
    timeline_command, title_command;

const struct command *const command_table[] = {
    &at_command,       &cancel_command,
    &change_command,   &confirm_command,
    &declare_command,  &detected_command,
    &drop_command,     &gut_command,
    &help_command,     &invite_command,
    &list_command,     &mitigated_command,
    &normal_command,   &note_command_of,
    &reopen_command,   &resolve_command,
    &severity_command, &started_command,
    &status_command,   &timeline_command,
    &title_command,    NULL,
};
