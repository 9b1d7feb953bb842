"""A network of one's own: nothing in it reaches out, and nobody else reaches in."""
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1  # netdevice(7)
INSIDE = "MUSTER_PEER_INSIDE"
WAYS = (["unshare", "--net"], ["unshare", "--net", "--map-root-user"])


def loopback_up():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        answer = fcntl.ioctl(any_socket, SIOCGIFFLAGS, request)
        flags = struct.unpack("16sh14x", answer)[1] | IFF_UP
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags))


def enter():
    """Starts this program again inside, and returns there. Outside it returns only where
    no namespace can be made: then the reason, else None."""
    if os.environ.get(INSIDE):
        loopback_up()
        return None
    if shutil.which("unshare") is None:
        return "there is no unshare(1)"
    for way in WAYS:
        tried = subprocess.run(way + ["true"], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            os.environ[INSIDE] = "1"
            os.execvp(way[0], way + [sys.executable] + sys.argv)
    return tried.stderr.strip() or "unshare failed"
