#!/usr/bin/env python3
"""matrix_rooms_test.py MUSTER   what befalls rooms on a Synapse: encryption, invitations
from anywhere, a kick, an upgrade; and what befalls the bot's place in the stream. Skipped
(77), with the reason, where Synapse can't be had."""
import re
import sqlite3

import matrix_rig

matrix_rig.enter()
from synapse import LIMITS_OFF, PASSWORD, quote  # noqa: E402
from wait import until  # noqa: E402

ENCRYPTION = {"type": "m.room.encryption", "state_key": "",
              "content": {"algorithm": "m.megolm.v1.aes-sha2"}}


class Rooms(matrix_rig.Peer):
    settings = LIMITS_OFF

    def power_to_ana(self, room):
        """The bot's account at another device: what an administrator of the house can do."""
        token = self.server.call("POST", "/_matrix/client/v3/login", {
            "type": "m.login.password", "password": PASSWORD,
            "identifier": {"type": "m.id.user", "user": self.bot.id}})["access_token"]
        path = f"/_matrix/client/v3/rooms/{quote(room)}/state/m.room.power_levels/"
        levels = self.server.call("GET", path, token=token)
        levels["users"][self.ana.id] = 150
        self.server.call("PUT", path, levels, token)
        self.ana.saw(room, lambda event: self.ana.id in event["content"]["users"],
                     "power", kind="m.room.power_levels")

    def encrypt(self, room):
        self.ana.ask("PUT", f"rooms/{quote(room)}/state/m.room.encryption/",
                     ENCRYPTION["content"])

    def bot_is_in(self, room):
        return self.bot.id in self.ana.ask("GET", f"rooms/{quote(room)}/joined_members")["joined"]


class Sealed(Rooms):
    def test_an_invitation_into_an_encrypted_room_is_declined_with_a_reason(self):
        room = self.ana.open("sealed", invite=[self.bot.id], initial_state=[ENCRYPTION])
        self.ana.member(room, self.bot.id, "leave", self.bot.problem)
        self.heard(self.ana, self.direct(self.ana), "I can't read encrypted rooms")
        self.assertFalse([event for event in self.ana.events(room, kind="m.room.member")
                          if event["state_key"] == self.bot.id
                          and event["content"]["membership"] == "join"])
        self.assertEqual(self.ana.events(room, self.bot.id), [])

    def test_a_room_that_is_encrypted_later_hears_no_more_of_it(self):
        self.encrypt(self.ops)
        self.heard(self.ana, self.direct(self.ana), "I can't read encrypted rooms")
        self.ana.say(self.ops, "!inc declare unheard")
        room = self.ana.open("other", invite=[self.bot.id])
        self.entered(room)
        self.ana.say(room, "!inc list")
        self.heard(self.ana, self.direct(self.ana), "No open incident")
        self.assertEqual(self.ana.events(self.ops, self.bot.id), [])

    def test_an_incident_whose_room_is_encrypted_goes_on_in_private(self):
        room = self.declare("mails are late")
        self.power_to_ana(room)
        self.encrypt(room)
        alone = self.direct(self.ana)
        self.heard(self.ana, alone, "is encrypted now: I can neither read nor write there")
        count = len(self.ana.events(room, self.bot.id))
        self.ana.say(alone, "note inc-1 the queue is empty")
        self.heard(self.ana, alone, "Noted at")
        self.ana.say(alone, "severity inc-1 sev2")
        self.heard(self.ana, alone, "Severity: sev2")
        self.end()
        self.assertEqual(len(self.ana.events(room, self.bot.id)), count)
        kinds = [(entry["kind"], entry["text"]) for entry in self.bot.export("inc-1")["timeline"]]
        self.assertIn(("note", "the queue is empty"), kinds)


class Invited(Rooms):
    more = "allowed_servers: [nowhere.example]"

    def test_people_of_its_own_homeserver_may_invite(self):
        """Other servers come on top. Also before the bot ever ran. (Who is declined is of
        another server, which tests/wire plays.)"""
        for room in (self.old, self.bo.open("mine", invite=[self.bot.id])):
            self.bo.member(room, self.bot.id, "join", self.bot.problem)

    def house(self):
        super().house()
        self.old = self.bo.open("old", invite=[self.bot.id])


class Kicked(Rooms):
    def test_a_bot_that_is_kicked_stays_out_until_it_is_invited(self):
        self.ana.do(self.ana.client.room_kick(self.ops, self.bot.id))
        self.ana.say(self.ops, "!inc declare unheard")
        room = self.ana.open("other", invite=[self.bot.id])
        self.entered(room)
        self.ana.say(room, "!inc list")
        self.heard(self.ana, self.direct(self.ana), "No open incident")
        self.assertFalse(self.bot_is_in(self.ops))
        self.ana.do(self.ana.client.room_invite(self.ops, self.bot.id))
        until(lambda: self.bot_is_in(self.ops), "the bot to come back",
              problem=self.bot.problem)
        self.declare("maps are grey")


class Upgraded(Rooms):
    def test_an_incident_goes_on_in_the_room_that_takes_its_place(self):
        room = self.declare("prices are old")
        before = self.ana.say(room, "said in the old room")
        self.power_to_ana(room)
        new = self.ana.ask("POST", f"rooms/{quote(room)}/upgrade",
                           {"new_version": "11"})["replacement_room"]
        self.entered(new)
        after = self.ana.say(new, "said in the new room")
        self.ana.say(new, "!inc severity sev2")
        self.heard(self.ana, new, "Severity: sev2 (was unknown)")
        self.end()
        said = [(entry["source"]["channel"], entry["source"]["message"])
                for entry in self.bot.export("inc-1")["timeline"] if entry["kind"] == "said"]
        self.assertEqual(said, [(room, before), (new, after)])

    def test_a_tombstone_that_leads_to_a_stranger_is_not_followed(self):
        """Whoever wrote it has no power where it leads to."""
        trap = self.bo.open("trap")
        self.bo.ask("POST", f"rooms/{quote(trap)}/invite", {"user_id": self.ana.id})
        self.ana.ask("PUT", f"rooms/{quote(self.ops)}/state/m.room.tombstone/",
                     {"body": "moved", "replacement_room": trap})
        room = self.ana.open("other", invite=[self.bot.id])
        self.entered(room)
        self.ana.say(room, "!inc list")
        self.heard(self.ana, self.direct(self.ana), "No open incident")
        self.assertNotIn("join", [event["content"]["membership"]
                                  for event in self.bo.events(trap, kind="m.room.member")
                                  if event["state_key"] == self.bot.id])


class Stream(Rooms):
    def test_a_gap_of_many_messages_is_filled(self):
        room = self.declare("logs are empty")
        self.bot.kill()
        said = [self.ana.say(room, f"missed {number}") for number in range(130)]
        self.bot.start()
        self.ana.say(room, "!inc severity sev2")
        self.heard(self.ana, room, "Severity: sev2 (was unknown)")
        self.end()
        self.assertEqual([entry["source"]["message"] for entry in self.said(room)], said)

    def test_a_lost_place_in_the_stream_is_found_again(self):
        room = self.declare("logs are late")
        before = self.ana.say(room, "before")
        self.ana.say(room, "!inc severity sev1")
        self.heard(self.ana, room, "Severity: sev1")
        self.end()
        self.spoil_place()
        missed = [self.ana.say(room, f"missed {number}") for number in range(3)]
        self.ana.say(room, "!inc severity sev2")
        self.bot.start()
        self.heard(self.ana, room, "Severity: sev2 (was sev1)")
        after = self.ana.say(room, "after")
        self.ana.say(room, "!inc severity sev3")
        self.heard(self.ana, room, "Severity: sev3 (was sev2)")
        self.end()
        self.assertEqual(self.shown_twice(self.ana), [])
        self.assertEqual([entry["source"]["message"] for entry in self.said(room)],
                         [before, *missed, after])

    def spoil_place(self):
        db = sqlite3.connect(self.bot.store, isolation_level=None)
        places = [name for name, value in db.execute(
            "SELECT name, value FROM memory WHERE adapter = 'matrix'")
            if re.fullmatch(r"s\d+_[\d_]+.*", value)]
        self.assertEqual(len(places), 1)
        db.execute("UPDATE memory SET value = 'garbage' WHERE name = ?", places)
        db.close()

    def test_hostile_events_stop_nobody(self):
        """What some readers of JSON refuse: the sync that holds it must still be passed."""
        room = self.declare("clocks are wrong")
        self.person("eve").ask("PUT", f"sendToDevice/m.odd/{self.number}",
                               {"messages": {self.bot.id: {"*": {"n": 10 ** 400,
                                                                 "nul\0": "\0"}}}})
        odd = {"msgtype": "m.text", "body": "odd\0words", "nul\0": {"deep\0": "\0"}}
        event = self.ana.send(room, odd)
        try:
            self.ana.send(room, {"msgtype": "m.text", "body": "x", "list": nested(300)})
        except AssertionError:
            pass  # this Synapse would not take it
        self.ana.say(room, "!inc severity sev2")
        self.heard(self.ana, room, "Severity: sev2 (was unknown)")
        self.end()
        said = [entry for entry in self.said(room) if entry["source"]["message"] == event]
        self.assertEqual([entry["text"] for entry in said], ["odd\ufffdwords"])


def nested(depth):
    found = []
    for _ in range(depth):
        found = [found]
    return found


if __name__ == "__main__":
    matrix_rig.main()
