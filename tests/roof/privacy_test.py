"""Nobody outside a private incident learns that it is there.

What `help all` lists is tried on it by an outsider, verb by verb and form by form: so a
new verb is tried without a line here. Beside each number of the private incident stands
one that was never given; what the two get must be the same bytes but for the number.
"""
import re
import unittest

from roof import Roof, spelled

PRIVATE, NEVER = 23, 977
OUTSIDE = ["#shop", "@muster", "#inc-1-orders-stuck"]
CHANNEL = "#inc-23-a-leak"
SECRETS = ["leak", "inc-23", "fence", "vault"]

# inc-23 is private, with one of everything in it; the others are open to all.
BEFORE = "2026-03-12T09:00:00Z tove #shop> !inc declare orders stuck --service checkout\n"
BEFORE += "09:00 tove #shop> !inc declare mail is late\n" * (PRIVATE - 2)
BEFORE += f"""09:00 hanne @muster> declare --private a leak --service checkout
09:00 hanne {CHANNEL}> !inc lead
09:00 hanne {CHANNEL}> !inc task @hanne mend the fence
09:00 hanne {CHANNEL}> !inc note the vault is open
09:00 hanne {CHANNEL}> !inc update in the fence is down
09:00 hanne {CHANNEL}> !inc factor technical the fence was down
09:00 hanne {CHANNEL}> !inc followup @hanne a taller fence due 2026-03-20
09:00 hanne {CHANNEL}> !inc severity sev3 the fence
09:01 dani #shop> here
09:01 dani #inc-1-orders-stuck> here, too
"""
PEOPLE = """people:
  - {handle: hanne, name: Hanne Dal, team: ledger, skills: [vault]}
  - {handle: dani, name: Dani Holm}
  - {handle: tove, name: Tove Lind}
services:
  - {name: checkout}
rota: []
"""
def is_for_members(line):
    return re.match(rf"^\S+ muster ({CHANNEL}( \((edit|to hanne)\))?|@hanne)[|>]", line)


class Privacy(Roof):
    maxDiff = 4000

    def setUp(self):
        super().setUp()
        self.put("people.yaml", PEOPLE)
        self.settings = self.put("muster.yaml", "directory: people.yaml\n")

    def heard(self, lines):
        """What is said behind BEFORE to others than the members."""
        lines, said = "".join(lines), []
        for text in (BEFORE, BEFORE + lines):
            status, out, complaints = self.muster("console", "--config", self.settings,
                                                  text=text)
            self.assertEqual((status, complaints), (0, ""))
            said.append(out.splitlines())
        before, whole = said
        self.assertEqual(whole[:len(before)], before)
        return [line for line in whole[len(before):] if not is_for_members(line)]

    def usages(self):
        said = self.heard(["09:02 dani @muster> help all\n"])
        found = [re.match(r"^\S+ muster @dani[|>] `([^`]+)`", line) for line in said]
        usages = [usage.group(1) for usage in found if usage]
        verbs = {usage.split()[0] for usage in usages}
        self.assertTrue({"status", "task", "escalate", "factor", "note"} <= verbs, verbs)
        return usages

    def tried(self, places, reference, who="dani"):
        """A line for each way to write each verb, in each place."""
        usages = self.usages()
        for place in places:
            prefix = "" if place == "@muster" else "!inc "
            for usage in usages:
                for verb, words in spelled(usage):
                    line = f"{prefix}{verb} {reference} {words}".rstrip()
                    yield f"09:02 {who} {place}> {line}\n"

    def check_same(self, form, but="no verb"):
        answers = []
        for number in (PRIVATE, NEVER):
            said = self.heard(line for line in self.tried(OUTSIDE, form.format(number))
                              if not re.search(rf"> (!inc )?{but} ", line))
            answers.append([re.sub(rf"\b{number}\b", "N", line) for line in said])
        self.assertEqual(answers[0], answers[1])
        return answers[0]

    def test_reference_sounds_as_one_never_given(self):
        said = self.check_same("inc-{}")
        refused = [line for line in said if "There is no inc-N that you can see" in line]
        self.assertGreater(len(refused), 100)

    def test_bare_number_sounds_as_one_never_given(self):
        self.check_same("{}", but="timeline")  # there it is how many

    def test_outsider_hears_nothing_of_it(self):
        said = self.heard([*self.tried(OUTSIDE, ""),
                           "09:03 dani #shop> !inc declare pay --service checkout\n",
                           "09:03 dani @muster> list all\n"])
        for line in said:
            for secret in SECRETS:
                self.assertNotIn(secret, line)

    def test_member_elsewhere_is_answered_alone(self):
        again = f"09:02 hanne #shop> !inc reopen inc-{PRIVATE} for the next verb\n"
        lines = self.tried(["#shop"], f"inc-{PRIVATE}", "hanne")
        for line in self.heard(line + again for line in lines):
            if re.match(r"^\S+ muster #[^>|]*[a-z][>|]", line):
                for secret in SECRETS:
                    self.assertNotIn(secret, line)

    def test_its_channel_is_closed_to_every_verb(self):
        said = self.heard(self.tried([CHANNEL], ""))
        answers = {line.split("> ", 1)[1] for line in said if "(to dani)" in line}
        self.assertEqual(answers, {"This place is by invitation. Nothing was changed."})
        self.assertEqual([line for line in said if "(to dani)" not in line], [])

    def check_untold(self, lines, secrets=SECRETS):
        """What the others hear of these lines says nothing of it."""
        for line in self.heard(line + "\n" for line in lines):
            for secret in secrets:
                self.assertNotIn(secret, line)

    def test_who_left_hears_nothing_more(self):
        left = [f"09:01:30 hanne {CHANNEL}> !inc invite @dani\n",
                f"09:01:30 dani {CHANNEL}> !inc subscribe\n",
                f"09:01:30 hanne {CHANNEL}> !inc role scribe @dani\n",
                f"09:01:40 dani {CHANNEL} leave>\n"]
        asked = ["09:02 dani @muster> list mine\n", "09:02 dani @muster> search vault\n",
                 "09:02 dani @muster> search leak\n", "09:02 dani @muster> followups\n",
                 f"09:03 hanne {CHANNEL}> !inc resolve\n", "2026-03-13T11:00:00Z .\n"]
        known = len(self.heard(left))
        for line in self.heard([*left, *self.tried(["@muster"], ""), *asked])[known:]:
            for secret in SECRETS:
                self.assertNotIn(secret, line)

    def test_who_is_asked_or_called_learns_little(self):
        self.check_untold(["09:02 hanne @muster> ask inc-23 @dani is it you",
                           f"09:02 hanne {CHANNEL}> !inc followup 1 @dani"])
        self.check_untold([f"09:02 hanne {CHANNEL}> !inc done 1 the fence is mended",
                           f"09:02 hanne {CHANNEL}> !inc page @dani"], ["fence", "vault"])

    def test_the_other_of_two_does_not_name_it(self):
        self.check_untold([f"09:02 hanne {CHANNEL}> !inc related inc-1",
                           "09:02 dani #inc-1-orders-stuck> !inc status",
                           f"09:02 hanne {CHANNEL}> !inc duplicate-of inc-1"])
        self.check_untold([f"09:02 hanne {CHANNEL}> !inc resolve",
                           "09:02 hanne @muster> duplicate-of inc-1 inc-23"])


if __name__ == "__main__":
    unittest.main()
