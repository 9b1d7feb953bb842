#!/usr/bin/env python3
"""A bot on mautrix-python, which maubot is built on, with a store: each message is in
SQLite before the next is looked at; a command is answered by a notice."""
import asyncio

from mautrix.client import Client
from mautrix.types import EventType, Filter, Membership, MessageType, TextMessageEventContent
from matrix_store import BASE, COMMAND, FILTER, PASSWORD, USER, Store


async def main():
    store = Store()
    client = Client(base_url=BASE)
    await client.login(identifier=USER, password=PASSWORD)
    in_turn = asyncio.Lock()

    async def member(event):
        if event.state_key == client.mxid and event.content.membership == Membership.INVITE:
            await client.join_room(event.room_id)

    async def said(event):
        if event.sender == client.mxid or event.content.msgtype != MessageType.TEXT:
            return
        async with in_turn:
            if not store.keep(event.event_id, event.room_id, event.sender, event.timestamp,
                              event.content.body):
                return
        if event.content.body.startswith(COMMAND):
            await client.send_message(event.room_id, TextMessageEventContent(
                msgtype=MessageType.NOTICE, body=store.status(event.room_id)))

    client.add_event_handler(EventType.ROOM_MEMBER, member)
    client.add_event_handler(EventType.ROOM_MESSAGE, said)
    await client.start(Filter.deserialize(FILTER))


asyncio.run(main())
