"""Runs a program with the system calls of systemd's SystemCallFilter=@system-service alone: any other ends it with SIGSYS.

usage: seccomp.py CLIENTS PROGRAM [WORD ...]        CLIENTS: the folder of systemd's package
"""
import ctypes
import os
import subprocess
import sys

KILL_PROCESS, ALLOW = 0x80000000, 0x7FFF0000
clients, program = sys.argv[1], sys.argv[2:]


def members(name):
    """The system calls of a set, and those of the sets in it."""
    environment = {**os.environ, "LD_LIBRARY_PATH": f"{clients}/usr/lib/{os.uname().machine}-linux-gnu/systemd", "SYSTEMD_COLORS": "0"}
    listed = subprocess.run([f"{clients}/usr/bin/systemd-analyze", "--no-pager", "syscall-filter", name], env=environment,
                            capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    for line in map(str.strip, listed):
        if line.startswith("@"):
            yield from members(line)
        elif line and not line.startswith("#"):
            yield line


seccomp = ctypes.CDLL("libseccomp.so.2")
seccomp.seccomp_init.restype = ctypes.c_void_p
seccomp.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
seccomp.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p]
seccomp.seccomp_load.argtypes = [ctypes.c_void_p]
context = seccomp.seccomp_init(ctypes.c_uint32(KILL_PROCESS))
allowed = sorted(set(members("@system-service")))
assert len(allowed) > 200, allowed
for name in allowed:
    number = seccomp.seccomp_syscall_resolve_name(name.encode())
    if number >= 0:  # below 0: not of this machine
        assert seccomp.seccomp_rule_add_array(context, ALLOW, number, 0, None) == 0, name
assert seccomp.seccomp_load(context) == 0
os.execv(program[0], program)
