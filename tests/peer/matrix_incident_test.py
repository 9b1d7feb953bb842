#!/usr/bin/env python3
"""matrix_incident_test.py MUSTER   incidents on a Synapse, by people with clients that
nobody here wrote. Skipped (77), with the reason, where Synapse can't be had."""
import sys
import unittest

import matrix_rig

matrix_rig.enter()
from synapse import LIMITS_OFF  # noqa: E402

MUSTER = sys.argv[1] if len(sys.argv) > 1 else "muster"


class Rig(matrix_rig.Suite):
    settings = (LIMITS_OFF,)

    def test_two_people_talk(self):
        ana, bo = self.person("ana"), self.person("bo")
        room = ana.open("ops", invite=[bo.id])
        self.assertEqual(bo.invitation(), room)
        bo.join(room)
        first = ana.say(room, "the pool is full")
        self.assertEqual(bo.heard(room, "the pool is full", ana.id)["event_id"], first)
        bo.edit(room, bo.reply(room, first, "wich pool?"), "which pool?")
        ana.heard(room, "which pool?", bo.id)
        self.assertIn(self.server.default_room_version(ana.client.access_token), ("11", "12"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[2:], verbosity=2)
