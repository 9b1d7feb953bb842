/*
 * Matrix as a platform: an ordinary user of any homeserver, by the client-server API
 * over https. What is said there comes by a long poll (`/sync`). MATRIX_PASSWORD or
 * MATRIX_ACCESS_TOKEN let it in.
 */
#pragma once

#include "bot/adapter.h"

extern const struct adapter_kind matrix_adapter;
