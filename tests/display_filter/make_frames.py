#!/usr/bin/env python3
"""Makes frames.pcapng: crafted frames that a display filter can tell apart, then some of captures/.

Then records what tshark lets through for each expression of expected.tsv. Needs mergecap and tshark.
    make_frames.py          both
    make_frames.py table    only the table
"""
import os
import re
import socket
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CAPTURES = os.path.join(HERE, "..", "..", "captures")
ADDED = ["http", "ipv6", "vlan", "udp-ping", "reset", "syn-retries", "half-close", "any", "cut-headers"]
NEAR, FAR = bytes.fromhex("020000000001"), bytes.fromhex("00005e000102")
CLIENT, SERVER = "192.168.1.10", "103.52.172.83"
SYN, ACK, PUSH, RESET, FIN = 0x02, 0x10, 0x18, 0x04, 0x11

frames = []
clock = [1704067200.0]


def add(frame, delay=0.01):
    clock[0] += delay
    frames.append((clock[0], frame))


def checksum(octets):
    octets += b"\0" * (len(octets) % 2)
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ethernet(payload, kind=0x0800, source=NEAR, destination=FAR, tag=None):
    vlan = b"" if tag is None else struct.pack("!HH", 0x8100, tag)
    return destination + source + vlan + struct.pack("!H", kind) + payload


def ipv4(payload, protocol, source, destination, ttl=64, flags=0x4000, tos=0):
    addresses = socket.inet_aton(source) + socket.inet_aton(destination)
    header = struct.pack("!BBHHHBBH", 0x45, tos, 20 + len(payload), 1, flags, ttl, protocol, 0) + addresses
    return header[:10] + struct.pack("!H", checksum(header)) + header[12:] + payload


def ipv6(payload, next_header, source, destination, hops=64):
    addresses = b"".join(socket.inet_pton(socket.AF_INET6, address) for address in (source, destination))
    return struct.pack("!IHBB", 0x6B012345, len(payload), next_header, hops) + addresses + payload


def pseudo_header(source, destination, protocol, length):
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    addresses = b"".join(socket.inet_pton(family, address) for address in (source, destination))
    return addresses + struct.pack("!II", length, protocol)


def udp(source, destination, source_port, destination_port, data):
    header = struct.pack("!HHHH", source_port, destination_port, 8 + len(data), 0) + data
    found = checksum(pseudo_header(source, destination, 17, len(header)) + header) or 0xFFFF
    return header[:6] + struct.pack("!H", found) + header[8:]


def tcp(source, destination, ports, numbers, flags, data, window, options):
    options += b"\0" * (-len(options) % 4)
    offset = (5 + len(options) // 4) << 12
    header = struct.pack("!HHIIHHHH", *ports, *numbers, offset | flags, window, 0, 0) + options + data
    found = checksum(pseudo_header(source, destination, 6, len(header)) + header)
    return header[:16] + struct.pack("!H", found) + header[18:]


def segment(sender, sequence, acknowledgement, flags, data=b"", window=1000, options=b"", delay=0.01,
            ports=(55131, 443), tag=None, tos=0):
    numbers = (sequence, acknowledgement)
    if sender == "client":
        packet = ipv4(tcp(CLIENT, SERVER, ports, numbers, flags, data, window, options), 6, CLIENT, SERVER, tos=tos)
        add(ethernet(packet, tag=tag), delay)
    else:
        segment_ = tcp(SERVER, CLIENT, ports[::-1], numbers, flags, data, window, options)
        packet = ipv4(segment_, 6, SERVER, CLIENT, ttl=52, tos=tos)
        add(ethernet(packet, source=FAR, destination=NEAR, tag=tag), delay)


def stamps(value, echo):
    return b"\x01\x01\x08\x0a" + struct.pack("!II", value, echo)


def sack(first, last):
    return stamps(1100, 5046) + b"\x01\x01\x05\x0a" + struct.pack("!II", first, last)


def arp(operation, mac, address, target_mac, target, destination):
    addresses = mac + socket.inet_aton(address) + target_mac + socket.inet_aton(target)
    add(ethernet(struct.pack("!HHBBH", 1, 0x0800, 6, 4, operation) + addresses, 0x0806, mac, destination))


def neighbours_and_names():
    arp(1, NEAR, CLIENT, bytes(6), "192.168.1.1", b"\xff" * 6)
    arp(2, FAR, "192.168.1.1", NEAR, CLIENT, NEAR)
    question = b"\x07example\x03com\0" + struct.pack("!HH", 1, 1)
    query = struct.pack("!HHHHHH", 0x1234, 0x0100, 1, 0, 0, 0) + question
    add(ethernet(ipv4(udp(CLIENT, "8.8.8.8", 40000, 53, query), 17, CLIENT, "8.8.8.8")))
    record = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 300, 4) + socket.inet_aton(SERVER)
    answer = struct.pack("!HHHHHH", 0x1234, 0x8180, 1, 1, 0, 0) + question + record
    packet = ipv4(udp("8.8.8.8", CLIENT, 53, 40000, answer), 17, "8.8.8.8", CLIENT, ttl=117, flags=0)
    add(ethernet(packet, source=FAR, destination=NEAR))


def troubled_connection():
    """A lost segment that is sent again fast, one that is sent again late, a closed window, a reset."""
    def offers(mss, value, echo, shift):
        return struct.pack("!BBHBBBBIIBBBB", 2, 4, mss, 4, 2, 8, 10, value, echo, 1, 3, 3, shift)
    big = b"\x17\x03\x03\x04\x00" + b"x" * 1024
    hello = b"\x16\x03\x01\x00\x40\x01\x00\x00\x3c\x03\x03" + bytes(range(58))
    segment("client", 1000, 0, SYN, options=offers(1460, 1000, 0, 7), window=64240)
    segment("server", 9000, 1001, SYN | ACK, options=offers(1360, 5000, 1000, 8), window=65160, delay=0.04)
    segment("client", 1001, 9001, ACK, options=stamps(1041, 5000), window=502)
    segment("client", 1001, 9001, PUSH, hello, options=stamps(1042, 5000), window=502)
    segment("server", 9001, 1070, ACK, options=stamps(5045, 1042), window=255, delay=0.04)
    segment("server", 9001, 1070, ACK, big, options=stamps(5046, 1042), window=255)
    segment("server", 11059, 1070, ACK, big, options=stamps(5047, 1042), window=255)
    segment("client", 1070, 10030, ACK, options=stamps(1100, 5046), window=500)
    for _ in range(3):
        segment("client", 1070, 10030, ACK, options=sack(11059, 12088), window=500)
    segment("server", 10030, 1070, ACK, big, options=stamps(5080, 1100), window=255, delay=0.001)
    segment("client", 1070, 12088, ACK, options=stamps(1130, 5080), window=500)
    text = b"\x17\x03\x03\0\x05hello"
    segment("client", 1070, 12088, PUSH, text, options=stamps(1200, 5080), window=500, delay=0.5)
    segment("client", 1070, 12088, PUSH, text, options=stamps(1420, 5080), window=500, delay=0.25)
    segment("server", 12088, 1080, ACK, options=stamps(5500, 1420), window=0)
    segment("server", 12088, 1080, ACK, options=stamps(5600, 1420), window=255, delay=0.3)
    segment("client", 1079, 12088, ACK, options=stamps(2000, 5600), window=500, delay=10)
    segment("server", 12088, 1080, ACK, options=stamps(9000, 1420), window=255)
    segment("client", 1080, 12088, FIN, options=stamps(2100, 9000), window=500)
    segment("server", 12088, 1081, RESET | ACK, window=0)


def other_connections():
    web = {"ports": (5001, 8080), "tag": 0x2064}
    request = b"GET /index.html HTTP/1.1\r\nHost: www.Example.com\r\nUser-Agent: cURL/8\r\n\r\n"
    segment("client", 1, 0, SYN, **web)
    segment("server", 1, 2, SYN | ACK, **web)
    segment("client", 2, 2, ACK, **web)
    segment("client", 2, 2, PUSH, request, **web)
    segment("server", 2, 2 + len(request), PUSH, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", **web)
    segment("client", 77, 0, SYN, ports=(6000, 81), tos=0xB8)
    segment("server", 0, 78, RESET | ACK, ports=(6000, 81))


def icmp(kind, code, rest):
    message = struct.pack("!BBH", kind, code, 0) + rest
    return message[:2] + struct.pack("!H", checksum(message)) + message[4:]


def messages_and_tunnels():
    echo = struct.pack("!HH", 7, 1) + b"abcdefgh" * 4
    add(ethernet(ipv4(icmp(8, 0, echo), 1, CLIENT, SERVER)))
    add(ethernet(ipv4(icmp(0, 0, echo), 1, SERVER, CLIENT, ttl=1), source=FAR, destination=NEAR))
    probe = ipv4(udp(CLIENT, "10.9.8.7", 33434, 33435, b"probe"), 17, CLIENT, "10.9.8.7", ttl=1)
    unreachable = ipv4(icmp(3, 3, bytes(4) + probe), 1, "10.9.8.7", CLIENT, ttl=60)
    add(ethernet(unreachable, source=FAR, destination=NEAR))
    inner = ipv4(udp("172.16.0.1", "172.16.0.2", 1000, 2000, b"tunnelled"), 17, "172.16.0.1", "172.16.0.2")
    add(ethernet(ipv4(inner, 4, "10.0.0.1", "10.0.0.2")))
    one, two = "2001:db8::1", "2001:db8:1::2"
    add(ethernet(ipv6(udp(one, two, 5000, 6000, b"six \xff\x00 Payload"), 17, one, two), 0x86DD))
    one, two = "fe80::1", "ff02::fb"
    group = bytes.fromhex("3333000000fb")
    add(ethernet(ipv6(udp(one, two, 5000, 6001, b"q" * 40), 17, one, two, 255), 0x86DD, destination=group))
    add(ethernet(bytes.fromhex("424203") + bytes(35), 38, FAR, bytes.fromhex("0180c2000000")))


def write_frames():
    neighbours_and_names()
    troubled_connection()
    other_connections()
    messages_and_tunnels()
    crafted = os.path.join(HERE, "crafted.pcap")
    with open(crafted, "wb") as file:
        file.write(struct.pack("!IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
        for moment, frame in frames:
            micros = round(moment * 10**6)
            file.write(struct.pack("!IIII", *divmod(micros, 10**6), len(frame), len(frame)) + frame)
    others = [os.path.join(CAPTURES, f"{name}.pcap") for name in ADDED]
    subprocess.run(["mergecap", "-a", "-w", os.path.join(HERE, "frames.pcapng"), crafted, *others], check=True)
    os.remove(crafted)


def tshark(*arguments):
    environment = dict(os.environ, TZ="UTC", HOME="/nonexistent")
    return subprocess.run(["tshark", *arguments], env=environment, check=True, capture_output=True, text=True).stdout


def record():
    """Runs tshark for each expression: those of the table, so that a line `EXPRESSION` adds one."""
    path = os.path.join(HERE, "expected.tsv")
    with open(path) as file:
        lines = [line.rstrip("\n") for line in file if not line.startswith("#")]
    version = re.search(r"\d+\.\d+\.\d+", tshark("--version")).group()
    with open(path, "w") as file:
        file.write(f"# Expression, and the frames of frames.pcapng that tshark {version} lets through.\n")
        for line in lines:
            expression = line.split("\t")[0]
            arguments = ["-r", os.path.join(HERE, "frames.pcapng"), "-Y", expression]
            numbers = tshark(*arguments, "-T", "fields", "-e", "frame.number").split()
            file.write(f"{expression}\t{' '.join(numbers)}\n")


if __name__ == "__main__":
    if sys.argv[1:] != ["table"]:
        write_frames()
    record()
