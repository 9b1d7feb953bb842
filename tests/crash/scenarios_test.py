#!/usr/bin/env python3
"""scenarios_test.py MUSTER FOLDER   the store fails one call in each transcript of FOLDER.

Whoever was in that turn is told so, and all else is as if they had said nothing: the bot
says, and its store holds, what it does of the transcript without that line. Where nobody
was in it (an alarm, an outcome), nothing is missing at all. Which calls: some of each
transcript, the same in every run unless MUSTER_SEED draws others; with MUSTER_LONG every
seventh.
"""
import glob
import os
import random
import re
import sqlite3
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "scenario"))
from run import GOES_ON, Scenario, differences  # noqa: E402

STEP = 7 if os.environ.get("MUSTER_LONG") else 800
TIME = re.compile(r"(\S+( \d\S*)?) ")
LABELLED = re.compile(r"\S+( \d\S*)? +\S+ +[#@]\S* \[\w+\]>")
FAILED = re.compile("because a test asked it to|a call failed, so nothing of it is kept")
# What differs from run to run, and what was heard and sent: told apart by what was said.
LOOSE_TABLES = ("search", "sqlite_", "schema_", "inbox", "outbox", "memory")
LOOSE_COLUMNS = {"hash", "salt", "gone", "words", "writer", "recorded_ms"}


def held(path):
    """All that a store holds, a row a line."""
    rows = []
    with sqlite3.connect(path) as store:
        names = store.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in sorted(names):
            if table.startswith(LOOSE_TABLES):
                continue
            columns = ", ".join(row[1] for row in store.execute(f"PRAGMA table_info({table})")
                                if row[1] not in LOOSE_COLUMNS)
            rows += sorted(f"{table} {row}\n"
                           for row in store.execute(f"SELECT {columns} FROM {table}"))
        rows += [f"waits {row}\n" for row in store.execute(
            "SELECT lane, kind, body FROM outbox WHERE done_ms IS NULL ORDER BY lane, id")]
    return "".join(rows)


def run(scenario, lines, fail_after=0):
    """What was said and acked, what is held, and standard error."""
    os.environ["MUSTER_TEST_FAIL_AFTER"] = str(fail_after)
    with tempfile.TemporaryDirectory() as folder:
        store = os.path.join(folder, "muster.db")
        status, out, complaints = scenario.run(lines, "--store", store, "--acks", "1")
        if status not in (0, 1):
            print(f"{scenario.path}: exit status {status} at call {fail_after}\n{complaints}")
            sys.exit(1)
        out = out.splitlines(keepends=True)
        said = "".join(line for line in out if not line.strip().isdigit() and
                       "Not recorded" not in line)
        return {"said": said, "held": held(store), "complaints": complaints,
                "acked": {int(line) for line in out if line.strip().isdigit()},
                "is_told": any("Not recorded" in line for line in out)}


def without(lines, number):
    """As if that line had not been said, nor what goes on with it; its time passes."""
    left = list(lines)
    left[number - 1] = TIME.match(left[number - 1])[1] + " .\n"
    while number < len(left) and GOES_ON.match(left[number]):
        left[number] = "#\n"
        number += 1
    return left


def check(scenario, whole, at_call):
    """Is the call still in the transcript? And what is wrong."""
    found = run(scenario, scenario.fed, at_call)
    if not FAILED.search(found["complaints"]):
        return False, 0
    lost = sorted(whole["acked"] - found["acked"])
    if "muster: " in found["complaints"] and not found["acked"]:
        return True, 0  # it did not start
    expected = whole
    if lost:
        line = scenario.fed[lost[0] - 1]
        if LABELLED.match(line):
            return True, 0  # lines that name it would be refused
        expected = run(scenario, without(scenario.fed, lost[0]))
    what = f"{scenario.path}, call {at_call}: "
    wrong = differences(what + "said", expected["said"], found["said"])
    wrong += differences(what + "held", expected["held"], found["held"])
    if found["is_told"] != bool(lost) or found["acked"] != expected["acked"] - set(lost[:1]):
        print(f"{what}lines not acked: {lost}, told: {found['is_told']}")
        wrong += 1
    return True, wrong


def main():
    seed = os.environ.get("MUSTER_SEED", "1")
    wrong = calls = 0
    for path in sorted(glob.glob(os.path.join(sys.argv[2], "*.txt"))):
        if path.endswith("CMakeLists.txt"):
            continue
        scenario = Scenario(sys.argv[1], path)
        whole = run(scenario, scenario.fed)
        draw = random.Random(f"{seed} {os.path.basename(path)}")
        at_call, goes_on = 1 + draw.randrange(STEP), True
        while goes_on:
            goes_on, faults = check(scenario, whole, at_call)
            wrong, calls, at_call = wrong + faults, calls + goes_on, at_call + STEP
    print(f"{calls} calls")
    return 1 if wrong or calls < 100 else 0


sys.exit(main())
