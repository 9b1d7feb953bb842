"""Several people type whatever there is to type, in any order; the rules hold.

What `help all` lists is what they draw from, so a new verb takes part by itself; half of
what they type is the work of an incident, so that there are yeses, noes and ends. The
record is looked at between pieces, one process each: some pieces let only time pass, so
that whatever changes there was done by the bot alone. Seeds are printed; MUSTER_SEED=N
runs one again. With MUSTER_LONG there are many, and new ones each time.
"""
import datetime
import os
import random
import re
import secrets
import sqlite3
import unittest

from roof import Roof

PEOPLE = ["ana", "ben", "cem", "dia", "eli"]
OUTSIDER = "zoe"  # talks to the bot as everybody does; nobody ever names her
PLACES = ["#ops", "@muster"]
PHRASES = ["queue grows", "it was my fault, stupid me", "bank says fine", "look at orders",
           "checkout and search", "12 min, 40 % of users", "ok"]
EMOJI = ["pushpin", "white_check_mark", "eyes"]
SLOTS = {"LEVEL": ["sev1", "sev2", "sev3", "sev4", "unknown", "sev9"],
         "TIME": ["08:00", "09:59", "yesterday 23:10", "2026-03-11 07:00"],
         "WHEN": ["2h", "friday", "3d", "2026-03-20"], "UNTIL": ["1h", "2d", "tomorrow"],
         "ROLE": ["commander", "communications", "scribe"],
         "SECTION": ["messages", "monitoring", "timeline", "technical", "narrative"],
         "SERVICE": ["checkout", "search", "nothing"], "S": ["checkout", "search"],
         "VERB": ["task", "retro"], "NAME": ["sql", "bank"], "20m": ["10m", "45m"]}
WORK = ["lead", "lead", "lead", "handoff @who", "handoff @who", "handoff @who", "accept",
        "accept", "accept", "decline", "page @who WHY",
        "page SERVICE WHY", "escalate WHY", "ack", "ack N", "ack N", "ack N @who", "cant",
        "cant N", "done N", "done N RESULT", "task @who WHAT", "task @who WHAT in 10m",
        "task @who WHAT in 2m", "task @who N", "role ROLE @who", "break 20m",
        "break 20m @who", "back", "release @who", "reopen WHY", "update in TEXT"]
ASKED = re.compile(r"muster @(\S+?)[>|].*`(accept|ack)`")
OFFERED = re.compile(r"muster (#\S+)> Task (\d+), (\w+)[,:].*Waits for")
ANSWERS = {"ack", "cant", "accept", "decline"}  # to the bot alone, without saying for what
FIXED = {"declare", "help"}  # the walk itself declares
SAID = re.compile(r"^\S+ muster (?P<place>[#@]\S+)(?: \((?:edit|to (?P<to>\S+))\))?[>|]")
NUDGE = re.compile(r"^(?P<at>\S+) muster (?P<place>#\S+)[>|].*!inc snooze")
MINUTE = datetime.timedelta(minutes=1)
SETTINGS = "directory: people.yaml\n"
DIRECTORY = """people:
  - {handle: ana, name: Ana Ito, team: shop, skills: [checkout], buddies: [ben]}
  - {handle: ben, name: Ben Roy, team: shop, zone: Europe/Oslo, phone: "+47 1"}
  - {handle: cem, name: Cem Kaya, skills: [search, bank]}
  - {handle: dia, name: Dia Lund, mentor: ana}
  - {handle: eli, name: Eli Voss}
services:
  - {name: checkout, team: shop, owners: [ana]}
  - {name: search}
rota:
  - {service: checkout, order: [ana, ben, cem], shift: 1d, from: "2026-03-02 09:00"}
"""


class Walk:
    """What is typed: lines with a clock of their own."""

    def __init__(self, seed, usages):
        self.random = random.Random(seed)
        self.usages = usages
        self.now = datetime.datetime(2026, 3, 12, 9, tzinfo=datetime.timezone.utc)
        self.incidents = []  # (number, channel, canary of a private one or None)
        self.labels = 0
        self.asked = []  # (who, where, what they may answer)

    def hear(self, said):
        """Whoever was asked may answer from now on."""
        for who, yes in ASKED.findall(said):
            no = "decline" if yes == "accept" else "cant"
            self.asked += [(who, "@muster", yes), (who, "@muster", no)]
        for channel, number, who in OFFERED.findall(said):
            self.asked += [(who, channel, f"!inc ack {number}"),
                           (who, channel, f"!inc done {number} ok")]
        self.asked = self.asked[-20:]

    def line(self, who, place, rest):
        self.now += datetime.timedelta(seconds=self.random.choice([1, 5, 20, 90, 400]))
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ} {who} {place}{rest}\n"

    def wait(self):
        self.now += datetime.timedelta(
            minutes=self.random.choice([3, 11, 40, 100, 600, 1200]))
        return f"{self.now:%Y-%m-%dT%H:%M:%SZ} .\n"

    def declare(self):
        number = len(self.incidents) + 1
        canary = f"canary{number}" if number % 2 == 0 else None
        who = self.random.choice(PEOPLE)
        private = "--private " if canary else ""
        title = canary or "trouble"
        channel = f"#inc-{number}-{title}"
        self.incidents.append((number, channel, canary))
        lines = self.line(who, "@muster>", f" declare {private}{title}")
        if canary:
            lines += "".join(self.line(who, f"{channel}>", f" !inc invite @{guest}")
                             for guest in self.random.sample(PEOPLE, 3))
        return lines

    def word(self, slot, phrase):
        if slot.startswith("@who"):
            return "@" + self.random.choice(PEOPLE)
        slot = self.random.choice(slot.split("·"))
        if slot in SLOTS:
            return self.random.choice(SLOTS[slot])
        if slot in ("N", "M"):
            return str(self.random.randint(1, 6))
        if slot == "inc-N":
            return f"inc-{self.random.randint(1, len(self.incidents) + 1)}"
        return phrase if slot.isupper() else slot

    def command(self, reference, phrase):
        """One usage line with something in each place of it."""
        usage = self.random.choice(self.random.choice([self.usages, WORK]))
        verb = re.match(r"(who can|followup done|retro (?:publish|outside|owner)|[a-z-]+)",
                        usage).group(1)
        rest = usage[len(verb):]
        rest = re.sub(r"\[([^]]*)\]", lambda found: self.random.choice(["", found[1]]), rest)
        if verb == "skill" or verb.startswith("who can"):
            phrase = "bank"  # what holds for everybody bears no secret
        words = [self.word(slot, phrase) for slot in rest.split()]
        first, *more = verb.split(" ")
        if reference and first in ANSWERS and not words and self.random.random() < 0.7:
            reference = ""
        return " ".join([first, *([reference] if reference else []), *more, *words])

    def speak(self):
        """Something a person does, inside or outside of some incident."""
        who = self.random.choice([*PEOPLE, *PEOPLE, OUTSIDER])
        number, channel, canary = self.random.choice(self.incidents[-3:])
        phrase = self.random.choice(PHRASES)
        if who != OUTSIDER and canary:
            phrase = f"{canary} {phrase}"
        way = self.random.random()
        if self.asked and way > 0.85:
            who, place, answer = self.random.choice(self.asked)
            return self.line(who, f"{place}>", f" {answer}")
        if way < 0.15:
            self.labels += 1
            return self.line(who, channel, f" [m{self.labels}]> {phrase}")
        if way < 0.25 and self.labels:
            label = f"m{self.random.randint(1, self.labels)}"
            emoji = self.random.choice(EMOJI)
            deed = self.random.choice([f"react {label} {emoji}>", f"delete {label}>",
                                       f"choose ^ {self.random.choice(['ack', 'cant'])}>"])
            return self.line(who, channel, f" {deed}")
        if way < 0.7:
            return self.line(who, channel, "> !inc " + self.command("", phrase))
        place = self.random.choice(PLACES)
        prefix = "" if place == "@muster" else "!inc "
        return self.line(who, place, f"> {prefix}" + self.command(f"inc-{number}", phrase))


class RandomVerbs(Roof):
    def setUp(self):
        super().setUp()
        self.put("people.yaml", DIRECTORY)
        self.settings = self.put("muster.yaml", SETTINGS)

    def say(self, text, *more):
        status, out, complaints = self.muster("console", "--config", self.settings, *more,
                                              text=text)
        lost = [line for line in complaints.splitlines() if "no message" not in line]
        self.assertEqual(lost, [])
        self.assertIn(status, (0, 1) if complaints else (0,))
        return out

    def usages(self):
        out = self.say("2026-03-12T08:00:00Z ana @muster> help all\n")
        found = re.findall(r"muster @ana\| `([^`]+)`", out)
        self.assertGreater(len(found), 80)
        return [usage for usage in found if usage.split()[0] not in FIXED]

    def rows(self, sql, *values):
        db = sqlite3.connect(self.store)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def check_commanders(self):
        holds = self.rows("SELECT incident_id, from_ms, to_ms FROM holds WHERE "
                          "role = 'commander' ORDER BY incident_id, from_ms, id")
        for before, after in zip(holds, holds[1:]):
            if before[0] == after[0]:
                self.assertIsNotNone(before[2], f"two lead inc-{before[0]}")
                self.assertLessEqual(before[2], after[1], f"two led inc-{before[0]}")

    def insiders(self, number):
        """Handles of whoever was let in, or was asked by somebody who is."""
        return {row[0] for row in self.rows(
            "SELECT handle FROM people WHERE id IN ("
            "SELECT person_id FROM members WHERE incident_id = ?1 UNION "
            "SELECT person_id FROM page_calls WHERE incident_id = ?1 UNION "
            "SELECT person_id FROM task_offers WHERE incident_id = ?1 UNION "
            "SELECT person_id FROM holds WHERE incident_id = ?1 UNION "
            "SELECT to_id FROM offers WHERE incident_id = ?1 UNION "
            "SELECT person_id FROM questions WHERE incident_id = ?1)", number)}

    def check_private(self, walk, said):
        for number, channel, canary in walk.incidents:
            if canary is None:
                continue
            insiders = self.insiders(number)
            for line in said.splitlines():
                found = SAID.match(line)
                if not re.search(rf"{canary}\b", line):
                    continue
                self.assertIsNotNone(found, line)
                reader = found["to"] or found["place"].lstrip("@")
                if found["place"] != channel:
                    self.assertIn(reader, insiders, f"not in inc-{number}: {line}")

    def check_pages(self):
        """Who has answered, or is not needed any more, is not called again."""
        self.assertEqual(self.rows(
            "SELECT p.incident_id, p.n, p.state FROM pages AS p JOIN page_calls AS c "
            "ON c.incident_id = p.incident_id AND c.n = p.n "
            "WHERE p.state <> 'open' AND (p.answered_ms IS NULL OR "
            "c.sent_ms > p.answered_ms)"), [])

    def check_nudges(self, said):
        """A channel hears at most one a minute."""
        self.assertEqual(self.rows(
            "SELECT a.incident_id, a.kind, b.kind, b.sent_ms FROM nudges AS a "
            "JOIN nudges AS b ON b.incident_id = a.incident_id AND b.id > a.id AND "
            "b.sent_ms < a.sent_ms + 60000 WHERE a.person_id = 0 AND b.person_id = 0"), [])
        last = {}
        for line in said.splitlines():
            found = NUDGE.match(line)
            if found:
                at = datetime.datetime.fromisoformat(found["at"].replace("Z", "+00:00"))
                before = last.get(found["place"])
                last[found["place"]] = at
                self.assertTrue(before is None or at - before >= MINUTE, line)

    def settled(self):
        """What only people change."""
        return (self.rows("SELECT incident_id, n, state, result FROM tasks "
                          "WHERE state NOT IN ('open', 'acked') ORDER BY 1, 2"),
                self.rows("SELECT incident_id, n, state, answered_by, answered_ms, "
                          "(SELECT COUNT(*) FROM page_calls AS c WHERE "
                          "c.incident_id = p.incident_id AND c.n = p.n) FROM pages AS p "
                          "WHERE state <> 'open' ORDER BY 1, 2"),
                self.rows("SELECT id, state, severity, title FROM incidents ORDER BY 1"),
                self.rows("SELECT incident_id, n, kind, text FROM factors"))

    def check_end(self, walk):
        self.assertEqual(self.rows("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.rows("PRAGMA foreign_key_check"), [])
        self.assertEqual(self.rows("SELECT id, kind FROM outbox WHERE done_ms IS NULL"), [])
        status, out, complaints = self.muster("verify", "--store", self.store)
        self.assertEqual((status, complaints), (0, ""), out)
        for number, _, _ in walk.incidents:
            for form in ("json", "md", "html"):
                status, _, complaints = self.muster("export", str(number), "--format",
                                                    form, "--store", self.store)
                self.assertEqual((status, complaints), (0, ""))

    def walk(self, seed):
        walk = Walk(seed, self.usages())
        self.store = self.path(f"walk-{seed}.db")
        fed, heard = "", ""
        for step in range(24):
            if step % 6 == 0:
                piece, is_quiet = walk.declare() + walk.declare(), False
            elif step % 3 == 2:
                piece, is_quiet = walk.wait(), True
            else:
                piece, is_quiet = "".join(walk.speak() for _ in range(35)), False
            before = self.settled() if is_quiet else None
            said = self.say(piece, "--store", self.store)
            fed, heard = fed + piece, heard + said
            walk.hear(said)
            self.check_commanders()
            self.check_private(walk, said)
            self.check_pages()
            if is_quiet:
                self.check_nudges(said)
                self.assertEqual(self.settled(), before)
        self.check_end(walk)
        self.assertEqual(self.say(fed, "--store", self.path(f"whole-{seed}.db")), heard)

    def test_rules_hold__whatever_is_typed(self):
        seeds = (1, 2)
        if "MUSTER_LONG" in os.environ:
            seeds = [secrets.randbelow(10**9) for _ in range(40)]
        if "MUSTER_SEED" in os.environ:
            seeds = [int(os.environ["MUSTER_SEED"])]
        for seed in seeds:
            print(f"MUSTER_SEED={seed}", flush=True)
            with self.subTest(seed=seed):
                self.walk(seed)


if __name__ == "__main__":
    unittest.main()
