"""Synapse, the homeserver most people run: one process, SQLite, on a free loopback port."""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import signal
import socket
import sys
import urllib.error
import urllib.parse
import urllib.request

from shared import Child
from wait import DEADLINE_S, until

NAME = "localhost"  # the part of every id behind the colon
SECRET = "peer-secret"
START_S = 300  # where other tests hold both cores, the first start takes its time
PASSWORD = "pw-of-a-peer"

OFF = {"per_second": 9999, "burst_count": 9999}
# Settings of one suite, laid over the common ones.
LIMITS_DEFAULT = {}
LIMITS_OFF = {
    "rc_message": OFF, "rc_registration": OFF,
    "rc_login": {"address": OFF, "account": OFF, "failed_attempts": OFF},
    "rc_admin_redaction": OFF, "rc_joins": {"local": OFF, "remote": OFF},
    "rc_joins_per_room": OFF, "rc_invites": {"per_room": OFF, "per_user": OFF, "per_issuer": OFF},
    "rc_3pid_validation": OFF, "rc_third_party_invite": OFF, "rc_media_create": OFF,
    "rc_presence": {"per_user": OFF}, "rc_delayed_event_mgmt": OFF, "rc_reports": OFF,
    "rc_room_creation": OFF, "rc_user_directory": OFF}
TOKENS_SHORT = {"refreshable_access_token_lifetime": "5s"}

# Whatever proxy the machine has: it knows nothing of this server.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"status {status}: {body}")
        self.status, self.errcode = status, body.get("errcode")


class Synapse(Child):
    """`settings` stand over the common ones, in the order given."""

    def __init__(self, folder, *settings, port=None):
        self.folder = pathlib.Path(folder)
        self.port = port or free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        super().__init__("Synapse", self.folder / "synapse.log")
        (self.folder / "signing.key").write_text(
            "ed25519 a_peer " + base64.b64encode(os.urandom(32)).decode().rstrip("=") + "\n")
        (self.folder / "log.yaml").write_text(json.dumps(logging_of(self.log_path)))
        self.write(settings)

    def write(self, settings):
        """What the next start reads. JSON is YAML."""
        held = common(self.folder, self.port)
        for more in settings:
            held.update(more)
        (self.folder / "homeserver.yaml").write_text(json.dumps(held, indent=1))

    def start(self):
        self.launch([sys.executable, "-m", "synapse.app.homeserver", "-c",
                     str(self.folder / "homeserver.yaml")], cwd=self.folder)
        await_up(self, "/health")
        return self

    def terminate(self):
        self.process.terminate()
        self.process.wait(timeout=DEADLINE_S)

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    # What its API and its administrators' API do.

    def call(self, method, path, body=None, token=None):
        return call(self.base, method, path, body, token)

    def register(self, localpart, is_admin=False):
        return register(self, localpart, is_admin, SECRET)

    def default_room_version(self, token):
        held = self.call("GET", "/_matrix/client/v3/capabilities", token=token)
        return held["capabilities"]["m.room_versions"]["default"]


def await_up(server, path):
    def is_up():
        try:
            with opener.open(server.base + path, timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False
    until(is_up, f"{server.name} to answer", START_S, server.problem)


def register(server, localpart, is_admin, secret):
    """By the shared secret. What a login answers: user_id, access_token, device_id."""
    path = "/_synapse/admin/v1/register"
    nonce = server.call("GET", path)["nonce"]
    words = [nonce, localpart, PASSWORD, "admin" if is_admin else "notadmin"]
    mac = hmac.new(secret.encode(), "\0".join(words).encode(), hashlib.sha1).hexdigest()
    return server.call("POST", path, {"nonce": nonce, "username": localpart, "mac": mac,
                                      "password": PASSWORD, "admin": is_admin})


def call(base, method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data, headers, method=method)
    try:
        with opener.open(request, timeout=DEADLINE_S) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            raise Refused(error.code, json.loads(error.read() or b"{}")) from None


def quote(part):
    return urllib.parse.quote(part, safe="")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def common(folder, port):
    return {
        "server_name": NAME, "report_stats": False, "pid_file": str(folder / "pid"),
        "listeners": [{"port": port, "type": "http", "tls": False, "x_forwarded": False,
                       "bind_addresses": ["127.0.0.1"],
                       "resources": [{"names": ["client"], "compress": False}]}],
        "public_baseurl": f"http://127.0.0.1:{port}/",
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "media_store_path": str(folder / "media"), "log_config": str(folder / "log.yaml"),
        "signing_key_path": str(folder / "signing.key"), "macaroon_secret_key": SECRET,
        "form_secret": SECRET, "registration_shared_secret": SECRET,
        "trusted_key_servers": [], "suppress_key_server_warning": True, "bcrypt_rounds": 4,
        "presence": {"enabled": False}, "caches": {"sync_response_cache_duration": 0}}


def logging_of(path):
    return {"version": 1, "disable_existing_loggers": False,
            "formatters": {"plain": {"format": "%(asctime)s %(name)s %(levelname)s %(message)s"}},
            "handlers": {"file": {"class": "logging.FileHandler", "filename": str(path),
                                  "formatter": "plain"}},
            "root": {"level": os.environ.get("SYNAPSE_LOG", "WARNING"), "handlers": ["file"]}}
