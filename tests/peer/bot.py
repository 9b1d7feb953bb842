"""The program under test, as people start it."""
import contextlib
import json
import os
import signal
import sqlite3
import subprocess

from shared import Child
from wait import DEADLINE_S, until


class Bot(Child):
    """`secrets` go into its environment, `settings` are its muster.yaml."""

    def __init__(self, program, folder, settings, secrets):
        super().__init__("the bot", folder / "muster.log")
        self.program, self.folder = program, folder
        self.store = str(folder / "muster.db")
        self.settings = folder / "muster.yaml"
        self.settings.write_text(settings)
        self.environment = {
            name: value for name, value in os.environ.items()
            if not name.lower().endswith("_proxy")
            and name not in ("CREDENTIALS_DIRECTORY", "MUSTER_STORE")}
        self.environment.update(secrets)

    def start(self):
        self.launch([self.program, "run", "--store", self.store, "--config", self.settings],
                    env=self.environment)

    def kill_within(self, seconds):
        """Kills it then; that it ends before by itself is a fault."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return
        raise AssertionError(self.problem())

    def terminate(self):
        """Its exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=DEADLINE_S)

    def check(self):
        """Its exit status and what it says; changes nothing, also beside a bot."""
        done = subprocess.run([self.program, "check", "--store", self.store, "--config",
                               self.settings], capture_output=True, text=True,
                              env=self.environment, timeout=DEADLINE_S, check=False)
        return done.returncode, done.stdout + done.stderr

    def verify(self):
        """Its exit status and what it says of the timelines' chains."""
        done = subprocess.run([self.program, "verify", "--store", self.store],
                              capture_output=True, text=True, env=self.environment,
                              timeout=DEADLINE_S, check=False)
        return done.returncode, done.stdout + done.stderr

    def keeps(self, words):
        """How many entries of the timelines hold the words, or held them before an edit."""
        return self.number("SELECT COUNT(*) FROM (SELECT text FROM timeline UNION ALL SELECT "
                           "text FROM timeline_changes) WHERE text LIKE ?", f"%{words}%")

    def knows(self, name):
        """Whether somebody goes by that name here; till then it is the platform's id."""
        return self.number("SELECT COUNT(*) FROM people WHERE handle = ?", name) > 0

    def rests(self):
        """Whether each of its wishes has its answer: a kill repeats the one that has not."""
        return self.number("SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL") == 0

    def number(self, query, *words):
        with contextlib.closing(sqlite3.connect(self.store)) as store:
            return store.execute(query, words).fetchone()[0]

    def export(self, ref):
        done = subprocess.run([self.program, "export", ref, "--store", self.store],
                              capture_output=True, text=True, env=self.environment,
                              timeout=DEADLINE_S, check=False)
        assert done.returncode == 0, (done.returncode, done.stderr)
        return json.loads(done.stdout)


class SlackBot(Bot):
    """Its start ends when this Slack has it on the line."""

    def __init__(self, program, folder, slack, settings=""):
        super().__init__(program, folder, f'announce_outside: "#shop-status"\n{settings}', {
            "SLACK_APP_TOKEN": "xapp-peer", "SLACK_BOT_TOKEN": "xoxb-peer",
            "SLACK_API_URL": f"{slack.base}/api/"})
        self.slack = slack

    def start(self):
        hellos = self.connections()
        super().start()
        until(lambda: self.connections() > hellos, "the bot to connect",
              problem=self.problem)

    def connections(self):
        return sum("socket connected" in entry["summary"] for entry in self.slack.log())


class MatrixBot(Bot):
    """`base` is a homeserver's address, or that of a proxy before it."""

    def __init__(self, program, folder, base, login, *, password, number, settings="", more=""):
        super().__init__(program, folder, f"""
announce: "#incidents{number}"
announce_outside: "#shop-status{number}"
{settings}
matrix:
  homeserver_url: {base}
  user: "{login["user_id"]}"
  space: "space{number}"
  {more}
""", {"MATRIX_PASSWORD": password})
        self.id = login["user_id"]
