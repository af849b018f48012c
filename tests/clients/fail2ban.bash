# Each of its actions that call iptables, through its server: addresses are banned and unbanned, then the server stops.
rm -f /etc/fail2ban/jail.d/*
mkdir -p /run/fail2ban
touch /var/log/door.log
jails=(iptables iptables-new iptables-multiport iptables-multiport-log iptables-allports iptables-ipset-proto4 iptables-ipset-proto6
    iptables-ipset-proto6-allports iptables-xt_recent-echo)
for jail in "${jails[@]}"; do
    case $jail in
        *-multiport) to='port="22,80,8080:8090", protocol="tcp,udp"' ;;
        *-multiport-log | *-proto6) to='port="ssh,http,8080:8090", protocol=tcp' ;;
        *) to='port=ssh, protocol=tcp' ;;
    esac
    printf '%s\n' "[$jail]" 'enabled = true' 'filter = sshd' 'backend = polling' 'logpath = /var/log/door.log' \
        "action = $jail[name=${jail#iptables-}, $to]"
done > /etc/fail2ban/jail.local
printf '%s\n' '[Definition]' 'allowipv6 = yes' > /etc/fail2ban/fail2ban.local

# The rules, and the sets that they use.
bans() {
    rules
    ipset save | sed 's/ initval .*//' | sort # its members have no order, its hash begins anywhere
    local list
    for list in /proc/net/xt_recent/*; do
        [[ -e $list ]] && echo "$list" && cut -d ' ' -f 1 "$list"
    done
    return 0
}
banned() { bans | grep -qF "$1"; }
freed() { ! banned "$1"; }

# The server answers before it acts.
ban() {
    step fail2ban-client set "$1" banip "$2"
    await banned "$2"
}
unban() {
    step fail2ban-client set "$1" unbanip "$2"
    await freed "$2"
}

step fail2ban-client start
number=0
for jail in "${jails[@]}"; do
    ban "$jail" 198.51.100.$((++number))
    ban "$jail" 192.0.2.$number
    # An address that is always written in this form. The old kind of set has no action for IPv6.
    [[ $jail == *proto4 ]] || ban "$jail" 2001:1db8:1111:2222:3333:4444:5555:666$number
    bans
    unban "$jail" 198.51.100.$number
    bans
done
for jail in "${jails[@]}"; do
    step fail2ban-client status "$jail"
done
step fail2ban-client restart iptables-multiport
await banned 192.0.2.3
await banned 2001:1db8:1111:2222:3333:4444:5555:6663
step fail2ban-client unban 192.0.2.3
await freed 192.0.2.3
bans
step fail2ban-client stop
bans
grep -E 'ERROR|CRITICAL' /var/log/fail2ban.log && exit 1 # a command of an action failed
exit 0
