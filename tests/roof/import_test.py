"""muster import: whole or not at all, and never into a store that a bot holds."""
import os
import subprocess
import unittest

from roof import MUSTER, Roof

PEOPLE = "people: [{handle: tove, buddies: [wen]}, {handle: wen}]\nservices: [{name: checkout}]\n"


class Import(Roof):
    def test_people_are_known_afterwards(self):
        status, out, err = self.muster("import", self.put("p.yaml", PEOPLE),
                                       "--store", self.path("m.db"))
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(out, "The directory holds now: people 2, services 1.\n")
        _, out, _ = self.muster("console", "--store", self.path("m.db"),
                                text="2026-03-12 01:41:00 tove #ops> !inc buddy\n")
        self.assertIn("Your buddy: wen.", out)

    def test_nothing_is_kept_of_a_file_with_a_fault(self):
        self.muster("import", self.put("p.yaml", PEOPLE), "--store", self.path("m.db"))
        bad = self.put("bad.yaml", "people:\n- {handle: ana}\n- {handle: bo, mentor: cy}\n")
        status, out, err = self.muster("import", bad, "--store", self.path("m.db"))
        self.assertEqual((status, out), (1, ""))
        self.assertEqual(err, f'muster: {bad}:3: mentor: "cy" is the handle of nobody in '
                              "this file\n")
        _, out, _ = self.muster("console", "--store", self.path("m.db"),
                                text="2026-03-12 01:41:00 tove #ops> !inc buddy @ana\n"
                                     "01:42 tove #ops> !inc buddy\n")
        self.assertIn('I know no "ana".', out)
        self.assertIn("Your buddy: wen.", out)

    def test_all_that_is_wrong_is_told_at_once_and_nothing_is_kept(self):
        self.muster("import", self.put("p.yaml", PEOPLE), "--store", self.path("m.db"))
        bad = self.put("bad.yaml", "people:\n"
                                   "- {handle: ana, zone: Mars/Base}\n"
                                   "- {handle: bo, mentor: cy}\n"
                                   "- {handle: bo, mentor: cy, buddies: [bo, dee]}\n"
                                   "services:\n- {name: checkout, owners: [eve]}\n"
                                   "rota:\n- {service: basket, shift: often, order: [ana]}\n")
        wrong = [':2: zone: "Mars/Base" is no zone that is known here, like Europe/Oslo',
                 ':3: mentor: "cy" is the handle of nobody in this file',
                 ':4: handle: "bo" stands here a second time',
                 ':4: buddies: "bo" is their own handle: a buddy is somebody else',
                 ':4: mentor: "cy" is the handle of nobody in this file',
                 ':4: buddies: "dee" is the handle of nobody in this file',
                 ':6: owners: "eve" is the handle of nobody in this file',
                 ':8: service: "basket" is the name of no service in this file',
                 ':8: shift: "often" is no span like 12h, 1d or 1w']
        status, out, err = self.muster("import", bad, "--store", self.path("m.db"))
        self.assertEqual((status, out), (1, ""))
        self.assertEqual(err, "".join(f"muster: {bad}{line}\n" for line in wrong))
        _, out, _ = self.muster("console", "--store", self.path("m.db"),
                                text="2026-03-12 01:41:00 tove #ops> !inc buddy @ana\n")
        self.assertIn('I know no "ana".', out)

    def test_a_text_with_a_nul_is_refused__in_both_files(self):
        for escape in (r"\0", r"\x00", r"\u0000"):
            bad = self.put("bad.yaml", 'people:\n- {handle: bo}\n- {handle: "ana' + escape + 'x"}\n')
            status, out, err = self.muster("import", bad, "--store", self.path("m.db"))
            self.assertEqual((status, out), (1, ""))
            self.assertEqual(err, f"muster: {bad}:3: a text can't hold the character NUL\n")
            bad = self.put("muster.yaml", f'store: "{self.path("m.db")}{escape}y.db"\n')
            status, out, err = self.muster("verify", "--config", bad)
            self.assertEqual((status, out), (78, ""))
            self.assertEqual(err, f"muster: {bad}:1: a text can't hold the character NUL\n")
        self.assertFalse(os.path.exists(self.path("m.db")))

    def test_of_very_many_faults_the_first_are_told_and_the_rest_is_counted(self):
        bad = self.put("bad.yaml", "people:\n" + "- {handle: ana, zone: Mars}\n" * 300)
        status, _, err = self.muster("import", bad, "--store", self.path("m.db"))
        lines = err.splitlines()
        self.assertEqual((status, len(lines)), (1, 21))
        self.assertEqual(lines[20], "muster: and 579 more")

    def test_a_file_that_names_nobody_retires_nobody(self):
        self.muster("import", self.put("p.yaml", PEOPLE), "--store", self.path("m.db"))
        for text in ("", "# soon\n", "services: [{name: checkout}]\n", "people: []\n"):
            bad = self.put("bad.yaml", text)
            status, out, err = self.muster("import", bad, "--store", self.path("m.db"))
            self.assertEqual((status, out), (1, ""))
            self.assertEqual(err, f"muster: {bad} names nobody, and people are known by it: "
                                  "nothing was changed.\n")
        _, out, _ = self.muster("console", "--store", self.path("m.db"),
                                text="2026-03-12 01:41:00 tove #ops> !inc buddy\n")
        self.assertIn("Your buddy: wen.", out)

    def test_the_bot_comes_back_with_the_people_it_knows_when_the_file_has_a_fault(self):
        people = self.put("p.yaml", PEOPLE)
        config = self.put("m.yaml", f"directory: {people}\n")
        asked = "2026-03-12 01:41:00 tove #ops> !inc buddy\n"
        arguments = ["console", "--config", config, "--store", self.path("m.db")]
        self.muster(*arguments, text=asked)
        self.put("p.yaml", PEOPLE.replace("{handle: wen}", "{handle: wen, zone: Mars}"))
        status, out, err = self.muster(*arguments, text=asked)
        self.assertEqual(status, 0)
        self.assertIn(f'muster: {people}:1: zone: "Mars" is no zone', err)
        self.assertIn("Your buddy: wen.", out)
        arguments[-1] = self.path("new.db") # nobody is known there: the settings are wrong
        status, out, err = self.muster(*arguments, text=asked)
        self.assertEqual((status, out), (78, ""))

    def test_a_held_store_is_left_alone(self):
        people = self.put("p.yaml", PEOPLE)
        holder = subprocess.Popen([MUSTER, "console", "--store", self.path("m.db")],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  env=self.environment, text=True)
        with holder:
            holder.stdin.write("2026-03-12 01:41:00 tove #ops> !inc buddy\n")
            holder.stdin.flush()
            self.assertIn("No buddy yet", holder.stdout.readline())
            status, out, err = self.muster("import", people, "--store", self.path("m.db"))
            holder.stdin.close()
        self.assertEqual((status, out), (75, ""))
        self.assertIn(str(holder.pid), err)
        self.assertIn("SIGHUP", err)
        self.assertEqual(holder.returncode, 0)

    def test_wrong_usage_and_missing_files_have_their_own_status(self):
        status, _, err = self.muster("import", "--store", self.path("m.db"))
        self.assertEqual(status, 2)
        self.assertIn("muster import people.yaml", err)
        status, _, err = self.muster("import", "a", "b", "--store", self.path("m.db"))
        self.assertEqual(status, 2)
        status, _, err = self.muster("import", self.path("none"), "--store",
                                     self.path("m.db"))
        self.assertEqual(status, 1)
        self.assertIn("No such file", err)


if __name__ == "__main__":
    unittest.main()
