#!/usr/bin/env python3
"""every_call_test.py EVERY_CALL FOLDER   every_call says of each transcript in FOLDER what it says.

Its store fails calls all the time, each from another place in the program; what was to be done
is done again. With MUSTER_LONG calls fail on every way to such a place, and not once in all.
"""
import concurrent.futures
import glob
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scenario"))
from run import Scenario, check_whole  # noqa: E402

FEWEST = 2000  # places; else nothing failed
PLACE_BYTES = 8


def failed_places(path):
    with open(path, "rb") as file:
        held = file.read()
    return sum(any(held[at:at + PLACE_BYTES]) for at in range(0, len(held), PLACE_BYTES))


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MUSTER_TEST_PLACES"] = places = os.path.join(folder, "places")
        scenarios = [Scenario(sys.argv[1], path)
                     for path in sorted(glob.glob(os.path.join(sys.argv[2], "*.txt")))
                     if not path.endswith("CMakeLists.txt")]
        with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
            wrong = [s.path for s, is_wrong in zip(scenarios, pool.map(check_whole, scenarios))
                     if is_wrong]
        count = failed_places(places)
    print(f"failed in {count} places; wrong: {wrong}")
    return 1 if wrong or count < FEWEST else 0


sys.exit(main())
