#!/usr/bin/env python3
"""matrix_session_test.py MUSTER   what goes wrong between the bot and a Synapse: either is
killed, answers are lost, tokens end. A proxy of ours between them counts and loses.
Skipped (77), with the reason, where Synapse can't be had."""
import os
import unittest

import matrix_rig

matrix_rig.enter()
from proxy import Proxy  # noqa: E402
from synapse import LIMITS_OFF, PASSWORD, TOKENS_SHORT, Refused, quote  # noqa: E402
from wait import until  # noqa: E402

REFRESH = "/_matrix/client/v3/refresh"
LOGIN = "/_matrix/client/v3/login"
SYNC_LIMIT = 50  # events of a room in one sync: matrix_filter.c
long = unittest.skipUnless(os.environ.get("MUSTER_LONG"), "takes its time")


class Session(matrix_rig.Peer):
    settings = LIMITS_OFF | TOKENS_SHORT

    def bot_base(self):
        self.proxy = Proxy(self.server.port)
        self.addCleanup(self.proxy.stop)
        return self.proxy.base

    def setUp(self):
        super().setUp()
        self.room = self.declare(f"checkout {self.number} fails")
        self.levels = ["unknown"]

    def admin(self, method, path, body=None):
        if not hasattr(self, "administrator"):
            self.administrator = self.server.register(f"root{self.number}", is_admin=True)
        return self.server.call(method, "/_synapse/admin/" + path, body,
                                self.administrator["access_token"])

    def severity(self, level):
        """A command, whose answer has to come once."""
        self.ana.say(self.room, f"!inc severity {level}")
        self.levels.append(level)

    def answered(self):
        old, new = self.levels[-2:]
        self.ana.heard(self.room, f"Severity: {new} (was {old})", self.bot.id,
                       problem=self.bot.problem)

    def all_once(self):
        """Each command ran once, and each answer was shown once."""
        self.end()
        self.assertEqual(self.shown_twice(self.ana), [])
        for old, new in zip(self.levels, self.levels[1:]):
            self.heard(self.ana, self.room, f"Severity: {new} (was {old})")
        states = [entry for entry in self.bot.export("inc-1")["timeline"]
                  if entry["kind"] == "severity"]
        self.assertEqual(len(states), len(self.levels) - 1)

    def stops_and_starts(self, stop):
        before = self.ana.say(self.room, "before")
        stop()
        missed = self.ana.say(self.room, "nobody listens")
        self.severity("sev2")
        self.bot.start()
        self.answered()
        after = self.ana.say(self.room, "after")
        self.severity("sev3")
        self.answered()
        self.all_once()
        self.assertEqual([entry["source"]["message"] for entry in self.said(self.room)],
                         [before, missed, after])

    def test_a_killed_bot_loses_nothing(self):
        """It goes on with its session, too."""
        self.stops_and_starts(self.bot.kill)
        self.assertEqual(self.proxy.count("POST", LOGIN), 1)

    def test_an_ended_bot_loses_nothing(self):
        self.stops_and_starts(self.end)

    def test_an_edit_on_this_side_of_a_gap_finds_its_message_on_the_other(self):
        """And of several edits the last one holds, wherever they lie."""
        self.bot.kill()
        across = self.ana.say(self.room, "the key is under the mat")
        inside = self.ana.say(self.room, "it rains")
        for words in ("it snows", "it hails"):
            self.ana.edit(self.room, inside, words)
        self.ana.edit(self.room, across, "it is under the pot")
        for line in range(SYNC_LIMIT + 10):
            self.ana.say(self.room, f"line {line}")
        self.ana.edit(self.room, across, "ask the porter")
        self.bot.start()
        self.severity("sev1")
        self.answered()
        until(lambda: any(entry["text"] == "ask the porter"
                          for entry in self.said(self.room)),
              "the edit on the record", problem=self.bot.problem)
        self.all_once()
        self.assertEqual([entry["text"] for entry in self.said(self.room)
                          if entry["source"]["message"] in (across, inside)],
                         ["ask the porter", "it hails"])

    def test_a_synapse_killed_and_ended_comes_back(self):
        for level, stop in (("sev1", self.server.kill), ("sev2", self.server.terminate)):
            self.severity(level)
            stop()
            self.server.start()
            self.answered()
        self.severity("sev3")
        self.answered()
        self.all_once()

    def test_a_synapse_that_hangs_is_waited_for(self):
        """A send's answer comes after the bot has given up on it: nothing is said twice."""
        self.severity("sev1")
        self.answered()
        pattern = f"/rooms/{quote(self.room)}/send/"
        count = self.proxy.count("PUT", pattern)
        self.severity("sev2")
        self.server.pause()
        self.addCleanup(self.server.resume)
        log = len(self.bot.log())
        until(lambda: len(self.bot.log()) > log, "the bot to notice", problem=self.bot.problem)
        self.server.resume()
        self.answered()
        self.severity("sev3")
        self.answered()
        self.assertGreater(self.proxy.count("PUT", pattern), count)
        self.all_once()

    def test_lost_answers_are_asked_for_again_and_nothing_comes_twice(self):
        self.proxy.lose(3, "PUT", "/send/m.room.message/")
        self.severity("sev1")
        self.answered()
        self.proxy.lose(1, "PUT", "/state/")
        self.proxy.lose(1, "POST", "/createRoom")
        self.severity("sev2")
        self.answered()
        self.ana.say(self.ops, "!inc declare orders hang")
        room = self.ana.accept("inc-2", self.bot.problem)
        self.heard(self.ana, room, "inc-2 orders hang: active")
        until(lambda: len(self.proxy.lost) == 5, "five lost answers", problem=self.bot.problem)
        self.all_once()
        made = [room for room, state in self.ana.invited.items()
                if any("inc-2" in str(event["content"].get("name")) for event in state)]
        self.assertEqual(made, [room])

    def test_a_token_that_ends_is_renewed(self):
        for count in (1, 2):
            until(lambda: self.proxy.count("POST", REFRESH, 200) >= count,
                  "a renewed token", problem=self.bot.problem)
            self.severity(f"sev{count}")
            self.answered()
        self.assertEqual(self.proxy.count("POST", LOGIN), 1)
        self.all_once()

    def test_a_deleted_device_logs_in_again(self):
        devices = self.admin("GET", f"v2/users/{quote(self.bot.id)}/devices")["devices"]
        mine = [device["device_id"] for device in devices if device["device_id"] == "MUSTER"]
        self.assertEqual(mine, ["MUSTER"])
        self.admin("DELETE", f"v2/users/{quote(self.bot.id)}/devices/MUSTER")
        self.severity("sev1")
        self.answered()
        self.assertEqual(self.proxy.count("POST", LOGIN, 200), 2)
        self.all_once()

    @long
    def test_a_session_that_lapsed_logs_in_as_the_same_device(self):
        self.addCleanup(self.restart_server, {})
        self.restart_server({"refresh_token_lifetime": "6s"})
        count = self.sessions()
        until(lambda: self.sessions() > count, "a session that can lapse",
              problem=self.bot.problem)
        self.bot.kill()
        for _ in range(2):  # two lives of a token are longer than one of a refresh token
            probe = self.server.call("POST", LOGIN, {
                "type": "m.login.password", "password": PASSWORD, "refresh_token": True,
                "identifier": {"type": "m.id.user", "user": self.ana.id}})
            until(lambda: self.has_lapsed(probe["access_token"]), "a token to lapse")
        self.severity("sev1")
        self.bot.start()
        self.answered()
        devices = self.admin("GET", f"v2/users/{quote(self.bot.id)}/devices")["devices"]
        self.assertEqual(sum(device["device_id"] == "MUSTER" for device in devices), 1)
        self.assertEqual(self.proxy.count("POST", LOGIN, 200), 2)
        self.all_once()

    def sessions(self):
        return self.bot.log().count('what="matrix session"')

    def restart_server(self, more):
        self.server.terminate()
        self.server.write((self.settings, more))
        self.server.start()

    def has_lapsed(self, token):
        try:
            self.server.call("GET", "/_matrix/client/v3/account/whoami", token=token)
        except Refused as refused:
            return refused.errcode == "M_UNKNOWN_TOKEN"
        return False

    def test_a_locked_account_waits_and_does_not_log_in(self):
        path = f"v2/users/{quote(self.bot.id)}"
        self.admin("PUT", path, {"locked": True})
        until(lambda: self.proxy.count("GET", "/sync", 401) >= 1, "the bot to be locked out",
              problem=self.bot.problem)
        self.severity("sev1")
        self.admin("PUT", path, {"locked": False})
        self.answered()  # it asks every 30 s
        self.assertEqual(self.proxy.count("POST", LOGIN), 1)
        self.all_once()

    @long
    def test_a_suspended_account_says_it_later(self):
        path = f"v1/suspend/{quote(self.bot.id)}"
        self.admin("PUT", path, {"suspend": True})
        self.severity("sev1")
        until(lambda: self.proxy.count("PUT", "/rooms/", 403) >= 1, "a refused request",
              problem=self.bot.problem)
        self.admin("PUT", path, {"suspend": False})
        self.answered()
        self.all_once()

    @long
    def test_a_shadow_ban_is_noticed(self):
        """Only the missing echo tells of it: what is said is taken, and shown to nobody."""
        path = f"v1/users/{quote(self.bot.id)}/shadow_ban"
        self.admin("POST", path)
        self.ana.say(self.room, "!inc severity sev1")
        until(lambda: "(a shadow ban)" in self.bot.log(),
              "the bot to miss its echo", problem=self.bot.problem)
        self.admin("DELETE", path)
        self.ana.say(self.room, "!inc severity sev2")
        self.heard(self.ana, self.room, "Severity: sev2 (was sev1)")
        self.end()


if __name__ == "__main__":
    matrix_rig.main()
