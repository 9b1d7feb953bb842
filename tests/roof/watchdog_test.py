"""A service manager as systemd is one: a socket for datagrams, and what comes there."""
import signal
import socket
import subprocess
import unittest

from roof import MUSTER, Roof

DEADLINE_S = 60


class Watchdog(Roof):
    def listen(self, address):
        manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(manager.close)
        manager.bind(address)
        manager.settimeout(DEADLINE_S)
        return manager

    def start(self, **environment):
        """A bot whose Slack is not there: up all the same."""
        bot = subprocess.Popen(
            [MUSTER, "run", "--store", self.path("s.db")], stderr=subprocess.PIPE, text=True,
            env={**self.environment, "SLACK_API_URL": "http://127.0.0.1:9/api/",
                 "SLACK_APP_TOKEN": "xapp-1-a", "SLACK_BOT_TOKEN": "xoxb-1", **environment})
        self.addCleanup(bot.stderr.close)
        self.addCleanup(bot.wait)
        self.addCleanup(bot.kill)
        return bot

    def must_say(self, manager, *states):
        for state in states:
            self.assertEqual(manager.recv(100).decode(), state)

    def must_end(self, bot, manager):
        bot.send_signal(signal.SIGTERM)
        said = manager.recv(100)
        while said == b"WATCHDOG=1":
            said = manager.recv(100)
        self.assertEqual(said, b"STOPPING=1")
        self.assertEqual(bot.wait(DEADLINE_S), 0)

    def test_says_that_it_is_up_and_turns_and_ends(self):
        manager = self.listen(self.path("notify"))
        bot = self.start(NOTIFY_SOCKET=self.path("notify"), WATCHDOG_USEC="1000000")
        self.must_say(manager, "READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1")
        self.must_end(bot, manager)

    def test_is_heard_by_a_name_that_stands_on_no_disk(self):
        name = f"muster-{self.path('notify')}"
        manager = self.listen("\0" + name)
        bot = self.start(NOTIFY_SOCKET="@" + name)
        self.must_say(manager, "READY=1")
        self.must_end(bot, manager)

    def test_says_nothing_of_its_loop__when_another_process_is_watched(self):
        manager = self.listen(self.path("notify"))
        bot = self.start(NOTIFY_SOCKET=self.path("notify"), WATCHDOG_USEC="2000",
                         WATCHDOG_PID="1")
        self.must_say(manager, "READY=1")
        bot.send_signal(signal.SIGTERM)
        self.must_say(manager, "STOPPING=1")

    def test_runs__when_nobody_listens(self):
        bot = self.start(NOTIFY_SOCKET="vsock:2:1")
        while "can't be told" not in (line := bot.stderr.readline()):
            self.assertTrue(line)
        while "slack" not in (line := bot.stderr.readline()):
            self.assertTrue(line)
        self.assertIsNone(bot.poll())


if __name__ == "__main__":
    unittest.main()
