"""Each command gets at least one answer, at its own time, in each place.

The verbs are those of `help all`: a new one is tried without a line here.
"""
import datetime
import re
import unittest

from roof import Roof, spelled

BEGIN = """2026-03-12T09:00:00Z tove #shop> !inc declare orders stuck --service checkout
09:00 dani #inc-1-orders-stuck> here
09:00 dani #inc-1-orders-stuck> !inc factor technical the queue was full
09:00 dani #inc-1-orders-stuck> !inc factor process nobody watched it
09:00 dani #inc-1-orders-stuck> !inc followup @dani watch it due 2026-03-20
"""
# No alarm is so long, so that none falls on the second of a command.
STEP = datetime.timedelta(seconds=61)
PLACES = ["#inc-1-orders-stuck", "#shop", "@muster"]


class Answers(Roof):
    def console(self, text):
        status, said, complaints = self.muster("console", text=text)
        self.assertEqual((status, complaints), (0, ""))
        return said.splitlines()

    def lines(self, place):
        said = self.console("2026-03-12T09:00:00Z dani @muster> help all\n")
        found = [re.match(r"^\S+ muster @dani[|>] `([^`]+)`", line) for line in said]
        usages = [usage.group(1) for usage in found if usage]
        self.assertGreater(len(usages), 40)
        prefix = "" if place == "@muster" else "!inc "
        reference = " inc-1" if place == "#shop" else ""
        for usage in usages:
            for verb, words in spelled(usage):
                yield f"{prefix}{verb}{reference} {words}".rstrip()

    def check(self, place):
        at = datetime.datetime(2026, 3, 12, 9, 0, 0)
        fed, times = BEGIN, {}
        for line in self.lines(place):
            for words in (line, "!inc reopen inc-1 for the next one"):
                at += STEP
                times[at.strftime("%Y-%m-%dT%H:%M:%SZ")] = words
                fed += f"{at:%H:%M:%S} dani {place}> {words}\n"
        answered = {line.split(" ", 1)[0] for line in self.console(fed)}
        self.assertEqual([words for time, words in times.items() if time not in answered], [])

    def test_in_the_channel(self):
        self.check(PLACES[0])

    def test_in_another_channel(self):
        self.check(PLACES[1])

    def test_in_a_direct_message(self):
        self.check(PLACES[2])


if __name__ == "__main__":
    unittest.main()
