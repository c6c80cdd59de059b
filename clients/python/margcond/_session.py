"""The program: where it is, and one process of it that is asked again and again."""

import atexit
import json
import os
import shutil
import subprocess
import threading

PROTOCOL = 1

INSTALL = """The program margcond was not found. Install it with the .NET 10 SDK (https://dotnet.microsoft.com/download):
    dotnet tool install --global margcond
or name it: set the environment variable MARGCOND to the program, or to margcond.dll."""


class MargcondError(Exception):
    """What the program refused, in its own words.

    Attributes
    ----------
    message, hint, file, line, column, position
        What is wrong, what to do, and where it is; None where it is not known.
    """

    def __init__(self, error, exit_code=2):
        self.message = error["message"]
        self.hint = error.get("hint")
        self.file = error.get("file")
        self.line = error.get("line")
        self.column = error.get("column")
        self.position = error.get("position")
        self.exit_code = exit_code
        place = ", ".join(part for part in (
            self.file,
            None if self.line is None else f"line {self.line}",
            None if self.column is None else f"column {self.column}",
            None if self.position is None else f"formula, position {self.position}",
        ) if part)
        super().__init__("\n".join(part for part in (f"{place}: {self.message}" if place else self.message, self.hint) if part))


class NotInstalled(MargcondError):
    """The program is not there, or is not the one that this package speaks with."""

    def __init__(self, message=INSTALL):
        super().__init__({"message": message})


def command():
    """The words that start the program.

    Raises
    ------
    NotInstalled
        It is not there; the message says how to install it.
    """
    named = os.environ.get("MARGCOND")
    if named:
        if not os.path.exists(named):
            raise NotInstalled(f"MARGCOND names {named}, which is not there.\n{INSTALL}")
        return ["dotnet", named] if named.endswith(".dll") else [named]
    found = shutil.which("margcond")
    if found:
        return [found]
    tool = os.path.join(os.path.expanduser("~"), ".dotnet", "tools", "margcond" + (".exe" if os.name == "nt" else ""))
    if os.path.exists(tool):
        return [tool]
    raise NotInstalled()


class Session:
    """One process of the program, which answers one request after another.

    Functions such as :func:`margcond.gee` share one that is started when it is first needed.
    """

    def __init__(self, words=None):
        self._lock = threading.Lock()
        self._number = 0
        try:
            self._process = subprocess.Popen(
                [*(words or command()), "serve"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8")
        except OSError as failure:
            raise NotInstalled(f"The program margcond does not start: {failure}.\n{INSTALL}") from failure
        greeting = self._read()
        if greeting is None or greeting.get("protocol") != PROTOCOL:
            self.close()
            raise NotInstalled(
                "The program that was found does not speak the protocol of this package: update both.\n"
                "    dotnet tool update --global margcond")
        self.version = greeting["ready"]

    @property
    def alive(self):
        """Whether the process is there."""
        return self._process.poll() is None

    def ask(self, *arguments, tables=None):
        """Run a command line.

        Parameters
        ----------
        *arguments : str
            The words after ``margcond``.
        tables : dict, optional
            Tables of the protocol by name, such as ``{"trial": {"csv": "..."}}``.

        Returns
        -------
        dict
            The answer: ``exitCode``, and ``result``, ``text`` or ``messages``.

        Raises
        ------
        MargcondError
            The program refused the request; its own words.
        """
        with self._lock:
            self._number += 1
            request = {"id": self._number, "arguments": [str(word) for word in arguments]}
            if tables:
                request["tables"] = tables
            try:
                self._process.stdin.write(json.dumps(request, ensure_ascii=False, allow_nan=False) + "\n")
                self._process.stdin.flush()
                answer = self._read()
            except OSError:
                answer = None
            except BaseException:
                # Half a conversation (an interrupt): its answer would be taken for that of the next request.
                self.close()
                raise
        if answer is None:
            self.close()
            raise MargcondError({"message": "The program margcond ended without an answer."}, exit_code=1)
        if "error" in answer:
            raise MargcondError(answer["error"], answer["exitCode"])
        return answer

    def close(self):
        """End the process."""
        if self.alive:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                pipe.close()
            except OSError:
                pass

    def _read(self):
        line = self._process.stdout.readline()
        return json.loads(line) if line else None


_shared = None


def shared():
    """The session that all functions share, started where there is none."""
    global _shared
    if _shared is None or not _shared.alive:
        _shared = Session()
    return _shared


def close():
    """End the shared process; the next call starts another."""
    global _shared
    if _shared is not None:
        _shared.close()
        _shared = None


def version():
    """The name and version of the program that answers."""
    return shared().version


atexit.register(close)
