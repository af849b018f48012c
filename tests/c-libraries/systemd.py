"""systemd's own functions for IPMasquerade= and --port, which use libip4tc, called as it calls them. Prints the rules after each.

usage: systemd.py SAVE        the program iptables-save
"""
import ctypes
import ctypes.util
import glob
import socket
import subprocess
import sys

library = ctypes.CDLL(glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so")[0])


class Address(ctypes.Union):
    """A union in_addr_union: IPv4 or IPv6."""
    _fields_ = [("v4", ctypes.c_uint8 * 4), ("v6", ctypes.c_uint8 * 16)]


def address(text):
    return Address(v4=(ctypes.c_uint8 * 4)(*socket.inet_aton(text)))


def show(what, status):
    print(f"== {what}: {status}")
    print(subprocess.run([sys.argv[1], "-t", "nat"], capture_output=True, text=True, check=True).stdout.split("\n", 1)[1].rsplit("\n", 2)[0])


def masquerade(add, network, length):
    one = address(network)
    return library.fw_iptables_add_masquerade(ctypes.c_bool(add), socket.AF_INET, ctypes.byref(one), ctypes.c_uint(length))


def forward(add, port, remote, remote_port, previous=None):
    one, old = address(remote), address(previous) if previous else None
    return library.fw_iptables_add_local_dnat(ctypes.c_bool(add), socket.AF_INET, socket.IPPROTO_TCP, ctypes.c_uint16(port), ctypes.byref(one),
                                              ctypes.c_uint16(remote_port), ctypes.byref(old) if old else None)


show("masquerade", masquerade(True, "10.9.0.0", 24))
show("the same again", masquerade(True, "10.9.0.0", 24))
show("forward", forward(True, 8080, "10.9.0.2", 80))
show("forward to another", forward(True, 8080, "10.9.0.3", 80, "10.9.0.2"))
show("no more forward", forward(False, 8080, "10.9.0.3", 80))
show("no more masquerade", masquerade(False, "10.9.0.0", 24))
show("none to delete", masquerade(False, "10.9.0.0", 24))
