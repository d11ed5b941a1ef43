"""Reading a file whole, and replacing it whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from convenings.domain.errors import BadInput

if TYPE_CHECKING:
    import filelock

Signature = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, inode: what tells one state of a file from the next."""

LOCK_SECONDS = 30.0
"""How long a writer waits for another one before it gives up: somewhat longer than the save of a million records."""
POLL_SECONDS = 0.005
"""How long a writer that waits sleeps before it tries again."""
PRIVATE = 0o600
"""Permissions of a file that only its owner may read."""
MARK = ".convenings"
"""Stands in the name of every file that is put beside one that is saved: whatever else is there is the user's own."""
_RACE_SECONDS = 0.25
"""How long a lock may be one that may not be written, as its file gets its permissions after its name."""
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def signature(path: Path) -> Signature | None:
    """What identifies the present state of a file; nothing where there is none."""
    try:
        return _signature(path.stat())
    except (OSError, ValueError):
        return None


def read(path: Path) -> tuple[bytes, Signature]:
    """The bytes of a file and the signature of the state they were read in.

    Needs no lock and no permission to write, and creates nothing.

    Raises:
        BadInput: there is no such file, it is not a regular one, or it may not be read.
    """
    file = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise BadInput("this is a folder, not a file", file=file, hint="give the path of a file in it")
        if not stat.S_ISREG(mode):
            raise BadInput("this is not a regular file", file=file, hint="save it as a file first")
        with path.open("rb") as handle:
            return handle.read(), _signature(os.fstat(handle.fileno()))
    except FileNotFoundError as error:
        raise BadInput("there is no such file", file=file, hint="check the path") from error
    except PermissionError as error:
        hint = "allow yourself to read it, or copy it to a folder of your own"
        raise BadInput("the file may not be read", file=file, hint=hint) from error
    except (OSError, ValueError) as error:
        raise BadInput(f"the file cannot be read ({_reason(error)})", file=file, hint="check the path") from error


def content_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes in hexadecimal digits, read a piece at a time.

    Raises:
        OSError: it cannot be read.
    """
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace(path: Path, *data: bytes | memoryview, backup: bool = True, mode: int | None = None) -> Signature:
    """Replace a file by new bytes so that whoever looks finds the old file or the new one, whole, whatever happens.

    The bytes go to ``NAME.convenings.tmp`` in the same folder and to the disk before they take the name. A symbolic
    link is followed; permissions, group and extended attributes of the file stay, and its owner where that can be. The
    caller holds :func:`locked`.

    Args:
        path: the file.
        data: what it is to hold, in one part or in several that follow each other.
        backup: keep what it held as ``NAME.convenings.bak``.
        mode: permissions that it is to have, whatever it had.

    Returns:
        What identifies the state that was written.

    Raises:
        BadInput: the disk is full or the file or folder may not be written; the old file is untouched.
    """
    target = _target(path)
    temporary = _beside(target, ".tmp")
    try:
        former = _status(target)
        if former is not None:
            _refuse_unwritable(target, former)
        # What a killed writer left; "x" below then refuses a link that somebody put there meanwhile.
        temporary.unlink(missing_ok=True)
        opener = private_opener if former is not None or mode is not None else None
        with open(temporary, "xb", opener=opener) as handle:
            handle.writelines(data)
            handle.flush()
            os.fsync(handle.fileno())
            new_state = _signature(os.fstat(handle.fileno()))
        if former is not None:
            permissions = _make_alike(temporary, target, former)
            temporary.chmod(permissions if mode is None else mode)
            if backup:
                _back_up(target)
        elif mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    # Also for ctrl+c: half a temporary file is of no use to anybody.
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, (OSError, ValueError)):
            raise unwritable(path, error) from error
        raise
    # Before this a power cut may bring the old name back.
    _sync_folder(target.parent)
    return new_state


def create(path: Path, data: bytes | Iterable[bytes | bytearray | memoryview]) -> Signature:
    """Write a new file, whole or not at all, of parts that may be made meanwhile; gives what identifies its state.

    Raises:
        BadInput: there is such a file already, or none can be written there.
    """
    try:
        with path.open("xb") as handle:
            try:
                handle.writelines((data,) if isinstance(data, bytes) else data)
                handle.flush()
                os.fsync(handle.fileno())
                return _signature(os.fstat(handle.fileno()))
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError as error:
        raise BadInput("there is such a file already", file=str(path), hint="choose another name") from error
    except (OSError, ValueError) as error:
        raise unwritable(path, error) from error


def keep(path: Path, ending: str, data: bytes) -> Path:
    """Keep what a file held as ``NAME.convenings`` with an ending beside it, for as long as nobody removes it.

    A copy with these bytes that is there already is enough; one with others stays, and the new one gets a number.

    Raises:
        BadInput: it cannot be written.
    """
    target, number = _target(path), 1
    while True:
        copy = _beside(target, ending if number == 1 else f"{ending}-{number}")
        try:
            if copy.read_bytes() == data:
                return copy
        except FileNotFoundError:
            create(copy, data)
            with suppress(OSError):
                copy.chmod(stat.S_IMODE(target.stat().st_mode))
            return copy
        except OSError as error:
            raise unwritable(path, error) from error
        number += 1


@contextmanager
def locked(path: Path, timeout: float = LOCK_SECONDS, *, mode: int | None = None) -> Iterator[None]:
    """Hold the advisory lock of a file, ``NAME.convenings.lock`` beside it; one writer at a time has it.

    Whoever may write the file may also write its lock, or a team could save once only.

    Args:
        path: the file that is to be written; a symbolic link is followed, so that all its names share one lock.
        timeout: seconds to wait for another writer.
        mode: permissions of a lock that is made now; those of the file where absent.

    Raises:
        BadInput: another writer keeps the lock, or the folder may not be written.
    """
    import filelock

    target = _target(path)
    name, status = _beside(target, ".lock"), _status(target)
    if mode is None and status is not None:
        mode = stat.S_IMODE(status.st_mode) & 0o666
    is_new = not name.exists()
    lock = filelock.FileLock(str(name)) if mode is None else filelock.FileLock(str(name), mode=mode | PRIVATE)
    # Some versions of filelock empty the file when they try for the lock, so who has it is read before.
    holder = _holder(name)
    try:
        _acquire(lock, name, timeout)
    except filelock.Timeout as error:
        who = _holder(name) or holder or "another program"
        hint = f"wait until it has finished, or end it, then save again (its lock is {name.name})"
        raise BadInput(f"{who} is writing to this file", file=str(path), hint=hint) from error
    except (OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise unwritable(path, error) from error
    try:
        if is_new and status is not None:
            _give_to_group(name, status)
        # Only a help to whoever waits; some systems let nobody write to a locked file.
        with suppress(OSError):
            name.write_text(f"process {os.getpid()}", encoding="utf-8")
        yield
    finally:
        if _is_awaited(name):
            _let_others_first[name] = time.monotonic() + 2 * POLL_SECONDS
        lock.release()


_let_others_first: dict[Path, float] = {}
"""Lock file to the time before which this process does not take it again, as somebody else waits for it.

Who saves in a loop would otherwise give its lock back for some microseconds only, which others hardly ever hit.
"""


def _acquire(lock: filelock.BaseFileLock, name: Path, timeout: float) -> None:
    """Take a lock, or raise filelock's ``Timeout``; whoever has it meanwhile can see that somebody waits."""
    import filelock

    start = time.monotonic()
    time.sleep(max(0, _let_others_first.pop(name, 0) - start))
    while True:
        try:
            lock.acquire(blocking=False)
            return
        except filelock.Timeout:
            if time.monotonic() >= start + timeout:
                raise
        except PermissionError:
            if time.monotonic() >= start + _RACE_SECONDS or not name.exists():
                raise
        with suppress(OSError):
            os.utime(name, (0, 0))
        time.sleep(POLL_SECONDS)


def _is_awaited(lock: Path) -> bool:
    """Whether a writer that waits for a lock has said so, by the time of its file."""
    try:
        return lock.stat().st_mtime == 0
    except OSError:
        return False


def _signature(status: os.stat_result) -> Signature:
    return status.st_size, status.st_mtime_ns, status.st_ino


def _target(path: Path) -> Path:
    """The file itself where the path is a symbolic link to it."""
    return Path(os.path.realpath(path))


def beside(path: Path, ending: str) -> Path:
    """A file of ours beside a file, wherever a symbolic link leads: ``NAME.convenings`` with an ending."""
    return _beside(_target(path), ending)


def _beside(target: Path, suffix: str) -> Path:
    return target.parent / f"{target.name}{MARK}{suffix}"


def _status(target: Path) -> os.stat_result | None:
    """What the system says of a file; nothing where there is none yet."""
    try:
        return target.stat()
    except FileNotFoundError:
        return None


def _refuse_unwritable(target: Path, status: os.stat_result) -> None:
    """Refuse to replace a file that its user may not change, or may not rename.

    Raises:
        PermissionError: it may not be.
    """
    is_writable = os.access(target, os.W_OK)
    if is_writable and hasattr(os, "geteuid") and (folder := target.parent.stat()).st_mode & stat.S_ISVTX:
        # In such a folder a backup, too, could be made and never be removed again.
        is_writable = os.geteuid() in (0, folder.st_uid, status.st_uid)
    if not is_writable:
        raise PermissionError(errno.EACCES, "read-only", str(target))


def _make_alike(temporary: Path, target: Path, status: os.stat_result) -> int:
    """Give a new file the owner, the group and the extended attributes of the one that it replaces.

    Returns:
        The permissions that it is to have: where it cannot have the group, another one may do no more than anybody.
    """
    _give_to_group(temporary, status)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(temporary, name, os.getxattr(target, name))
    mode = stat.S_IMODE(status.st_mode)
    return mode if temporary.stat().st_gid == status.st_gid else mode & ~0o070 | (mode & 0o007) << 3


def make_like(path: Path, file: Path) -> None:
    """Let a file of ours be read and written by those only who may do so with the file that it stands beside."""
    status = _status(_target(file))
    if status is not None:
        _give_to_group(path, status)
        mode = stat.S_IMODE(status.st_mode) & 0o666
        path.chmod(mode if path.stat().st_gid == status.st_gid else mode & ~0o070 | (mode & 0o007) << 3)


def _give_to_group(path: Path, status: os.stat_result) -> None:
    """Give a file of ours the owner and the group of another one, as far as the system lets us."""
    if not hasattr(os, "chown"):
        return
    own = path.stat()
    if own.st_uid != status.st_uid:
        # Only an administrator can.
        with suppress(OSError):
            os.chown(path, status.st_uid, -1)
    if own.st_gid != status.st_gid:
        with suppress(OSError):
            os.chown(path, -1, status.st_gid)


def private_opener(name: str, flags: int) -> int:
    """Open a new file that only its owner may read until it has the permissions of the file that it replaces."""
    return os.open(name, flags, 0o600)


def _back_up(target: Path) -> None:
    """Keep the present file as its backup: under a second name, which costs no space, or else as a copy."""
    backup, temporary = _beside(target, ".bak"), _beside(target, ".bak.tmp")
    temporary.unlink(missing_ok=True)
    try:
        try:
            os.link(target, temporary)
        except (OSError, NotImplementedError):
            import shutil

            shutil.copy2(target, temporary)
        temporary.replace(backup)
    finally:
        # Renaming one name of a file to another name of the same file leaves both.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Bring a rename to the disk, on the systems where a folder can be opened for that."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _holder(lock: Path) -> str:
    """Who wrote its name into a lock file; an empty string where nobody did, or where it cannot be read."""
    try:
        words = lock.read_bytes()[:40].decode("ascii").split()
    except (OSError, ValueError):
        return ""
    return " ".join(words) if len(words) == 2 and words[0] == "process" and words[1].isdigit() else ""


def unwritable(path: Path, error: Exception) -> BadInput:
    """The refusal for a file that could not be written and is therefore as it was."""
    number = getattr(error, "errno", None)
    if number in _FULL:
        hint = "free some space and save again"
        return BadInput("the disk is full, so nothing was saved and the file is as it was", file=str(path), hint=hint)
    if isinstance(error, PermissionError) or number == errno.EROFS:
        what = "the file or its folder is read-only, so nothing was saved"
        return BadInput(what, file=str(path), hint="copy it to a folder of your own and open it there")
    if isinstance(error, FileNotFoundError):
        return BadInput("its folder does not exist, so nothing was saved", file=str(path), hint="make the folder first")
    what = f"the file cannot be written ({_reason(error)}), so nothing was saved"
    return BadInput(what, file=str(path), hint="save to another folder")


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
