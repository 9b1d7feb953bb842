"""People at clients of their own: matrix-nio, which nobody here wrote."""
import asyncio
import concurrent.futures
import logging
import threading

import aiohttp
import nio

from synapse import call, quote
from wait import DEADLINE_S, until

CALL_S = DEADLINE_S
POLL_MS = 30000

logging.getLogger("nio").setLevel(logging.CRITICAL)  # a server that is down is part of a test


class Clients:
    """The loop that all clients of a suite live in, on a thread of its own."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.people = []

    def run(self, coroutine, timeout_s=CALL_S):
        future = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        try:
            return future.result(timeout_s)
        except concurrent.futures.TimeoutError:
            future.cancel()
            raise AssertionError(f"no answer after {timeout_s} s: {coroutine}") from None

    def person(self, base, login):
        person = Person(self, base, login)
        self.people.append(person)
        return person

    def stop(self):
        for person in self.people:
            self.run(person.leave_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


class Person:
    """Somebody whose client syncs all the time and keeps all it was shown."""

    def __init__(self, clients, base, login):
        self.clients = clients
        self.base = base
        self.id = login["user_id"]
        self.name = self.id[1:].split(":")[0]
        self.seen = []  # (room, event as it came), in the order of arrival
        self.invited = {}  # room: the stripped state
        clients.run(self.begin(base, login))

    async def begin(self, base, login):
        config = nio.AsyncClientConfig(encryption_enabled=False, max_limit_exceeded=None,
                                       request_timeout=CALL_S)
        self.client = nio.AsyncClient(base, self.id, config=config)
        self.client.restore_login(self.id, login["device_id"], login["access_token"])
        self.syncing = asyncio.ensure_future(self.sync())

    async def sync(self):
        """nio's own sync_forever ends at the first connection that breaks."""
        while True:
            try:
                answer = await self.client.sync(timeout=POLL_MS)
                if isinstance(answer, nio.SyncResponse):
                    self.keep(answer)
                else:
                    await asyncio.sleep(0.1)
            except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
                await asyncio.sleep(0.1)

    def keep(self, answer):
        for room, news in answer.rooms.join.items():
            self.seen.extend((room, event.source) for event in news.timeline.events)
        for room, news in answer.rooms.leave.items():
            self.seen.extend((room, event.source) for event in news.timeline.events)
        for room, news in answer.rooms.invite.items():
            self.invited[room] = [event.source | {"content": getattr(event, "content", {})}
                                  if "content" not in event.source else event.source
                                  for event in news.invite_state]

    async def leave_all(self):
        self.syncing.cancel()
        await asyncio.gather(self.syncing, return_exceptions=True)
        await self.client.close()

    # What they do.

    def do(self, coroutine):
        """Its answer; a refusal is no answer."""
        answer = self.clients.run(coroutine)
        assert not isinstance(answer, nio.ErrorResponse), f"{self.name}: {answer}"
        return answer

    def refused(self, coroutine):
        """The error that has to come."""
        answer = self.clients.run(coroutine)
        assert isinstance(answer, nio.ErrorResponse), f"{self.name}: {answer} was no refusal"
        return answer.status_code

    def open(self, name=None, invite=(), alias=None, **more):
        answer = self.do(self.client.room_create(name=name, alias=alias,
                                                 invite=list(invite), **more))
        return answer.room_id

    def join(self, room):
        return self.do(self.client.join(room)).room_id

    def send(self, room, content, kind="m.room.message"):
        return self.do(self.client.room_send(room, kind, content)).event_id

    def say(self, room, text, **more):
        return self.send(room, {"msgtype": "m.text", "body": text, **more})

    def call(self, person_id, room, text):
        """With a pill, as clients make them."""
        name = person_id[1:].split(":")[0]
        pill = f'<a href="https://matrix.to/#/{person_id}">{name}</a>'
        return self.say(room, text.replace(person_id, name), format="org.matrix.custom.html",
                        formatted_body=text.replace(person_id, pill),
                        **{"m.mentions": {"user_ids": [person_id]}})

    def thread(self, room, root, text):
        return self.say(room, text, **{"m.relates_to": {
            "rel_type": "m.thread", "event_id": root, "is_falling_back": True,
            "m.in_reply_to": {"event_id": root}}})

    def reply(self, room, to, text):
        return self.say(room, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": to}}})

    def edit(self, room, event, text):
        return self.say(room, "* " + text, **{
            "m.new_content": {"msgtype": "m.text", "body": text},
            "m.relates_to": {"rel_type": "m.replace", "event_id": event}})

    def react(self, room, event, key):
        return self.send(room, {"m.relates_to": {
            "rel_type": "m.annotation", "event_id": event, "key": key}}, "m.reaction")

    def redact(self, room, event):
        return self.do(self.client.room_redact(room, event)).event_id

    # What they were shown.

    def events(self, room, sender=None, kind="m.room.message"):
        return [event for where, event in list(self.seen)
                if where == room and event.get("type") == kind
                and sender in (None, event.get("sender"))]

    def saw(self, room, is_wanted, what, problem=lambda: None, kind="m.room.message"):
        def look():
            return [event for event in self.events(room, kind=kind) if is_wanted(event)]
        return until(look, f"{what} for {self.name}", problem=problem)[-1]

    def event(self, room, event_id):
        """As the server has it now."""
        return self.ask("GET", f"rooms/{quote(room)}/event/{quote(event_id)}")

    def state(self, room, kind, key=""):
        return self.ask("GET", f"rooms/{quote(room)}/state/{kind}/{quote(key)}")

    def ask(self, method, path, body=None, base="/_matrix/client/v3/"):
        """For what matrix-nio has no word for."""
        return call(self.base, method, base + path, body, self.client.access_token)

    def fetch(self, uri):
        """The bytes of a file in a message."""
        return self.do(self.client.download(uri)).body

    def heard(self, room, words, sender, count=1, problem=lambda: None, kind="m.room.message",
              deadline_s=DEADLINE_S):
        """The last message of `sender` there that holds the words, once it came."""
        def look():
            found = [event for event in self.events(room, sender, kind)
                     if words in shown(event)]
            return found if len(found) >= count else None
        try:
            return until(look, f"{words!r} for {self.name}", deadline_s, problem)[-1]
        except AssertionError as error:
            said = "\n".join(f"{event['sender']}: {shown(event)}" for event in self.events(room))
            raise AssertionError(f"{error}\nsaid there:\n{said}") from None

    def member(self, room, person_id, membership, problem=lambda: None):
        """Waits until somebody is in a room, or out of it."""
        def look():
            return [event for event in self.events(room, kind="m.room.member")
                    if event["state_key"] == person_id
                    and event["content"].get("membership") == membership]
        return until(look, f"{person_id}: {membership}", problem=problem)[-1]

    def invitation(self, name="", problem=lambda: None):
        """The room of an open invitation whose name begins so."""
        def look():
            return [room for room, state in list(self.invited.items())
                    if name_of(state).startswith(name)]
        return until(look, f"an invitation to {name!r} for {self.name}", problem=problem)[-1]

    def accept(self, name, problem=lambda: None):
        return self.join(self.invitation(name, problem))

    def direct(self, other, problem=lambda: None, deadline_s=DEADLINE_S):
        """The room of the two alone that `other` made."""
        def look():
            return [room for room, state in list(self.invited.items())
                    if any(event["type"] == "m.room.member" and event["sender"] == other
                           and event["content"].get("is_direct") for event in state)]
        room = until(look, f"a direct room of {other} for {self.name}", deadline_s, problem)[-1]
        return self.join(room)


def shown(event):
    """What a client shows of it: an edit's new words."""
    content = event.get("content", {})
    return str(content.get("m.new_content", content).get("body", ""))


def name_of(state):
    names = [event["content"].get("name", "") for event in state if event["type"] == "m.room.name"]
    return names[-1] if names else ""
