"""A directory that the store could not keep is not taken for read."""
import unittest

from roof import Roof

PEOPLE = """people:
  - {handle: tove, zone: Europe/Oslo}
services:
  - {name: checkout}
rota:
  - {service: checkout, order: [tove], shift: 1w, from: "2026-03-02 09:00"}
"""
LINES = "2026-03-12 03:10:00 ana #ops> !inc oncall checkout\n"


class DirectoryKept(Roof):
    def run_failing_at(self, call):
        return self.muster("console", "--config", self.path("muster.yaml"), text=LINES,
                           MUSTER_TEST_FAIL_AFTER=str(call))

    def test_nobody_is_served_without_it__whichever_call_of_the_store_fails(self):
        self.put("people.yaml", PEOPLE)
        self.put("muster.yaml", "directory: people.yaml\n")
        refused, call, status = 0, 1, 1
        while status == 1 and call < 1000:
            status, said, complaints = self.run_failing_at(call)
            if said:
                break
            self.assertEqual(status, 1, complaints)
            self.assertRegex(complaints, r"(?m)^muster: ")
            refused, call = refused + 1, call + 1
        self.assertGreater(refused, 10)
        # From here on the line itself is what was not recorded, and then nothing is.
        for call in range(call, call + 25):
            _, said, _ = self.run_failing_at(call)
            if "Not recorded" not in said:
                self.assertIn("tove", said, call)


if __name__ == "__main__":
    unittest.main()
