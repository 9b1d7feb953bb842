"""A proxy on loopback between the bot and a homeserver: it counts what passes, and can
lose the answer to what the server has done."""
import http.client
import http.server
import re
import threading

HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "proxy-connection"}


class Proxy:
    def __init__(self, port):
        self.lock = threading.Lock()
        self.rules = []  # [how many yet, method, pattern]
        self.passed, self.lost = [], []  # (method, path)
        handler = type("Handler", (Handler,), {"proxy": self, "port": port})
        self.server = Server(("127.0.0.1", 0), handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def lose(self, count, method, pattern):
        """The answers to the next `count` such requests."""
        with self.lock:
            self.rules.append([count, method, re.compile(pattern)])

    def loses(self, method, path):
        with self.lock:
            for rule in self.rules:
                if rule[0] > 0 and rule[1] == method and rule[2].search(path):
                    rule[0] -= 1
                    self.lost.append((method, path))
                    return True
        return False

    def note(self, method, path, status):
        with self.lock:
            self.passed.append((method, path, status))

    def count(self, method, pattern, status=None):
        with self.lock:
            return sum(1 for how, path, said in self.passed
                       if how == method and re.search(pattern, path)
                       and status in (None, said))

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request, client_address):
        pass  # a bot that is killed hangs up


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def pass_on(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            status, headers, answer = self.ask(body)
        except (OSError, http.client.HTTPException):
            self.close_connection = True  # as the server did
            return
        self.proxy.note(self.command, self.path, status)
        if self.proxy.loses(self.command, self.path):
            self.close_connection = True
            return
        try:
            self.answer(status, headers, answer)
        except OSError:
            self.close_connection = True

    do_GET = do_PUT = do_POST = do_DELETE = pass_on

    def ask(self, body):
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {name: value for name, value in self.headers.items()
                   if name.lower() not in HOP}
        try:
            server.request(self.command, self.path, body or None, headers)
            answer = server.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            server.close()

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            if name.lower() not in HOP | {"date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
