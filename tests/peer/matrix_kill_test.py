#!/usr/bin/env python3
"""matrix_kill_test.py MUSTER   the bot is killed, 20 times (200 with MUSTER_LONG), while
20 people talk in the rooms of 10 incidents: each message is once on the timeline, each
command ran once, each answer was shown once, and nothing from before the bot joined was
acted on. Skipped (77), with the reason, where Synapse can't be had."""
import asyncio
import collections
import os
import random

import matrix_rig

matrix_rig.enter()
from synapse import LIMITS_OFF  # noqa: E402
from wait import DEADLINE_S, until  # noqa: E402

KILLS = 200 if os.environ.get("MUSTER_LONG") else 20
ROOMS, TALKERS = 10, 20
SEED = int(os.environ.get("MUSTER_SEED") or random.randrange(1 << 30))


class Talker:
    """Says something, and gives a command now and then, until it is told to stop."""

    def __init__(self, person, room, ref):
        self.person, self.room, self.ref = person, room, ref
        self.said, self.commands = [], []  # event ids; texts

    async def talk(self, chance, is_over):
        while not is_over.is_set():
            number = len(self.said) + len(self.commands)
            words = f"{self.person.name} says {number}"
            is_command = chance.random() < 0.3
            content = {"msgtype": "m.text",
                       "body": f"!inc change {words}" if is_command else words}
            answer = await self.person.client.room_send(self.room, "m.room.message", content)
            (self.commands if is_command else self.said).append(
                words if is_command else answer.event_id)
            await asyncio.sleep(chance.uniform(0.1, 0.6))  # people type no faster


class Kill(matrix_rig.Peer):
    settings = LIMITS_OFF

    def test_a_bot_killed_all_the_time_loses_and_repeats_nothing(self):
        print(f"MUSTER_SEED={SEED}")
        old = self.old_room()
        talkers = self.gather()
        is_over = asyncio.Event()
        chance = random.Random(SEED)
        talking = [asyncio.run_coroutine_threadsafe(
            talker.talk(random.Random(chance.random()), is_over), self.clients.loop)
            for talker in talkers]
        for number in range(KILLS):
            if number == KILLS // 2:
                self.ana.do(self.ana.client.room_invite(old, self.bot.id))
            self.at_work(talkers, number)
            self.bot.kill_within(chance.uniform(0, 0.5))
            self.bot.start()
        self.clients.loop.call_soon_threadsafe(is_over.set)
        for talk in talking:
            talk.result(DEADLINE_S)
        self.ana.member(old, self.bot.id, "join", self.bot.problem)
        for talker in talkers:
            for words in talker.commands:
                self.heard(talker.person, talker.room, f"{words}. Turned back?")
        self.settled(old)
        self.end()
        self.checked(talkers)

    def at_work(self, talkers, number):
        """Every other kill waits until the new bot has said something."""
        if number % 2 == 0:
            count = self.answers(talkers)
            until(lambda: self.answers(talkers) > count, "the bot to say something",
                  problem=self.bot.problem)

    def answers(self, talkers):
        return sum(event.get("sender") == self.bot.id for talker in talkers
                   for _, event in list(talker.person.seen))

    def old_room(self):
        """What was said there is none of the bot's business: it was not invited."""
        room = self.ana.open("old", alias=f"old{self.number}")
        self.ana.say(room, "!inc declare old news")
        return room

    def gather(self):
        people = [self.person(f"talker{number}-") for number in range(TALKERS)]
        talkers = []
        for number in range(ROOMS):
            one, other = people[2 * number:2 * number + 2]
            self.ana.do(self.ana.client.room_invite(self.ops, one.id))
            one.join(self.ops)
            room = self.declare(f"trouble {number}", one)
            one.do(one.client.room_invite(room, other.id))
            other.join(room)
            talkers += [Talker(person, room, f"inc-{number + 1}") for person in (one, other)]
        return talkers

    def settled(self, old):
        """The bot has heard everything up to a last command of everybody's rooms."""
        self.ana.say(old, "!inc list")
        self.heard(self.ana, self.direct(self.ana), "trouble 0")

    def checked(self, talkers):
        for one, other in zip(talkers[::2], talkers[1::2]):
            timeline = self.bot.export(one.ref)["timeline"]
            said = collections.Counter(entry["source"]["message"] for entry in timeline
                                       if entry["kind"] == "said")
            self.assertEqual(said, collections.Counter(one.said + other.said), one.ref)
            changed = collections.Counter(entry["text"] for entry in timeline
                                          if entry["kind"] == "change")
            self.assertEqual(changed, collections.Counter(one.commands + other.commands),
                             one.ref)
            for talker in (one, other):
                self.assertEqual(self.shown_twice(talker.person), [])
                self.answered_once(talker)
        self.assertGreater(sum(len(talker.commands) for talker in talkers), ROOMS)
        declared = [event for _, event in self.ana.seen if "old news" in str(event)
                    and event["sender"] == self.bot.id]
        self.assertEqual(declared, [])

    def answered_once(self, talker):
        answers = [event["content"]["body"]
                   for event in talker.person.events(talker.room, self.bot.id)]
        for words in talker.commands:
            self.assertEqual(sum(f"{words}. Turned back?" in body for body in answers), 1, words)


if __name__ == "__main__":
    matrix_rig.main()
