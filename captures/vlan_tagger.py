"""A VLAN interface in user space, for kernels that were built without: `vlan_tagger.py TAP TRUNK TAG...`.

Makes the interface TAP. What goes out through it leaves TRUNK under the tags, outermost first, each as
`type:control` in hexadecimal (`8100:a064` is 802.1Q, priority 5, VLAN 100); what comes in loses them.
Runs until it is killed.
"""

import contextlib
import fcntl
import os
import select
import socket
import struct
import sys

TUNSETIFF = 0x400454CA
IFF_TAP = 0x0002
IFF_NO_PI = 0x1000
ETH_P_ALL = 0x0003
SOL_PACKET = 263
PACKET_AUXDATA = 8
PACKET_OUTGOING = 4
TP_STATUS_VLAN_VALID = 1 << 4
ADDRESSES_LENGTH = 12
TAG_LENGTH = 4
FRAME_MAX = 65536


def open_tap(name):
    tap = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TAP | IFF_NO_PI))
    return tap


def open_trunk(name):
    trunk = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    trunk.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
    trunk.bind((name, 0))
    return trunk


def tags_taken_by_kernel(ancillary):
    """The kernel takes the outermost tag out of a received frame and tells so in tpacket_auxdata."""
    status = sum(struct.unpack_from("I", data)[0] for level, kind, data in ancillary if kind == PACKET_AUXDATA)
    return 1 if status & TP_STATUS_VLAN_VALID else 0


def main():
    tap, trunk = open_tap(sys.argv[1]), open_trunk(sys.argv[2])
    tags = b"".join(bytes.fromhex(tag.replace(":", "")) for tag in sys.argv[3:])
    while True:
        readable, _, _ = select.select([tap, trunk], [], [])
        if tap in readable:
            frame = os.read(tap, FRAME_MAX)
            trunk.send(frame[:ADDRESSES_LENGTH] + tags + frame[ADDRESSES_LENGTH:])
        if trunk in readable:
            frame, ancillary, _, address = trunk.recvmsg(FRAME_MAX, 256)
            if address[2] != PACKET_OUTGOING:
                left = len(tags) - TAG_LENGTH * tags_taken_by_kernel(ancillary)
                # While the interface is down, frames are lost, as they are on a real one.
                with contextlib.suppress(OSError):
                    os.write(tap, frame[:ADDRESSES_LENGTH] + frame[ADDRESSES_LENGTH + left :])


main()
