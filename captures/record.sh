#!/usr/bin/env bash
# Records the captures of this folder and writes down what the real tcpdump says of them.
#
#   captures/record.sh          records everything anew, then writes captures/expected/
#   captures/record.sh texts    only writes captures/expected/, from the captures that are there
#
# Recording happens in network namespaces of its own: nothing of the machine's network is seen or changed.
# It needs Linux, root, and: ip, ss, nft, nc (OpenBSD's), telnet, curl, ping, python3, tcpdump and dumpcap.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
expected=$here/expected
tcpdump=${TCPDUMP:-/usr/bin/tcpdump}

# The larger a capture, the slower every test that cuts each of its frames at every length.
readonly SIZE_MAX_BYTES=20000

readonly MINE=192.0.2.1 PEERS=192.0.2.2
readonly MINE6=2001:db8::1 PEERS6=2001:db8::2
# Behind the VLAN tags.
readonly TAGGED_MINE=198.51.100.1 TAGGED_PEERS=198.51.100.2
# `-i any` notes the number of the interface, and tcpdump prints that interface's name on the machine that
# reads the capture. Nobody has as many interfaces as this, so the text is `?` everywhere.
readonly INTERFACE_NUMBER=4711

main() {
    case ${1-all} in
    all)
        unshare --net --mount --pid --fork --kill-child --mount-proc "$0" record
        write_texts
        ;;
    record)
        lay_cables
        record_all
        check_sizes
        ;;
    wake-ipv6) wake_ipv6 "$2" "$3" ;;
    texts) write_texts ;;
    *)
        echo "usage: $0 [texts]" >&2
        return 2
        ;;
    esac
}

# --- the network -------------------------------------------------------------------------------------------

# In front of a command: the peer runs it.
readonly peer=(ip netns exec peer)

# Two namespaces and a cable: veth0 here, veth1 with the peer. IPv6 stays silent until a capture wants it.
lay_cables() {
    mount -t tmpfs tmpfs /run
    ip netns add peer
    sysctl -qw net.ipv6.conf.default.disable_ipv6=1
    "${peer[@]}" sysctl -qw net.ipv6.conf.default.disable_ipv6=1
    ip link set lo up
    "${peer[@]}" ip link set lo up
    ip link add name veth0 index $INTERFACE_NUMBER type veth peer name veth1 netns peer
    ip link set veth0 address 02:00:00:00:00:01 up
    "${peer[@]}" ip link set veth1 address 02:00:00:00:00:02 up
    ip address add $MINE/24 dev veth0
    "${peer[@]}" ip address add $PEERS/24 dev veth1
}

# --- the tools ---------------------------------------------------------------------------------------------

# start NAME INTERFACE ARGUMENT...: tcpdump writes NAME from now on.
start() {
    local file=$here/$1 interface=$2 log
    shift 2
    log=$(mktemp)
    "$tcpdump" -Z root --immediate-mode -U -i "$interface" -w "$file" "$@" 2>"$log" &
    recorder=$!
    until grep -q 'listening on' "$log"; do
        if ! kill -0 $recorder 2>/dev/null; then
            cat "$log" >&2
            return 1
        fi
        sleep 0.05
    done
    rm "$log"
}

# The last packets may still be on their way when the programs have ended.
stop() {
    sleep 0.3
    kill -INT $recorder 2>/dev/null || true
    wait $recorder || true
}

# await_listener PORT PREFIX...: until something listens there; the prefix is the peer's, or nothing.
await_listener() {
    local port=$1
    shift
    until "$@" ss -Hltun "sport = :$port" | grep -q .; do sleep 0.05; done
}

# End the programs that a capture left running.
finish() {
    kill "$@" 2>/dev/null || true
    wait "$@" 2>/dev/null || true
}

# UNHURRIED_SERVER PORT LINE...: reads until the client has closed its side, then takes its time: it sends the
# lines one by one, and closes at last. nc would close at once.
readonly UNHURRIED_SERVER='
import socket, sys, time

connection, _ = socket.create_server(("", int(sys.argv[1]))).accept()
while connection.recv(4096):
    pass
for line in sys.argv[2:]:
    time.sleep(0.2)
    connection.sendall(line.encode() + b"\n")
time.sleep(0.2)
'

# SIGNED_PROGRAM listen|connect ADDRESS PORT PEER: a session whose segments are signed with the word `secret`
# (TCP_MD5SIG of tcp(7)), as BGP routers do it.
readonly SIGNED_PROGRAM='
import socket, struct, sys

side, address, port, peer = sys.argv[1:]
mine = socket.socket()
signer = struct.pack("=HH4s120x", socket.AF_INET, 0, socket.inet_aton(peer))
mine.setsockopt(socket.IPPROTO_TCP, 14, signer + struct.pack("=BBHi80s", 0, 0, 6, 0, b"secret"))
if side == "listen":
    mine.bind((address, int(port)))
    mine.listen()
    connection, _ = mine.accept()
    connection.sendall(connection.recv(100))
else:
    mine.connect((address, int(port)))
    mine.sendall(b"signed\n")
    mine.recv(100)
'

# --- the captures, in the order of README.md ---------------------------------------------------------------

record_all() {
    record_handshake
    record_hello
    record_close_three
    record_close_four
    record_half_close
    record_refused
    record_reset
    record_syn_retries
    record_http
    record_snapped
    record_cut_headers
    record_udp_ping
    record_ipv6
    record_vlan
    record_any
    record_signed
    record_nano
    record_pcapng
}

record_handshake() {
    start handshake.pcap lo -c 3 tcp
    nc -l 8888 >/dev/null &
    local server=$!
    await_listener 8888
    nc -N 127.0.0.1 8888 </dev/null
    wait $recorder
    finish $server
}

record_hello() {
    start hello.pcap lo tcp port 8888
    say_hello
    stop
}

# The session everybody starts with: nc listens, telnet connects, somebody types, nc is stopped.
say_hello() {
    nc -lk 8888 >/dev/null &
    local server=$!
    await_listener 8888
    { sleep 0.5 && echo hello && sleep 1; } | telnet 127.0.0.1 8888 >/dev/null 2>&1 &
    local client=$!
    sleep 1
    finish $server
    wait $client || true
}

# The server closes as soon as it has read the client's FIN, and acknowledges it with its own.
record_close_three() {
    start close-three.pcap lo tcp
    nc -l 7777 </dev/null >/dev/null &
    await_listener 7777
    echo goodbye | nc -N 127.0.0.1 7777
    stop
}

# The server takes its time: the FINs are acknowledged one by one.
record_close_four() {
    start close-four.pcap lo tcp
    python3 -c "$UNHURRIED_SERVER" 7777 &
    await_listener 7777
    echo goodbye | nc -N 127.0.0.1 7777
    stop
}

# The client has said all it will say, and the server goes on talking.
record_half_close() {
    start half-close.pcap veth0 tcp
    "${peer[@]}" python3 -c "$UNHURRIED_SERVER" 7777 one two &
    await_listener 7777 "${peer[@]}"
    echo 'tell me all' | nc -N $PEERS 7777 >/dev/null
    stop
}

record_refused() {
    start refused.pcap lo tcp
    nc 127.0.0.1 7777 </dev/null 2>/dev/null || true
    stop
}

# With a linger time of 0, close() throws the connection away.
record_reset() {
    start reset.pcap veth0 tcp
    "${peer[@]}" nc -l 7777 >/dev/null &
    await_listener 7777 "${peer[@]}"
    python3 - $PEERS 7777 <<'PYTHON'
import socket, struct, sys, time

connection = socket.create_connection((sys.argv[1], int(sys.argv[2])))
connection.sendall(b"in the middle of")
time.sleep(0.2)
connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
connection.close()
PYTHON
    stop
}

# The peer drops what comes to this port. Retries after 1, 2 and 4 seconds, of which two fit in.
record_syn_retries() {
    local linear=/proc/sys/net/ipv4/tcp_syn_linear_timeouts
    if [ -e $linear ]; then echo 0 >$linear; fi
    "${peer[@]}" nft -f - <<'NFT'
table inet silence {
    chain input {
        type filter hook input priority 0
        tcp dport 7777 drop
    }
}
NFT
    start syn-retries.pcap veth0 tcp
    nc -w 4 $PEERS 7777 </dev/null || true
    stop
    "${peer[@]}" nft delete table inet silence
}

# serve DIRECTORY: its files by HTTP, at the peer's port 80.
serve() {
    "${peer[@]}" python3 -m http.server --directory "$1" 80 >/dev/null 2>&1 &
    server=$!
    await_listener 80 "${peer[@]}"
}

record_http() {
    local directory
    directory=$(mktemp -d)
    echo 'Hello over HTTP.' >"$directory/hello.txt"
    serve "$directory"
    start http.pcap veth0 tcp
    curl -s http://$PEERS/hello.txt >/dev/null
    stop
    finish "$server"
    rm -r "$directory"
}

# 68 octets end within the options of a SYN and 2 octets into the data of other segments.
record_snapped() {
    local directory
    directory=$(mktemp -d)
    yes 'too long to be captured whole' | head -c 300000 >"$directory/large.txt"
    serve "$directory"
    start snapped.pcap veth0 -s 68 -c 24 tcp
    curl -s http://$PEERS/large.txt >/dev/null
    stop
    finish "$server"
    rm -r "$directory"
}

# 40 octets end within every header: 26 octets into ARP, 6 into TCP, UDP and ICMP.
record_cut_headers() {
    ip neighbour flush dev veth0
    start cut-headers.pcap veth0 -s 40 arp or ip
    "${peer[@]}" nc -l 7777 </dev/null >/dev/null &
    await_listener 7777 "${peer[@]}"
    echo 'cut short' | nc -N $PEERS 7777
    echo nobody | nc -u -w 1 $PEERS 9 >/dev/null || true
    ping -q -c 1 $PEERS >/dev/null
    stop
}

# ARP, a UDP datagram each way, two pings, and a port where nobody listens.
record_udp_ping() {
    ip neighbour flush dev veth0
    "${peer[@]}" ip neighbour flush dev veth1
    start udp-ping.pcap veth0 arp or ip
    { sleep 0.4 && echo pong; } | "${peer[@]}" nc -lu -w 1 7777 >/dev/null &
    local server=$!
    await_listener 7777 "${peer[@]}"
    { echo ping && sleep 0.8; } | nc -u -w 1 $PEERS 7777 >/dev/null
    ping -q -c 2 -i 0.2 $PEERS >/dev/null
    echo nobody | nc -u -w 1 $PEERS 9 >/dev/null || true
    stop
    finish $server
}

# Neighbour discovery, then a session like any other, one ping and a refusal.
record_ipv6() {
    start ipv6.pcap veth0 tcp or icmp6
    wake_ipv6 veth0 $MINE6
    "${peer[@]}" "$0" wake-ipv6 veth1 $PEERS6
    sleep 0.3
    "${peer[@]}" nc -6l 7777 >/dev/null &
    await_listener 7777 "${peer[@]}"
    echo 'hello over IPv6' | nc -6N $PEERS6 7777
    nc -6 $PEERS6 7778 </dev/null 2>/dev/null || true
    ping -q -c 1 $PEERS6 >/dev/null
    stop
    sysctl -qw net.ipv6.conf.veth0.disable_ipv6=1
    "${peer[@]}" sysctl -qw net.ipv6.conf.veth1.disable_ipv6=1
}

# Without looking for duplicates and routers, which would only make the capture wait.
wake_ipv6() {
    sysctl -qw "net.ipv6.conf.$1.accept_dad=0" "net.ipv6.conf.$1.router_solicitations=0"
    sysctl -qw "net.ipv6.conf.$1.disable_ipv6=0"
    ip address add "$2/64" dev "$1" nodad
}

# A connection under one tag (802.1Q: VLAN 100, priority 5), then one under two (802.1ad: VLAN 200 outside).
record_vlan() {
    ip link add name trunk0 type veth peer name trunk1 netns peer
    ip link set trunk0 up
    "${peer[@]}" ip link set trunk1 up
    start vlan.pcap trunk0
    talk_tagged 8100:a064
    talk_tagged 88a8:00c8 8100:0064
    stop
}

# Some kernels have no VLAN interfaces: a small program at either end of the trunk puts the tags on and off.
talk_tagged() {
    python3 "$here/vlan_tagger.py" tap0 trunk0 "$@" &
    local taggers=$!
    "${peer[@]}" python3 "$here/vlan_tagger.py" tap0 trunk1 "$@" &
    taggers="$taggers $!"
    until { ip link show tap0 && "${peer[@]}" ip link show tap0; } >/dev/null 2>&1; do sleep 0.05; done
    ip link set tap0 address 02:00:00:00:01:01 up
    "${peer[@]}" ip link set tap0 address 02:00:00:00:01:02 up
    ip address add $TAGGED_MINE/24 dev tap0
    "${peer[@]}" ip address add $TAGGED_PEERS/24 dev tap0
    "${peer[@]}" nc -l 7777 </dev/null >/dev/null &
    await_listener 7777 "${peer[@]}"
    echo tagged | nc -N $TAGGED_PEERS 7777
    sleep 0.2
    # shellcheck disable=SC2086 # two process numbers
    finish $taggers
}

record_any() {
    start any.pcap any tcp or icmp
    say_hello
    ping -q -c 1 $PEERS >/dev/null
    stop
}

# A word and its echo, in segments with MD5 signatures.
record_signed() {
    start signed.pcap veth0 tcp
    "${peer[@]}" python3 -c "$SIGNED_PROGRAM" listen $PEERS 7777 $MINE &
    await_listener 7777 "${peer[@]}"
    python3 -c "$SIGNED_PROGRAM" connect $PEERS 7777 $PEERS
    stop
}

record_nano() {
    start nano.pcap lo --time-stamp-precision=nano tcp
    say_hello
    stop
}

# Two interfaces in one file, each with packets.
record_pcapng() {
    local log
    log=$(mktemp)
    dumpcap -q -f 'tcp or icmp' -i lo -i veth0 -w "$here/pcapng.pcapng" 2>"$log" &
    recorder=$!
    until grep -q '^File:' "$log"; do sleep 0.05; done
    rm "$log"
    say_hello
    ping -q -c 1 $PEERS >/dev/null
    # dumpcap reads its interfaces several times a second.
    sleep 0.5
    stop
    chmod 644 "$here/pcapng.pcapng"
}

check_sizes() {
    local large
    large=$(find "$here" -maxdepth 1 -name '*.pcap*' -size +${SIZE_MAX_BYTES}c)
    if [ -n "$large" ]; then
        echo "larger than $SIZE_MAX_BYTES bytes: $large" >&2
        return 1
    fi
}

# --- the texts ---------------------------------------------------------------------------------------------

write_texts() {
    local name capture options words
    mkdir -p "$expected"
    rm -f "$expected"/*.txt
    while IFS=$'\t' read -r name capture options; do
        case $name in '' | '#'*) continue ;; esac
        read -ra words <<<"$options"
        TZ=UTC "$tcpdump" -r "$here/$capture" "${words[@]}" >"$expected/$name.txt" 2>/dev/null
    done <"$here/golden.tsv"
    "$tcpdump" --version >"$expected/VERSION" 2>&1
}

main "$@"
