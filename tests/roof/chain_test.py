"""The chain as others see it: verify and forget as programs, and every hash computed
anew from what store/chain.h says, without a line of the bot's."""
import hashlib
import os
import re
import sqlite3
import struct
import unittest

from roof import Roof

SAID = """2026-03-12T09:00:00Z tove #shop> !inc declare orders stuck
09:01 tove #inc-1-orders-stuck [m1]> the vault is at pike4711
09:02 dani #inc-1-orders-stuck [m2]> looking
09:03 tove #inc-1-orders-stuck edit m1> the vault is closed
09:04 dani #inc-1-orders-stuck delete m2>
09:05 tove #inc-1-orders-stuck> !inc task @dani count the pike4711 orders
09:06 tove #inc-1-orders-stuck> !inc note all at pike4711
09:06 tove @muster> feel inc-1 calm until pike4711
09:06 dani #inc-1-orders-stuck> !inc search closed
09:07 tove #inc-1-orders-stuck> !inc drop 7
09:08 dani @muster> feel inc-1 worn out
"""


def digest(*fields):
    sha = hashlib.sha256()
    for field in fields:
        if field is None:
            sha.update(b"n")
        elif isinstance(field, int):
            sha.update(b"i" + struct.pack(">q", field))
        else:
            sha.update(b"t" + struct.pack(">q", len(field.encode())) + field.encode())
    return sha.hexdigest()


def words(row):
    return row["gone"] or digest(row["salt"], row["length_bytes"] or 0, row["text"])


class Chain(Roof):
    def setUp(self):
        super().setUp()
        self.store = self.path("muster.db")
        self.assertEqual(self.muster("console", "--store", self.store, text=SAID)[0], 0)

    def connect(self):
        db = sqlite3.connect(self.store)
        self.addCleanup(db.close)
        db.row_factory = sqlite3.Row
        return db

    def check_by_hand(self):
        """The same walk, in another language."""
        db, link = self.connect(), ""
        changes = db.execute("SELECT * FROM timeline_changes ORDER BY id").fetchall()
        for entry in db.execute("SELECT * FROM timeline ORDER BY n").fetchall():
            edits = [c for c in changes
                     if c["entry_id"] == entry["id"] and c["what"] == "edit"]
            link = digest(link, "entry", entry["incident_id"], entry["n"], entry["at_ms"],
                          entry["recorded_ms"], entry["kind"], entry["person_id"] or 0,
                          entry["adapter"], entry["channel"], entry["message"],
                          entry["thread"], entry["subject"] or 0,
                          words((edits + [entry])[0]))
            self.assertEqual(link, entry["hash"])
            for before, after in zip(edits, (edits + [entry])[1:]):
                self.assertEqual(before["words"], words(after))
            for change in changes:
                if change["after_n"] == entry["n"]:
                    of = db.execute("SELECT n FROM timeline WHERE id = ?",
                                    (change["entry_id"],)).fetchone()["n"]
                    link = digest(link, change["what"], change["incident_id"], of,
                                  change["at_ms"], change["words"],
                                  *filter(None, [change["event"]]))
                    self.assertEqual(link, change["hash"])
        self.assertEqual(link, db.execute("SELECT hash FROM chains").fetchone()[0])
        return len(changes)

    def test_the_chain_is_as_it_is_described(self):
        self.assertEqual(self.check_by_hand(), 3)
        status, out, complaints = self.muster("verify", "--store", self.store)
        self.assertEqual((status, complaints), (0, ""))
        self.assertRegex(out, r"^Proved: incidents 1, entries \d+, changes of entries 3, "
                              r"entries without their words 1, faults 0\.\n"
                              r"Digest of all chains as they end now: [0-9a-f]{64}\n$")

    def test_verify_names_what_was_altered(self):
        db = self.connect()
        db.execute("UPDATE timeline SET text = 'nothing to see' WHERE kind = 'task'")
        db.commit()
        status, out, _ = self.muster("verify", "--store", self.store)
        self.assertEqual(status, 1)
        self.assertRegex(out, r"FAULT  inc-1, entry \d+: it is not as it was recorded\n"
                              r"Not proved: .* faults 1\.")

    def test_forget_leaves_nothing_and_the_chain_holds(self):
        status, out, complaints = self.muster("forget", "@Tove", "--store", self.store)
        self.assertEqual((status, complaints), (0, ""))
        self.assertRegex(out, r"^The words of tove are taken out: timeline entries \d+, "
                              r"elsewhere \d+\.")
        for name in os.listdir(self.folder.name):
            if name.startswith("muster.db"):
                with open(self.path(name), "rb") as file:
                    self.assertFalse(b"pike4711" in file.read(), name)
        self.check_by_hand()
        status, out, _ = self.muster("verify", "--store", self.store)
        self.assertEqual(status, 0)
        self.assertGreater(int(re.search(r"their words (\d+)", out)[1]), 4)
        for form in ("json", "md"):
            status, out, _ = self.muster("export", "1", "--format", form,
                                         "--store", self.store)
            self.assertEqual(status, 0)
            self.assertNotIn("pike4711", out)
            self.assertIn("dani", out)

    def test_forget_takes_the_feelings_of_one_person(self):
        people = self.put("people.yaml", "people: [{handle: tove, name: Tove Lind}]")
        self.assertEqual(self.muster("import", people, "--store", self.store)[0], 0)
        copy = self.put("muster.db.before-3", "")
        status, out, _ = self.muster("forget", "Tove Lind", "--store", self.store)
        self.assertEqual(status, 0)
        self.assertIn("The words of tove are taken out: timeline entries 8, ", out)
        self.assertIn("A copy from before a migration still holds them: " + copy, out)
        db = self.connect()
        texts = [row["text"] for row in
                 db.execute("SELECT text FROM timeline WHERE kind = 'feeling' ORDER BY n")]
        self.assertEqual(texts, ["", "worn out"])
        self.assertEqual(db.execute("SELECT COUNT(*) FROM feelings").fetchone()[0], 1)

    def test_forget_says_that_the_log_still_holds_them__while_somebody_reads(self):
        db = self.connect()
        db.execute("BEGIN")
        db.execute("SELECT COUNT(*) FROM timeline").fetchone()
        status, out, complaints = self.muster("forget", "tove", "--store", self.store)
        self.assertEqual((status, out), (1, ""))
        self.assertIn("somebody still reads the store", complaints)

    def test_forget_wants_somebody_it_knows(self):
        self.assertEqual(self.muster("forget", "--store", self.store)[0], 2)
        status, out, complaints = self.muster("forget", "tovve", "--store", self.store)
        self.assertEqual((status, out), (1, ""))
        self.assertEqual(complaints, 'muster: I know no "tovve". Near: tove. Nothing was '
                                     'changed.\n')
        self.assertEqual(self.check_by_hand(), 3)


if __name__ == "__main__":
    unittest.main()
