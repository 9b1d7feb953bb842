"""Every verb that `help all` names is typed in some scenario."""
import glob
import os
import re
import unittest

import roof

SCENARIOS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scenario")
BOT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ muster [#@]")
LINE = re.compile(r'^\S+(?: \d\S*)? +(?:"[^"]*"|\S+) +([#@]\S+)(?: \[\w+\])?> (.*)$')
COMMAND = re.compile(r"[!/]inc(?:ident)? +(.*)")


def typed():
    """The command lines that people type in the scenarios."""
    for path in glob.glob(os.path.join(SCENARIOS, "*.txt")):
        with open(path, encoding="utf-8") as file:
            lines = [LINE.match(line) for line in file if not BOT.match(line)]
        for place, text in (line.groups() for line in lines if line):
            command = COMMAND.match(text)
            if command or place == "@muster":
                yield (command.group(1) if command else text).lower()


class Verbs(roof.Roof):
    def test_each_is_typed_in_some_scenario(self):
        _, said, _ = self.muster("console", text="2026-03-12 03:00 ana @muster> help all\n")
        verbs = {verb for usage in re.findall(r"`([^`]+)`  ", said)
                 for verb, _ in roof.spelled(usage)}
        self.assertGreater(len(verbs), 70)
        lines = set(typed())
        missing = {verb for verb in verbs
                   if not any((line + " ").startswith(verb + " ") for line in lines)}
        self.assertEqual(missing, set())


if __name__ == "__main__":
    unittest.main()
