# collectd's plugin iptables counts by rules of a table: one with each comment or number, IPv4 and IPv6. Prints what it wrote of each.
# usage: collectd.sh CLIENTS        the folder of its packages
set -eu
clients=$1 work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ip link set lo up
iptables-legacy -A INPUT -p icmp -m comment --comment pings -j ACCEPT
iptables-legacy -A INPUT -p tcp --dport 80 -m comment --comment web -j ACCEPT
iptables-legacy -A INPUT -j ACCEPT
ip6tables-legacy -A OUTPUT -p udp -m comment --comment datagrams
cat >"$work/conf" <<END
Interval 1
BaseDir "$work"
PIDFile "$work/pid"
PluginDir "$clients/usr/lib/collectd"
TypesDB "$clients/usr/share/collectd/types.db"
Hostname "here"
LoadPlugin logfile
LoadPlugin iptables
LoadPlugin csv
<Plugin logfile>
  File "stdout"
</Plugin>
<Plugin csv>
  DataDir "$work"
</Plugin>
<Plugin iptables>
  Chain filter INPUT
  Chain filter INPUT 2 second
  Chain filter MISSING
  Chain6 filter OUTPUT
</Plugin>
END
ping -q -c 2 -i 0.2 127.0.0.1 >/dev/null
"$clients/usr/sbin/collectd" -f -C "$work/conf" >"$work/said" 2>&1 &
sleep 2.5
kill $!
wait $! || true
sed 's/^\[[^]]*\] *//' "$work/said" | sort -u | grep -v -e '^plugin_load' -e interval
# The newest value of each file: nothing counts any more.
cd "$work/here"
find . -type f | sort | while read -r file; do echo "${file%-20*} $(tail -n 1 "$file" | cut -d, -f2)"; done
