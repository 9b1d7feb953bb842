#!/usr/bin/env python3
"""The server's own floor: a loop that syncs and answers a command at once. It stores
nothing and looks at little; what was said before it began is not its own."""
import asyncio
import itertools
import json
import urllib.parse

import aiohttp
from matrix_store import BASE, FILTER, PASSWORD, USER

COMMAND = "!bare status"  # no other bot answers it
CLIENT = BASE + "/_matrix/client/v3/"


async def main():
    numbers = itertools.count()
    async with aiohttp.ClientSession() as session:
        login = {"type": "m.login.password", "password": PASSWORD,
                 "identifier": {"type": "m.id.user", "user": USER}}
        async with session.post(CLIENT + "login", json=login) as answer:
            token = (await answer.json())["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"
        query = {"timeout": "30000", "set_presence": "offline",
                 "filter": json.dumps(FILTER)}
        while True:
            async with session.get(CLIENT + "sync", params=query) as answer:
                news = await answer.json()
            is_first = "since" not in query
            query["since"] = news["next_batch"]
            rooms = news.get("rooms", {})
            for room in rooms.get("invite", {}):
                await session.post(f"{CLIENT}join/{urllib.parse.quote(room)}", json={})
            for room, what in rooms.get("join", {}).items():
                for event in what.get("timeline", {}).get("events", []):
                    content = event.get("content", {})
                    if (not is_first and event["sender"] != USER
                            and content.get("msgtype") == "m.text"
                            and str(content.get("body")).startswith(COMMAND)):
                        path = f"rooms/{urllib.parse.quote(room)}/send/m.room.message/" \
                               f"{next(numbers)}"
                        await session.put(CLIENT + path, json={"msgtype": "m.notice",
                                                               "body": "Nobody leads yet."})


asyncio.run(main())
