#!/usr/bin/env python3
"""matrix_limits_test.py MUSTER   an incident on a Synapse as it comes: 10 messages at once,
then one in 5 s. A short one in every run, a whole one with MUSTER_LONG. Skipped (77), with
the reason, where Synapse can't be had."""
import os
import unittest

import matrix_rig

matrix_rig.enter()
from proxy import Proxy  # noqa: E402
from synapse import LIMITS_DEFAULT, quote  # noqa: E402

SLOW_S = 240  # twenty messages at one in 5 s, and as long again


class Limits(matrix_rig.Peer):
    """People are spared: it is the bot that has to live with the limits."""
    settings = LIMITS_DEFAULT

    def person(self, name, **how):
        if not hasattr(self, "administrator"):
            self.administrator = self.server.register(f"root{self.number}", is_admin=True)
        person = super().person(name, **how)
        self.spare(person.id)
        return person

    def spare(self, user):
        self.server.call("POST", f"/_synapse/admin/v1/users/{quote(user)}/override_ratelimit",
                         {"messages_per_second": 0, "burst_count": 0},
                         self.administrator["access_token"])

    def bot_base(self):
        self.proxy = Proxy(self.server.port)
        self.addCleanup(self.proxy.stop)
        return self.proxy.base

    def heard(self, who, room, words, count=1):
        return who.heard(room, words, self.bot.id, count, self.bot.problem,
                         deadline_s=SLOW_S)

    def test_a_short_incident_loses_nothing(self):
        room = self.declare("checkout fails")
        self.ana.say(room, "!inc lead")
        self.ana.call(self.bo.id, room, f"!inc page {self.bo.id} please come")
        alone = self.bo.direct(self.bot.id, self.bot.problem, SLOW_S)
        page = self.heard(self.bo, alone, "Page 1 from")
        self.bo.react(alone, page["event_id"], "✅")
        self.heard(self.ana, room, "is coming (page 1")
        self.ana.say(room, "!inc severity sev2")
        self.ana.say(room, "!inc resolve pool enlarged")
        self.heard(self.ana, room, "Severity: sev2 (was unknown)")
        self.heard(self.ana, room, "Resolved at")
        self.assertGreater(self.proxy.count("PUT", "/rooms/", 429)
                           + self.proxy.count("POST", "/", 429), 0)
        self.end()
        self.assertEqual(self.shown_twice(self.ana), [])
        self.assertEqual(self.bot.export("inc-1")["incident"]["status"], "resolved")

    @unittest.skipUnless(os.environ.get("MUSTER_LONG"), "takes several minutes")
    def test_a_whole_incident_loses_nothing(self):
        room = self.declare("orders hang")
        for line in ("lead", "severity sev2", "task @" + self.ana.name + " look in 10m", "ack",
                     "done 1 seen", "change flag off", "try restart", "update in being fixed",
                     "mitigated", "normal", "resolve all well", "factor technical a full pool",
                     "retro", "retro publish"):
            self.ana.say(room, "!inc " + line)
        self.heard(self.ana, room, "7 of 7")
        self.heard(self.ana, self.incidents, "published")
        self.end()
        self.assertEqual(self.shown_twice(self.ana), [])
        self.assertEqual(self.bot.export("inc-1")["incident"]["status"], "reviewed")


if __name__ == "__main__":
    matrix_rig.main()
