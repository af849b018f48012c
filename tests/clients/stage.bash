# The stage from inside: prepares everything, then runs a client's script, for which it has some functions.
#
# usage: stage.bash PROGRAM ORIGINAL legacy|nft CLIENT
set -euo pipefail
program=$1 original=$2 interface=$3 client=$PWD/tests/clients/$4.bash

# The client, without what this machine may have of it.
rm -rf /{etc,var/lib}/{ufw,fail2ban,ferm,iptables,wireguard,arno-iptables-firewall}
cp -a artifacts/clients/. /
mount -t tmpfs none /run

# The settings below net belong to the namespace; all others are the machine's.
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
mount --bind /proc/sys/net /proc/sys/net
mount -o remount,bind,rw /proc/sys/net

# The programs, first in PATH, and at the paths that some clients use instead.
mkdir -p /opt/firewall
for name in {ip,ip6}tables{,"-$interface"}{,-save,-restore}; do
    ln -s "$program" "/opt/firewall/$name"
    ln -sf "$program" "/usr/sbin/$name"
done
export PATH=/opt/firewall:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin SHARPTABLES_INTERFACE=$interface
# The kernel loads by itself what a rule needs; a client must not load more than that.
ln -sf ../bin/true /usr/sbin/modprobe

# The interfaces that the clients' rules are about. They stay down, so that no packet of the kernel's own is counted.
ip link add eth0 type veth peer name eth1
ip addr add 203.0.113.1/24 dev eth0
ip addr add 192.168.1.1/24 dev eth1

# Runs a step; prints its words before it and its exit status after it.
step() {
    echo "\$ $*"
    local status=0
    "$@" || status=$?
    echo "= $status"
}

# The rules now in force, of all tables of both families. Without the time and version in comments.
rules() {
    local family
    for family in ip ip6; do
        echo "# $family"
        "$original" "${family}tables-save" | grep -v '^#' || true
    done
}

# Waits for a condition, as that of a daemon which answers before it acts.
await() {
    local end=$((SECONDS + 60))
    until "$@" > /dev/null 2>&1; do
        ((SECONDS < end)) || { echo "never came true: $*"; exit 1; }
        sleep 0.05
    done
}

set +eu +o pipefail
exec 2>&1
cd
readlink -f /usr/sbin/iptables "$(type -P iptables)" # for the test to see whose programs these are, by either path
. "$client"
