#!/bin/sh
#
# The demo: a masquerading router made of real rules and real packets.
#
#   LAN client  192.168.1.2 ---- 192.168.1.1 LAN1  router  WAN1 203.0.113.1 ---- 203.0.113.9  outside host
#
# Three network namespaces stand for the three machines. The router's rules come from a script written for the C
# iptables, run unmodified with our programs first in PATH. Exit status 0: the packets do all that the script
# promises. Else the difference is shown, and the status is 1.
#
# As root, or as anybody where user namespaces are allowed. The machine's own network is never touched.
#
# usage: tests/demo.sh [--check]     --check: only whether it can run here
#
# SHARPTABLES_SBIN: the folder of the programs under test, else artifacts/sbin. SHARED: a folder with other scenarios than tests.

set -u
here=$(cd "$(dirname "$0")" && pwd)
sbin=${SHARPTABLES_SBIN:-$here/../artifacts/sbin}

if [ -t 1 ]; then bold='\033[1m' green='\033[32m' red='\033[31m' plain='\033[0m'; else bold='' green='' red='' plain=''; fi
say()  { printf "\n$bold%s$plain\n" "$*"; }
ok()   { printf "  ${green}ok$plain      %s\n" "$*"; }
fail() { printf "  ${red}FAILED$plain  %s\n" "$*" >&2; exit 1; }
die()  { echo "demo: $*" >&2; exit 1; }

# ---------------------------------------------------------------- namespaces

if [ -z "${DEMO_OUTSIDE_NS:-}" ]; then
    [ "${1:-}" = --check ] && check=yes || check=no
    # A process namespace, too: however the demo ends, all its processes end with it.
    if [ "$(id -u)" = 0 ]; then set -- -n; else set -- -U -r -n; fi
    set -- unshare "$@" -m -p -f --mount-proc --kill-child
    why=$("$@" true 2>&1) || {
        [ "$(id -u)" = 0 ] && die "root may not make a network namespace here (a container without --privileged?): $why"
        die "only root may make a network namespace on this machine; try: sudo make demo ($why)"
    }
    [ "$check" = no ] || exit 0
    [ -x "$sbin/iptables" ] || die "no $sbin/iptables: build first (make)"
    DEMO_OUTSIDE_NS=$(readlink /proc/self/ns/net) || die "cannot tell which network namespace this is"
    export DEMO_OUTSIDE_NS
    exec "$@" /bin/sh "$here/demo.sh"
fi

[ "$(readlink /proc/self/ns/net)" != "$DEMO_OUTSIDE_NS" ] || die "still in the machine's own network namespace; stopping"

scratch=$(mktemp -d) || die "no temporary folder"
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
sbin=$(cd "$sbin" && pwd)
PATH=$sbin:$PATH:/usr/sbin:/sbin
XTABLES_LOCKFILE=$scratch/xtables.lock
export PATH XTABLES_LOCKFILE

# ---------------------------------------------------------------- three machines and two cables

for machine in client router outside; do
    unshare -n sleep 600 &
    eval "$machine=$!"
done
on() { # on MACHINE COMMAND...: runs it there
    eval "_pid=\$$1"; shift
    nsenter -t "$_pid" -n "$@"
}

seen=" $DEMO_OUTSIDE_NS $(readlink /proc/self/ns/net) "
for machine in client router outside; do
    eval "pid=\$$machine"
    tries=0 # unshare needs a moment before its process is in the new namespace
    while ns=$(readlink "/proc/$pid/ns/net"); case $seen in *" $ns "*) true;; *) false;; esac; do
        tries=$((tries + 1)); [ $tries -lt 100 ] || die "the $machine has no network namespace of its own"
        sleep 0.05
    done
    seen="$seen$ns "
    on $machine ip link set lo up || die "lo of the $machine"
done

ip link add LAN1 netns "$router" type veth peer name eth0 netns "$client"  || die "no veth"
ip link add WAN1 netns "$router" type veth peer name eth0 netns "$outside" || die "no veth"
address() { on "$1" ip addr add "$3" dev "$2" && on "$1" ip link set "$2" up || die "$1 $2 $3"; }
address client  eth0 192.168.1.2/24
address router  LAN1 192.168.1.1/24
address router  WAN1 203.0.113.1/24
address outside eth0 203.0.113.9/24
on client  ip route add default via 192.168.1.1
# The outside host is hostile: it has a route to the private network.
on outside ip route add 192.168.1.0/24 via 203.0.113.1

# Each machine runs a service that answers with the address of its client.
serve() { on "$1" socat "TCP4-LISTEN:$2,fork,reuseaddr" 'SYSTEM:echo $SOCAT_PEERADDR' & }
serve client 8080
serve router 22
serve outside 80
visit() { on "$1" socat -T 2 - "TCP4:$2:$3,connect-timeout=2" < /dev/null 2> /dev/null; }
for service in "client 8080" "router 22" "outside 80"; do
    # shellcheck disable=SC2086 # two words
    set -- $service
    tries=0
    until [ "$(visit "$1" 127.0.0.1 "$2")" = 127.0.0.1 ]; do
        tries=$((tries + 1)); [ $tries -lt 50 ] || die "the service of the $1 does not answer"
        sleep 0.1
    done
done

reaches() { # reaches FROM ADDRESS PORT SEEN-AS WORDS
    answer=$(visit "$1" "$2" "$3") || answer="no connection"
    [ "$answer" = "$4" ] && ok "$5" || fail "$5: expected to be seen as $4, but: $answer"
}
refused() { # refused FROM ADDRESS PORT WORDS
    if answer=$(visit "$1" "$2" "$3") || [ -n "$answer" ]; then fail "$4: but it connected, and was seen as '$answer'"; fi
    ok "$4"
}

# ---------------------------------------------------------------- before

say "Without rules, with forwarding: anybody reaches anybody, under their own address"
on router sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward' || die "cannot switch forwarding on"
reaches client  203.0.113.9 80   192.168.1.2 "the client reaches the outside host, which sees 192.168.1.2"
reaches outside 192.168.1.2 8080 203.0.113.9 "the outside host reaches the client's port 8080"
reaches outside 203.0.113.1 22   203.0.113.9 "the outside host reaches the router's port 22"

# ---------------------------------------------------------------- the script

script=$(cd "${SHARED:-$here}/scenarios" && pwd)/masquerading-router.sh || die "no scenarios in SHARED=$SHARED"
[ "$(on router sh -c 'command -v iptables')" = "$sbin/iptables" ] || die "iptables in PATH is not the one under test"

say "The script: sh $script, with $(on router iptables -V) from $sbin"
on router sh "$script" > "$scratch/out" 2> "$scratch/err" || { cat "$scratch/err" >&2; fail "the script gave exit status $?"; }
# Without modules modprobe has nothing to load, or does not exist, which does not matter. Any other error does.
grep -v modprobe "$scratch/err" > "$scratch/complaints"
[ ! -s "$scratch/complaints" ] || { cat "$scratch/complaints" >&2; fail "the script complained (above)"; }
ok "ran through"

expect() { # expect WORDS COMMAND...: its output is what stands on standard input
    words=$1; shift
    cat > "$scratch/expected"
    on router "$@" > "$scratch/actual" || fail "$*: exit status $?"
    diff -u --label expected --label "$*" "$scratch/expected" "$scratch/actual" >&2 || fail "$words: see the difference above"
    ok "$words"
}
expect "iptables -S shows the rules it was given" iptables -S << 'RULES'
-P INPUT DROP
-P FORWARD DROP
-P OUTPUT DROP
-A INPUT -i lo -j ACCEPT
-A INPUT -j LOG --log-prefix "FIREWALL:INPUT "
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD ! -i WAN1 -m conntrack --ctstate NEW -j ACCEPT
-A FORWARD -j LOG --log-prefix "FIREWALL:FORWARD "
-A OUTPUT -o lo -j ACCEPT
-A OUTPUT -j LOG --log-prefix "FIREWALL:OUTPUT "
RULES
expect "iptables -t nat -S too" iptables -t nat -S << 'RULES'
-P PREROUTING ACCEPT
-P INPUT ACCEPT
-P OUTPUT ACCEPT
-P POSTROUTING ACCEPT
-A POSTROUTING -o WAN1 -j MASQUERADE
RULES

# ---------------------------------------------------------------- after

say "With the rules"
reaches client 203.0.113.9 80 203.0.113.1 "the client reaches the outside host, which sees the router's address, 203.0.113.1"
on client ping -c 1 -W 2 203.0.113.9 > /dev/null || fail "the client's ping to the outside host is not answered"
ok "the client's ping to the outside host is answered"
refused outside 192.168.1.2 8080 "the outside host cannot open a connection to the client"
refused outside 203.0.113.1 22   "the outside host cannot open a connection to the router"
refused router  203.0.113.9 80   "nor does the router itself open any: OUTPUT is closed but for lo"
reaches router  127.0.0.1   22   127.0.0.1 "the router reaches itself over lo"

# ---------------------------------------------------------------- the counters

say "The rules that did it: iptables -L -v -n"
on router iptables -L -v -n || fail "iptables -L -v -n: exit status $?"
say "iptables -t nat -L -v -n"
on router iptables -t nat -L -v -n || fail "iptables -t nat -L -v -n: exit status $?"

say "What the counters say"
count() { # count TABLE CHAIN N WORDS: rule N of the chain (0: its policy) has counted packets
    on router iptables -t "$1" -L "$2" -v -n -x > "$scratch/list" || fail "iptables -t $1 -L $2: exit status $?"
    if [ "$3" = 0 ]; then
        n=$(sed -n '1s/.*policy [A-Z]* \([0-9]*\) packets.*/\1/p' "$scratch/list")
    else
        n=$(awk -v line=$(($3 + 2)) 'NR == line { print $1 }' "$scratch/list")
    fi
    case $n in
        ''|*[!0-9]*) cat "$scratch/list" >&2; fail "$4: cannot read the counter in the listing above";;
        0) cat "$scratch/list" >&2; fail "$4: 0 packets";;
    esac
    ok "$4: $n packets"
}
count filter FORWARD 1 "answers let through (ESTABLISHED)"
count filter FORWARD 2 "connections from inside let through (NEW)"
count nat POSTROUTING 1 "connections that were lent the router's address (MASQUERADE)"
count filter FORWARD 3 "logged on the way to the client"
count filter FORWARD 0 "refused on the way to the client (policy)"
count filter INPUT 2 "logged on the way to the router"
count filter INPUT 0 "refused on the way to the router (policy)"
count filter OUTPUT 0 "refused on the way out of the router (policy)"

say "All of it true."
