"""growth.py --muster PROGRAM   what a store that has grown costs.

One store holds 1,000 entries, the other 1,000,000: the same incident with a thousand
others beside it, one of them with 100,000. The grown one is made of copies of the small
one's rows, put in by SQL; what differs is the number at the end of each. Each command goes
to a console on the one and on the other in turn; times are from the line written to the
line recorded, its answer made. Medians of 25 for commands, of five for the rest. 1 where a
floor is not met. Both stores lie in memory where there is room: a disk's own time would
hide what grows.
"""
import argparse
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
ENTRIES, LONG_ENTRIES, ALL_ENTRIES = 1_000, 100_000, 1_000_000
COMMAND_RATIO, LONG_MS, RETRO_MS, SEARCH_MS, RSS_KIB = 1.3, 50, 1_000, 50, 20 * 1024
MEMORY, NEEDED_BYTES = "/dev/shm", 2 << 30
CHANNEL = "#inc-1-orders-stuck"
COMMANDS = ["status {}", "note {} the queue falls", "task {} @ben look at the logs",
            "tasks {}", "timeline {} last 10", "roles {}", "list", "who can sql",
            "severity {} sev2 orders wait", "catchup {}", "update {} in the queue falls"]
SEARCHES = ["number501", "callback deploy", "queue", "number7 batch", "zebra"]
WORDS = ("queue grows falls order orders bank callback deploy flag off on again looking "
         "at the database checkout is slow now twelve percent of users retry batch").split()


class Console:
    """The program on a store, fed line by line, each awaited until it is recorded."""

    def __init__(self, muster, store):
        read, write = os.pipe()
        self.child = subprocess.Popen(
            [muster, "console", "--store", store, "--acks", str(write)], pass_fds=(write,),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, bufsize=1)
        os.close(write)
        self.acks = os.fdopen(read)

    def wait(self, line):
        if not self.acks.readline():
            raise SystemExit(f"the bot stopped at: {line}")

    def say(self, line):
        """How long it took, in milliseconds. A line of passing time follows at once: a
        transcript waits for one that might go on with what was said."""
        begun = time.perf_counter()
        self.child.stdin.write(f"{line}\n{line[:5]} .\n")
        self.child.stdin.flush()
        self.wait(line)
        took = time.perf_counter() - begun
        self.wait(line)
        return took * 1000

    def peak_kib(self):
        with open(f"/proc/{self.child.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s*(\d+)", file.read())[1])

    def close(self):
        self.child.stdin.close()
        self.child.wait()
        self.acks.close()


def talk(count):
    """An incident with so many entries, people talking and a few commands."""
    yield "2026-03-12T09:00:00Z ana @muster> declare orders stuck"
    yield f"09:00 ana {CHANNEL}> !inc lead"
    yield f"09:00 ben {CHANNEL}> !inc factor technical one bad message stops a batch"
    for i in range(count - 20):
        words = " ".join(WORDS[(i * step) % len(WORDS)] for step in (1, 3, 5, 7, 11, 13, 17))
        yield (f"09:{i * 50 // count:02d}:{i % 60:02d} {'ben' if i % 3 else 'cem'} "
               f"{CHANNEL}> {words} number{i}")


def fill_small(muster, store):
    subprocess.run([muster, "console", "--store", store], text=True, check=True,
                   input="\n".join(talk(ENTRIES)) + "\n", stdout=subprocess.DEVNULL)


def columns(db, table, but):
    names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    return ", ".join(name for name in names if name not in but)


def fill_grown(small, grown):
    """Copies: incident 2 with 100,000 entries, the others with 1,000 each."""
    with sqlite3.connect(small) as db:
        db.execute("VACUUM INTO ?", (grown,))
    db = sqlite3.connect(grown)
    db.execute("PRAGMA synchronous = OFF")
    kept = columns(db, "incidents", ("id", "channel", "channel_name"))
    copied = columns(db, "timeline", ("id", "incident_id", "n", "at_ms", "message", "text"))
    own = db.execute("SELECT COUNT(*) FROM timeline").fetchone()[0]
    number = 1
    made = own
    while made < ALL_ENTRIES:
        number += 1
        times = LONG_ENTRIES // own if number == 2 else 1
        db.execute(f"INSERT INTO incidents (id, channel, channel_name, {kept}) SELECT ?1, "
                   f"'inc-' || ?1 || '-copy', 'inc-' || ?1 || '-copy', {kept} "
                   "FROM incidents WHERE id = 1", (number,))
        db.execute("INSERT INTO chains (incident_id, n, hash) SELECT ?, n * ?, hash "
                   "FROM chains WHERE incident_id = 1", (number, times))
        db.execute("INSERT INTO members (incident_id, person_id, joined_ms) SELECT ?, "
                   "person_id, joined_ms FROM members WHERE incident_id = 1", (number,))
        for turn in range(times):
            db.execute(
                f"INSERT INTO timeline (incident_id, n, at_ms, message, text, {copied}) "
                f"SELECT ?1, n + ?2 * (SELECT MAX(n) FROM timeline WHERE incident_id = 1),"
                f" at_ms + ?2, ?1 || '.' || ?2 || '.' || n, text || ' ' || (?1 * 1000 + ?2),"
                f" {copied} FROM timeline WHERE incident_id = 1", (number, turn))
        made += own * times
    db.execute("UPDATE incidents SET state = 'resolved' WHERE id > 2")
    db.commit()
    db.close()
    return made


def measure_commands(small, grown):
    """Of each command the medians on the small store, on the grown one, and there in
    the long incident; it goes to all of them in turn."""
    sides = ((small, "inc-1"), (grown, "inc-1"), (grown, "inc-2"))
    times = {command: ([], [], []) for command in COMMANDS}
    for turn in range(ROUNDS * 5):
        for command in COMMANDS:
            for side in range(turn, turn + len(sides)):
                console, incident = sides[side % len(sides)]
                line = command.format(incident)
                times[command][side % len(sides)].append(
                    console.say(f"10:{turn:02d} ana @muster> {line}"))
    return {command: [statistics.median(one) for one in took]
            for command, took in times.items()}


def report_commands(medians):
    """Each for itself: one that is slow must not hide among the others."""
    for command, (before, after, long) in medians.items():
        print(f"  {command.format('inc-N')}: {before:.2f} ms small, {after:.2f} ms grown, "
              f"{long:.2f} ms in {LONG_ENTRIES} entries")
    worst = max(medians, key=lambda command: medians[command][1] / medians[command][0])
    before, after, _ = medians[worst]
    met = report(f"a command, grown / small, the worst ({worst.format('inc-N')})",
                 after / before, COMMAND_RATIO, "")
    return report(f"a command in {LONG_ENTRIES} entries, the worst",
                  max(long for _, _, long in medians.values()), LONG_MS, " ms") and met


def verdict(met):
    return "met" if met else "NOT MET"


def report(name, value, floor, unit):
    met = value <= floor
    print(f"{name}: {value:.4g}{unit}, at most {floor:g}{unit}  {verdict(met)}")
    return met


def take_in(console, store):
    """Searches until all entries are in the index, as the bot does by itself in time."""
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        last = db.execute("SELECT MAX(id) FROM timeline").fetchone()[0]
        steps = []
        while db.execute("SELECT indexed_id FROM search_state").fetchone()[0] < last:
            steps.append(console.say("10:20 ana @muster> search number500"))
    print(f"  to take all entries into the index: {sum(steps) / 1000:.1f} s in {len(steps)} "
          f"searches, {max(steps):.0f} ms the longest")


def measure_searches(console):
    met = []
    for words in SEARCHES:
        took = statistics.median(console.say(f"10:21 ana @muster> search {words}")
                                 for _ in range(ROUNDS))
        met.append(report(f"search {words}", took, SEARCH_MS, " ms"))
    return all(met)


def measure_rss(console, when):
    return report(f"peak resident, {when}", console.peak_kib(), RSS_KIB, " KiB")


def measure(muster, folder):
    small, grown = os.path.join(folder, "small.db"), os.path.join(folder, "grown.db")
    fill_small(muster, small)
    made = fill_grown(small, grown)
    print(f"grown store: {made} entries, {os.path.getsize(grown) >> 20} MiB")
    one, many = Console(muster, small), Console(muster, grown)
    met = [report_commands(measure_commands(one, many)), measure_rss(many, "commands")]
    take_in(many, grown)
    met += [measure_rss(many, "index"), measure_searches(many),
            measure_rss(many, "searches")]
    times = [many.say("10:22 ana @muster> retro inc-2") for _ in range(ROUNDS)]
    met += [report(f"a retrospective of {LONG_ENTRIES} entries", statistics.median(times),
                   RETRO_MS, " ms"), measure_rss(many, "retrospective")]
    one.close()
    many.close()
    return all(met)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--muster", required=True)
    memory = MEMORY if os.path.isdir(MEMORY) and shutil.disk_usage(
        MEMORY).free > NEEDED_BYTES else None
    with tempfile.TemporaryDirectory(prefix="muster-growth-", dir=memory) as folder:
        return 0 if measure(parser.parse_args().muster, folder) else 1


sys.exit(main())
