"""Programs of the npm registry, fetched once, checked by their hash, kept outside the tree."""
import base64
import hashlib
import io
import os
import pathlib
import tarfile
import tempfile
import urllib.request

REGISTRY = (os.environ.get("npm_config_registry") or os.environ.get("NPM_CONFIG_REGISTRY")
            or "https://registry.npmjs.org/")
FETCH_S = 180


class Unavailable(Exception):
    """Why the package is not here; no fault of the program under test."""


def cache():
    home = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(home) / "muster-tests"


def download(name, version, sha512):
    url = f"{REGISTRY.rstrip('/')}/{name}/-/{name}-{version}.tgz"
    try:
        with urllib.request.urlopen(url, timeout=FETCH_S) as answer:
            archive = answer.read()
    except OSError as error:
        raise Unavailable(f"{url}: {error}") from error
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    if found != sha512:
        raise ValueError(f"{url}: its SHA-512 is {found}, not {sha512}")
    return archive


def fetch(name, version, sha512, program):
    """The path of `program` in the package; downloads it where the cache has none. It
    appears under its name only when it is whole, so that two runs may fetch at once."""
    place = cache() / f"{name}-{version}"
    if not place.exists():
        archive = download(name, version, sha512)
        try:
            keep(archive, program, place)
        except OSError as error:
            raise Unavailable(f"{place}: {error}") from error
    return place


def keep(archive, program, place):
    place.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        content = tar.extractfile(f"package/{program}").read()
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o755)
    os.rename(file.name, place)
