"""A client's end of one WebSocket on this machine: texts out, texts in."""
import base64
import os
import socket
import struct

from wait import DEADLINE_S

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
WHOLE_MOST = 64 << 20


class WebSocket:
    def __init__(self, port, path, timeout_s=DEADLINE_S):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout_s)
        self.stream = self.socket.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
                            .encode())
        status = self.stream.readline()
        assert b" 101 " in status, status
        while self.stream.readline() not in (b"\r\n", b""):
            pass

    def close(self):
        self.stream.close()
        self.socket.close()

    def send(self, text, kind=TEXT):
        """In one frame, masked as a client must."""
        body, mask = text.encode() if isinstance(text, str) else text, os.urandom(4)
        if len(body) < 126:
            head = struct.pack("!BB", 0x80 | kind, 0x80 | len(body))
        else:
            head = struct.pack("!BBQ", 0x80 | kind, 0x80 | 127, len(body))
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(body))
        self.socket.sendall(head + mask + masked)

    def exactly(self, count):
        data = self.stream.read(count)
        if len(data) < count:
            raise ConnectionError("the other end went away")
        return data

    def frame(self):
        first, second = self.exactly(2)
        length = second & 0x7F
        if length == 126:
            length = struct.unpack("!H", self.exactly(2))[0]
        elif length == 127:
            length = struct.unpack("!Q", self.exactly(8))[0]
        assert length <= WHOLE_MOST, length
        return first & 0x0F, bool(first & 0x80), self.exactly(length)

    def receive(self):
        """The next text, of however many frames."""
        parts = []
        while True:
            kind, is_last, body = self.frame()
            if kind == CLOSE:
                raise ConnectionError("the other end closed")
            if kind == PING:
                self.send(body, PONG)
            elif kind != PONG:
                parts.append(body)
                if is_last:
                    return b"".join(parts).decode()
