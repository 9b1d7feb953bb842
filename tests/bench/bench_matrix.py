#!/usr/bin/env python3
"""bench_matrix.py --muster PATH [--quick]   Muster on Matrix beside rival bots, all on the
same Synapse in one run, in turn (A B C D A B C D ...).

For each bot: messages at a steady rate, each timed from the moment it is sent to the moment
it stands in the bot's database; then commands one after the other, each timed to the answer
that a client in the room sees; CPU time and memory from /proc. `bare` stores nothing and
answers at once: what the server itself takes. That differs from room to room, so Muster is
held against a `bare` that takes turns with it, as the same user in the same room. Exits 1
where a goal is not met."""
import argparse
import asyncio
import itertools
import json
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "peer"))
import pypi  # noqa: E402
from package import Unavailable  # noqa: E402

try:
    MAUTRIX = pypi.environment(HERE / "mautrix.txt")
    PYTHON = pypi.enter(HERE.parent / "peer" / "matrix.txt")
except Unavailable as error:
    sys.exit(f"bench matrix: {error}")
import aiohttp  # noqa: E402
from synapse import LIMITS_OFF, PASSWORD, Synapse, quote  # noqa: E402
from wait import until  # noqa: E402

RATE = 10  # messages a second: a quarter of what a Synapse on SQLite takes on an idle machine
CLIENT = "/_matrix/client/v3/"
FILTER = json.dumps({"room": {"timeline": {"limit": 100}}})
LATE_S = 20  # what a bot has not stored by then, it lost
TURNS = 4  # of Muster and `bare` in one room


class Somebody:
    """A client in the room that notes when it was shown what."""

    def __init__(self, session, base, login):
        self.session, self.base, self.id = session, base, login["user_id"]
        self.headers = {"Authorization": f"Bearer {login['access_token']}"}
        self.numbers = itertools.count()
        self.seen, self.joined, self.invited = {}, {}, {}  # event: (moment, sender); ...
        self.news = asyncio.Condition()

    async def call(self, method, path, body=None):
        async with self.session.request(method, self.base + CLIENT + path, json=body,
                                        headers=self.headers) as answer:
            said = await answer.json()
            assert answer.status == 200, (path, said)
            return said

    async def sync(self):
        since = ""
        while True:
            news = await self.call("GET", f"sync?timeout=30000&filter={quote(FILTER)}{since}")
            now = time.monotonic()
            since = "&since=" + quote(news["next_batch"])
            rooms = news.get("rooms", {})
            self.invited.update(rooms.get("invite", {}))
            for what in rooms.get("join", {}).values():
                for event in what.get("timeline", {}).get("events", []):
                    if event["type"] == "m.room.message":
                        self.seen[event["event_id"]] = (now, event["sender"])
                    elif event["type"] == "m.room.member":
                        self.joined[event["state_key"]] = event["content"]["membership"]
            async with self.news:
                self.news.notify_all()

    async def wait(self, condition, what):
        async with self.news:
            async with asyncio.timeout(60):
                await self.news.wait_for(condition)
        return what

    async def say(self, room, text):
        """(moment it was sent, event)."""
        begun = time.monotonic()
        path = f"rooms/{quote(room)}/send/m.room.message/{next(self.numbers)}"
        said = await self.call("PUT", path, {"msgtype": "m.text", "body": text})
        return begun, said["event_id"]


class Watch(threading.Thread):
    """Notes when a message appears in a bot's database."""

    def __init__(self, path, query):
        super().__init__(daemon=True)
        self.path, self.query, self.stored, self.is_over = path, query, {}, False

    def run(self):
        db = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None)
        last = 0
        while not self.is_over:
            for last, message in db.execute(self.query, (last,)).fetchall():
                self.stored[message] = time.monotonic()
            time.sleep(0.002)
        db.close()


class Bot:
    """`command` finds {dir} replaced; `query` gives (row, message) beyond a row."""

    def __init__(self, name, command, query=None, settings=None, asked="!inc status"):
        self.name, self.command = name, command
        self.query, self.settings, self.asked = query, settings, asked

    def start(self, folder, base, user):
        self.folder = folder
        if self.settings:
            (folder / "muster.yaml").write_text(
                self.settings.format(base=base, user=user, name=user[1:].split(":")[0]))
        environment = {name: value for name, value in os.environ.items()
                       if not name.lower().endswith("_proxy")}
        environment.update(MATRIX_BASE=base, MATRIX_USER=user, MATRIX_PASSWORD=PASSWORD,
                           BENCH_DIR=str(folder))
        with open(folder / "bot.log", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [word.replace("{dir}", str(folder)) for word in self.command],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu_s(self):
        """Of all its threads, to the nanosecond: clock_getcpuclockid(3) makes the same id."""
        return time.clock_gettime(~self.process.pid << 3 | 2)

    def rss_mib(self, kind="VmRSS"):
        """RssAnon is what no other program shares."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            for line in status:
                if line.startswith(kind + ":"):
                    return int(line.split()[1]) / 1024
        return None


def bots(muster):
    rival = "SELECT id, message FROM said WHERE id > ?"
    return [
        Bot("muster", [muster, "run", "--store", "{dir}/bot.db", "--config", "{dir}/muster.yaml"],
            "SELECT id, message FROM timeline WHERE id > ? AND kind = 'said' ORDER BY id",
            'matrix: {{homeserver_url: "{base}", user: "{user}", space: "space-{name}"}}\n'),
        Bot("nio", [PYTHON, str(HERE / "bots" / "matrix_nio.py")], rival),
        Bot("mautrix", [MAUTRIX, str(HERE / "bots" / "matrix_mautrix.py")], rival),
        Bot("bare", [PYTHON, str(HERE / "bots" / "matrix_bare.py")], asked="!bare status")]


async def room_of(bot, ana, ops):
    """Where the messages go: Muster's own incident, or the room itself."""
    if not bot.settings:
        return ops
    await ana.say(ops, f"!inc declare sev2 bench for {ana.id[1:].split(':')[0]}")
    await ana.wait(lambda: any("inc-" in json.dumps(state) for state in ana.invited.values()),
                   "the incident's room")
    room = next(room for room, state in ana.invited.items() if "inc-" in json.dumps(state))
    await ana.call("POST", f"join/{quote(room)}", {})
    return room


async def messages(bot, ana, room, count):
    """At a steady rate: one that is late does not hold up the next."""
    begun = time.monotonic()
    saying = []
    for number in range(count):
        await asyncio.sleep(max(0, begun + number / RATE - time.monotonic()))
        saying.append(asyncio.ensure_future(ana.say(room, f"message {number}, the pool is full")))
    return await asyncio.gather(*saying)


async def burst(ana, room, count):
    """As fast as the server takes them, from eight people at once."""
    async def talk(number):
        return [await ana.say(room, f"message {number}.{n}, the pool is full")
                for n in range(count // 8)]
    return sum(await asyncio.gather(*[talk(number) for number in range(8)]), [])


async def answered(bot, user, ana, room):
    """Milliseconds from a command to its answer."""
    known = set(ana.seen)
    sent, _ = await ana.say(room, bot.asked)

    def answer():
        return [moment for event, (moment, sender) in ana.seen.items()
                if sender == user and event not in known]
    await ana.wait(answer, "an answer")
    return (answer()[0] - sent) * 1000


async def commands(bot, user, ana, room, count):
    return [await answered(bot, user, ana, room) for _ in range(count)]


async def ready(bot, user, ana, room):
    """It was just started: asked until it answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            async with asyncio.timeout(1):
                await answered(bot, user, ana, room)
            return
        except TimeoutError:
            pass
    raise AssertionError(f"{bot.name} does not answer")


async def taking_turns(bot, folder, user, ana, room, count):
    """Milliseconds at p50, of a bot started for it."""
    bot.start(folder, ana.base, user)
    try:
        await ready(bot, user, ana, room)
        await commands(bot, user, ana, room, 5)
        return at(await commands(bot, user, ana, room, count), 50)
    finally:
        bot.stop()


async def beside_floor(bot, user, ana, room, count):
    """Muster and `bare` one after the other, several times: a machine drifts."""
    floor = bots(bot.command[0])[-1]
    pairs = []
    bot.stop()
    for _ in range(TURNS):
        least = await taking_turns(floor, bot.folder, user, ana, room, count)
        pairs.append((least, await taking_turns(bot, bot.folder, user, ana, room, count)))
    return {"in turn: answer ms": statistics.median(mine for _, mine in pairs),
            "in turn: bare's ms": statistics.median(least for least, _ in pairs),
            "in turn: above it": statistics.median(mine - least for least, mine in pairs)}


def at(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


async def stored_all(watch, said):
    """How many are not: a bot that fills no gaps loses what a sync leaves out."""
    end = time.monotonic() + LATE_S
    while any(event not in watch.stored for _, event in said) and time.monotonic() < end:
        await asyncio.sleep(0.01)
    return sum(event not in watch.stored for _, event in said)


async def measure(bot, server, number, much):
    folder = tempfile.TemporaryDirectory(prefix="muster-bench-")
    user = f"@{bot.name}{number}:localhost"
    server.register(f"{bot.name}{number}")
    login = server.register(f"ana-{bot.name}{number}")
    async with aiohttp.ClientSession() as session:
        ana = Somebody(session, server.base, login)
        syncing = asyncio.ensure_future(ana.sync())
        bot.start(pathlib.Path(folder.name), server.base, user)
        try:
            return await phases(bot, user, ana, much)
        except Exception:
            print((pathlib.Path(folder.name) / "bot.log").read_text()[-2000:], file=sys.stderr)
            raise
        finally:
            bot.stop()
            syncing.cancel()
            await asyncio.gather(syncing, return_exceptions=True)
            folder.cleanup()


async def phases(bot, user, ana, much):
    ops = (await ana.call("POST", "createRoom", {"name": "ops", "invite": [user]}))["room_id"]
    await ana.wait(lambda: ana.joined.get(user) == "join", "the bot to join")
    room = await room_of(bot, ana, ops)
    await messages(bot, ana, room, 20)
    await commands(bot, user, ana, room, 5)
    figures = {"RSS MiB": bot.rss_mib()}
    watch = Watch(bot.folder / "bot.db", bot.query) if bot.query else None
    if watch:
        watch.start()
    cpu = bot.cpu_s()
    said = await messages(bot, ana, room, much)
    await ana.wait(lambda: all(event in ana.seen for _, event in said), "all messages")
    lost = await stored_all(watch, said) if watch else 0
    figures["CPU ms a message"] = (bot.cpu_s() - cpu) * 1000 / much
    seen = [(ana.seen[event][0] - sent) * 1000 for sent, event in said]
    figures["seen by a client ms p50"] = at(seen, 50)
    if watch:
        took = [(watch.stored[event] - sent) * 1000 for sent, event in said
                if event in watch.stored]
        figures.update({"stored ms p50": at(took, 50), "stored ms p99": at(took, 99)})
    cpu = bot.cpu_s()
    said = await burst(ana, room, much)
    await ana.wait(lambda: all(event in ana.seen for _, event in said), "all messages")
    if watch:
        figures["not stored"] = lost + await stored_all(watch, said)
        watch.is_over = True
    figures["CPU ms a message, burst"] = (bot.cpu_s() - cpu) * 1000 / len(said)
    cpu = bot.cpu_s()
    took = await commands(bot, user, ana, room, much // 4)
    figures.update({"answer ms p50": at(took, 50), "answer ms p99": at(took, 99),
                    "CPU ms a command": (bot.cpu_s() - cpu) * 1000 / (much // 4),
                    "RSS MiB after": bot.rss_mib(),
                    "of it its own": bot.rss_mib("RssAnon")})
    if bot.settings:
        figures.update(await beside_floor(bot, user, ana, room, much // 4))
    return figures


def median(rounds, name, what):
    found = [figures[name].get(what) for figures in rounds]
    return statistics.median(found) if all(value is not None for value in found) else None


def ratio(rounds, rival, what):
    """Pair by pair: the machine is another in every round."""
    pairs = [figures["muster"][what] / figures[rival][what] for figures in rounds
             if figures[rival].get(what)]
    return statistics.median(pairs) if pairs else None


def show(value):
    return "-" if value is None else f"{value:.0f}" if value >= 100 else f"{value:.2f}"


def table(rounds):
    names = list(rounds[0])
    kinds = list(rounds[0]["muster"])
    print(f"\nmedians of {len(rounds)}, ratios pair by pair")
    print("".ljust(26) + "".join(name.rjust(10) for name in names)
          + "  of nio  of mautrix")
    for what in kinds:
        print(what.ljust(26) + "".join(show(median(rounds, name, what)).rjust(10)
                                       for name in names)
              + show(ratio(rounds, "nio", what)).rjust(8)
              + show(ratio(rounds, "mautrix", what)).rjust(12))


def goals(rounds):
    """Prints each with its verdict; False where one is not met."""
    above = median(rounds, "muster", "in turn: above it")
    lines = [("answer p50 above the server's own floor, ms", above, 5)]
    for rival in ("nio", "mautrix"):
        lines += [(f"CPU a message, of {rival}", ratio(rounds, rival, "CPU ms a message"), 0.1),
                  (f"CPU a message in a burst, of {rival}",
                   ratio(rounds, rival, "CPU ms a message, burst"), 0.1),
                  (f"CPU a command, of {rival}", ratio(rounds, rival, "CPU ms a command"), 0.1),
                  (f"RSS, of {rival}", ratio(rounds, rival, "RSS MiB after"), 1 / 6)]
    print()
    for goal, value, most in lines:
        print(f"{goal.ljust(46)}{show(value).rjust(8)}   <= {most:.3g}".ljust(68)
              + ("met" if value <= most else "NOT MET"))
    return all(value <= most for _, value, most in lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--muster", required=True)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    rounds, much = (1, 100) if options.quick else (3, 200)
    with tempfile.TemporaryDirectory(prefix="muster-bench-synapse-") as folder:
        server = Synapse(folder, LIMITS_OFF)
        try:
            server.start()
            found = []
            for number in range(rounds):
                found.append({})
                for bot in bots(options.muster):
                    print(f"round {number + 1} of {rounds}: {bot.name}", file=sys.stderr)
                    found[-1][bot.name] = asyncio.run(measure(bot, server, number, much))
        finally:
            server.stop()
    table(found)
    sys.exit(0 if goals(found) else 1)


if __name__ == "__main__":
    main()
