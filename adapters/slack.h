/*
 * Slack as a platform, by Socket Mode: events come over a WebSocket that we open, all
 * we say goes through the Web API. Tokens come from SLACK_APP_TOKEN and
 * SLACK_BOT_TOKEN.
 */
#pragma once

#include "bot/adapter.h"

extern const struct adapter_kind slack_adapter;
