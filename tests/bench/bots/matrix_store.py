"""What the rival bots on Matrix share: where they are, and a store that is durable before
the bot goes on, as Muster's is."""
import os
import sqlite3

BASE, USER = os.environ["MATRIX_BASE"], os.environ["MATRIX_USER"]
PASSWORD = os.environ["MATRIX_PASSWORD"]
COMMAND = "!inc status"
FILTER = {"room": {"timeline": {"limit": 100}}}


class Store:
    def __init__(self):
        path = os.path.join(os.environ["BENCH_DIR"], "bot.db")
        self.db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, "
                        "message TEXT UNIQUE, room TEXT, sender TEXT, at INTEGER, text TEXT)")

    def keep(self, message, room, sender, at, text):
        """False where it was there."""
        done = self.db.execute("INSERT OR IGNORE INTO said (message, room, sender, at, text) "
                               "VALUES (?, ?, ?, ?, ?)", (message, room, sender, at, text))
        return done.rowcount > 0

    def status(self, room):
        count, = self.db.execute("SELECT count(*) FROM said WHERE room = ?", (room,)).fetchone()
        return f"{count} messages so far.\nNobody leads yet. Tasks: none."
