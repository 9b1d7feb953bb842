#!/usr/bin/env python3
"""A bot on matrix-nio, as its documentation shows it, with a store: each message is in
SQLite before the next is looked at; a command is answered by a notice."""
import asyncio

import nio
from matrix_store import BASE, COMMAND, FILTER, PASSWORD, USER, Store


async def main():
    store = Store()
    client = nio.AsyncClient(BASE, USER,
                             config=nio.AsyncClientConfig(encryption_enabled=False))
    await client.login(PASSWORD)
    await client.sync(timeout=0, full_state=True)

    async def invited(room, event):
        if event.state_key == client.user_id and event.membership == "invite":
            await client.join(room.room_id)

    async def said(room, event):
        if event.sender == client.user_id or not store.keep(
                event.event_id, room.room_id, event.sender, event.server_timestamp, event.body):
            return
        if event.body.startswith(COMMAND):
            await client.room_send(room.room_id, "m.room.message", {
                "msgtype": "m.notice", "body": store.status(room.room_id)})

    client.add_event_callback(invited, nio.InviteMemberEvent)
    client.add_event_callback(said, nio.RoomMessageText)
    for room in list(client.invited_rooms):
        await client.join(room)
    await client.sync_forever(timeout=30000, sync_filter=FILTER)


asyncio.run(main())
