# miniupnpd maps ports for a program that asks by NAT-PMP or UPnP. Prints the rules after each step.
# usage: miniupnpd.sh CLIENTS SAVE        the folder of its packages; the program iptables-save
set -eu
clients=$1 save=$2 work=$(mktemp -d)
export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$clients/usr/lib/x86_64-linux-gnu:$clients/usr/lib"
trap 'rm -rf "$work"' EXIT
ip link set lo up
ip link add outside type veth peer name away
ip link add inside type veth peer name host
for name in outside away inside host; do ip link set $name up; done
ip addr add 11.0.0.1/24 dev outside
ip addr add 192.168.7.1/24 dev inside
ip route add default dev inside
for table in nat filter mangle; do iptables-legacy -t $table -N MINIUPNPD; done
iptables-legacy -t nat -N MINIUPNPD-POSTROUTING
iptables-legacy -t nat -A PREROUTING -i outside -j MINIUPNPD
iptables-legacy -A FORWARD -i outside -j MINIUPNPD
cat >"$work/conf" <<END
ext_ifname=outside
listening_ip=inside
port=5000
enable_natpmp=yes
enable_upnp=yes
min_lifetime=120
secure_mode=yes
uuid=00000000-0000-0000-0000-000000000001
allow 1024-65535 0.0.0.0/0 1024-65535
END
"$clients/usr/sbin/miniupnpd" -d -f "$work/conf" -P "$work/pid" >"$work/said" 2>&1 &
daemon=$!
sleep 1
step() {
    echo "== $*"
    program=$1
    shift
    "$clients/usr/bin/$program" "$@" >"$work/answer" 2>&1 || { echo "status $?"; cat "$work/answer" "$work/said"; }
    "$save" | grep MINIUPNPD
}
step natpmpc -g 192.168.7.1 -a 4000 4001 tcp 3600
step upnpc -u http://192.168.7.1:5000/rootDesc.xml -e one -a 192.168.7.1 5001 5002 UDP
step upnpc -u http://192.168.7.1:5000/rootDesc.xml -e two -a 192.168.7.1 6001 6002 TCP
step upnpc -u http://192.168.7.1:5000/rootDesc.xml -l
grep -E '^ *[0-9]+ (TCP|UDP)' "$work/answer" | sed "s/ [0-9]*$//"
step upnpc -u http://192.168.7.1:5000/rootDesc.xml -d 5002 UDP
step natpmpc -g 192.168.7.1 -a 4000 4001 tcp 0
kill $daemon
wait $daemon || true
grep -iE 'iptc|error|fail' "$work/said" | sed 's/.*: //' || true
