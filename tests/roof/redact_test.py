"""What was redacted is in no file of the store any more, and the chain still holds."""
import glob
import json
import subprocess
import unittest

from roof import MUSTER, Roof

SAID = """2026-03-12T09:00:00Z tove #shop> !inc declare orders stuck
09:00:10 ruben #inc-1-orders-stuck> here
09:01:00 tove #inc-1-orders-stuck> !inc task @ruben look at the vault
09:02:00 ruben #inc-1-orders-stuck> !inc done 1 the key of the vault is swordfish9
09:02:30 tove #inc-1-orders-stuck> !inc try the other key, mackerel7
09:02:40 tove #inc-1-orders-stuck> !inc no 2 mackerel7 is the old one
09:03:00 tove #inc-1-orders-stuck [m1]> also herring5 opens the back door
09:03:10 tove #inc-1-orders-stuck edit m1> also herring5 opens the back door, and carp3 the front
09:03:20 tove #inc-1-orders-stuck react m1 pushpin>
09:04:00 tove #inc-1-orders-stuck> !inc update in the vault: tuna11 opens it
09:04:30 tove #inc-1-orders-stuck> !inc factor technical one key, salmon13, for all
09:05:00 jo @muster> search swordfish9
09:05:10 jo @muster> search herring5
09:05:20 tove #inc-1-orders-stuck> !inc severity sev2 eel21 is known
09:05:21 tove #inc-1-orders-stuck> !inc severity sev1 all of it
09:05:22 tove #inc-1-orders-stuck> !inc impact who roach27 it was
09:05:22 tove #inc-1-orders-stuck> !inc mitigated tench31 was the key
09:05:23 tove #inc-1-orders-stuck> !inc resolve bream25
09:05:24 tove #inc-1-orders-stuck> !inc reopen perch23
09:06:00 tove #inc-1-orders-stuck> !inc resolve
09:06:10 tove #inc-1-orders-stuck> !inc retro messages trout17 was the key of the window
09:06:20 tove #inc-1-orders-stuck> !inc retro
09:06:30 jo @muster> timeline inc-1 all
09:06:40 tove #inc-1-orders-stuck> !inc retro narrative shark29
09:06:50 tove #inc-1-orders-stuck> !inc retro outside
"""
SECRETS = ("swordfish9", "mackerel7", "herring5", "carp3", "tuna11", "salmon13", "trout17",
           "eel21", "perch23", "bream25", "roach27", "shark29", "tench31")


class Redact(Roof):
    def setUp(self):
        super().setUp()
        self.store = self.path("muster.db")
        self.shown = {}
        self.feed(SAID)

    def feed(self, text):
        """Keeps how each message of the bot's stands that all in its place can read."""
        status, said, complaints = self.muster("console", "--json", "--store", self.store,
                                               text=text)
        self.assertEqual((status, complaints), (0, ""))
        for message in map(json.loads, said.splitlines()):
            if message["to"] is None:
                self.shown[message["message"]] = message["text"]

    def bytes_on_disk(self):
        found = b""
        for path in glob.glob(self.store + "*"):
            with open(path, "rb") as file:
                found += file.read()
        return found

    def export(self):
        status, out, _ = self.muster("export", "--store", self.store, "1")
        self.assertEqual(status, 0)
        return json.loads(out)

    def test_no_file_holds_it(self):
        before = self.bytes_on_disk()
        self.assertEqual([s for s in SECRETS if s.encode() not in before], [])
        entries = [entry["id"] for entry in self.export()["timeline"]
                   if any(secret in entry["text"] for secret in SECRETS)]
        lines = ["2026-03-12T10:%02d:00Z jo @muster> redact inc-1 %d\n" % (minute, n)
                 for minute, n in enumerate(entries)]
        self.feed("".join(lines))
        after = self.bytes_on_disk()
        self.assertEqual([s for s in SECRETS if s.encode() in after], [])
        self.assertEqual({entry["text"] for entry in self.export()["timeline"]
                          if entry["id"] in entries}, {None})
        self.assertEqual([text for text in self.shown.values()
                          if any(secret in text for secret in SECRETS)], [])
        kinds = [entry["kind"] for entry in self.export()["timeline"]]
        self.assertIn("redacted", kinds)
        status, out, _ = self.muster("verify", "--store", self.store)
        self.assertEqual(status, 0, out)

    def test_the_log_is_emptied_while_the_bot_runs(self):
        bot = subprocess.Popen([MUSTER, "console", "--store", self.store],
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                               env=self.environment)
        self.addCleanup(bot.stdout.close)
        self.addCleanup(bot.wait)
        self.addCleanup(bot.stdin.close)
        bot.stdin.write("2026-03-12T10:00:00Z tove #inc-1-orders-stuck> pike19 it is\n")
        bot.stdin.write("10:00:01 tove #inc-1-orders-stuck> !inc timeline last 2\n")
        bot.stdin.flush()
        number = next(line.split("| ")[1].split(" ")[0] for line in bot.stdout
                      if "pike19" in line)
        self.assertIn(b"pike19", self.bytes_on_disk())
        bot.stdin.write("10:00:02 tove #inc-1-orders-stuck> !inc redact %s\n" % number)
        bot.stdin.flush()
        next(line for line in bot.stdout if "is redacted by tove" in line)
        self.assertFalse(b"pike19" in self.bytes_on_disk())


if __name__ == "__main__":
    unittest.main()
