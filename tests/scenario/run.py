#!/usr/bin/env python3
"""run.py MUSTER SCENARIO.txt   feeds a transcript and compares what the bot says.

A scenario is a transcript with the bot's lines in it, as the console prints them:

    2026-11-22 03:10:30 ana #ops> !inc declare checkout fails
    2026-11-22T03:10:30Z muster #ops> inc-1 checkout fails is open. ...

What people say is fed, what the bot says is expected, in this order. NAME.yaml beside it
is used as settings. Remarks that begin with `#!` say what else is expected:

    #! exit 1              the exit status (0 where nothing is said)
    #! stderr line 3: ...  standard error holds this; without any, it is empty

It is run three times: whole, whole again on a store of its own, and cut at every line, one
process a line on one store. All must say the same bytes, and the lines must leave the same
record. UPDATE=1 writes what the bot says into the file.
"""
import difflib
import os
import re
import subprocess
import sys
import tempfile

SAID = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ muster [#@]")
GOES_ON = re.compile(r'^\S+( \d\S*)? +("[^"]*"|\S+) +[#@][^>|]*\|')
# The one thing that tells pieces apart: a message is called SESSION.LINE.
MESSAGE_ID = re.compile(r'("message": *)"\d+\.\d+"')


class Scenario:
    def __init__(self, muster, path):
        self.muster = muster
        self.path = path
        with open(path, encoding="utf-8", newline="") as file:
            lines = file.read().splitlines(keepends=True)
        self.fed = [line for line in lines if not SAID.match(line)]
        self.expected = "".join(line for line in lines if SAID.match(line))
        remarks = [line[2:].strip() for line in self.fed if line.startswith("#!")]
        words = [remark.partition(" ") for remark in remarks]
        self.status = next((int(rest) for word, _, rest in words if word == "exit"), 0)
        self.complaints = [rest for word, _, rest in words if word == "stderr"]
        settings = re.sub(r"\.txt$", ".yaml", path)
        self.settings = ["--config", settings] if os.path.exists(settings) else []

    def run(self, lines, *arguments, sanitizer=""):
        command = [self.muster, "console", *self.settings, *arguments]
        environment = {k: v for k, v in os.environ.items() if k != "MUSTER_STORE"}
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + sanitizer
        done = subprocess.run(command, input="".join(lines).encode(), env=environment,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def pieces(self):
        """A line each, with the remarks before it; a message and what goes on with it stay
        together."""
        piece, is_said = [], False
        for line in self.fed:
            if is_said and not GOES_ON.match(line):
                yield piece
                piece, is_said = [], False
            piece.append(line)
            is_said = is_said or not (line.startswith("#") or line.isspace())
        yield piece

    def record(self, store):
        """Everything that is exported, message ids apart."""
        records = []
        while True:
            command = [self.muster, "export", *self.settings, "--store", store,
                       str(len(records) + 1)]
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if done.returncode != 0:
                return "".join(records)
            records.append(MESSAGE_ID.sub(r"\1null", done.stdout.decode()))

    def update(self):
        """Puts each of the bot's lines behind the line that brought it about."""
        _, said, _ = self.run(self.fed, "--acks", "1")
        answers, number = {0: []}, 0
        for line in said.splitlines(keepends=True):
            if line.strip().isdigit():
                number = int(line)
            else:
                answers.setdefault(number, []).append(line)
        with open(self.path, "w", encoding="utf-8", newline="") as file:
            file.writelines(answers[0])
            for number, line in enumerate(self.fed, start=1):
                file.write(line)
                file.writelines(answers.get(number, []))


def differences(what, expected, found):
    if expected == found:
        return 0
    print(f"{what}:")
    sys.stdout.writelines(
        line if line.endswith("\n") else line + "\n"
        for line in difflib.unified_diff(expected.splitlines(keepends=True),
                                         found.splitlines(keepends=True),
                                         "expected", "found", n=2))
    return 1


def check_whole(scenario):
    status, said, complaints = scenario.run(scenario.fed)
    wrong = differences("the bot said something else", scenario.expected, said)
    if status != scenario.status:
        print(f"exit status {status}, expected {scenario.status}")
        wrong += 1
    for words in scenario.complaints:
        if words not in complaints:
            print(f"standard error lacks: {words}")
            wrong += 1
    if complaints and (wrong or not scenario.complaints):
        print("standard error:\n" + complaints)
        wrong += 1
    return wrong


def check_pieces(scenario):
    with tempfile.TemporaryDirectory() as folder:
        whole, cut = os.path.join(folder, "whole.db"), os.path.join(folder, "cut.db")
        _, again, _ = scenario.run(scenario.fed, "--store", whole)
        # The whole runs look for leaks; a look at the end of each line takes a fifth of it.
        said = "".join(scenario.run(piece, "--store", cut, sanitizer=":detect_leaks=0")[1]
                       for piece in scenario.pieces())
        return (differences("a second run said something else", scenario.expected, again) +
                differences("run in pieces, it said something else", scenario.expected, said) +
                differences("run in pieces, it recorded something else",
                            scenario.record(whole), scenario.record(cut)))


def main():
    scenario = Scenario(sys.argv[1], sys.argv[2])
    if os.environ.get("UPDATE"):
        scenario.update()
        return 0
    return 1 if check_whole(scenario) + check_pieces(scenario) else 0


if __name__ == "__main__":
    sys.exit(main())
