# A tunnel that takes all traffic: the rules that keep others from using its address, and those that mark its own packets.
mkdir -p /etc/wireguard /opt/wg
cat > /etc/wireguard/wg0.conf <<'CONFIG'
[Interface]
PrivateKey = MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
Address = 10.9.0.2/24, 10.10.0.2/32, fd00:9::2/64
MTU = 1420
PostUp = iptables -I FORWARD -o %i -j ACCEPT; iptables -t nat -A POSTROUTING -o %i -j MASQUERADE
PostDown = iptables -D FORWARD -o %i -j ACCEPT; iptables -t nat -D POSTROUTING -o %i -j MASQUERADE

[Peer]
PublicKey = ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=
Endpoint = 203.0.113.9:51820
AllowedIPs = 0.0.0.0/0, ::/0
CONFIG
chmod 600 /etc/wireguard/wg0.conf
# It prefers nft, if that is there.
rm -f /usr/sbin/nft
cp /usr/bin/wg-quick /opt/wg

# A kernel without WireGuard: another kind of link has the name, and a fake wg keeps its settings. wg-quick, which looks for both in
# its own folder first, does the rest.
if ip link add wg0 type wireguard 2> /dev/null; then
    ip link delete wg0
else
    cat > /opt/wg/ip <<'IP'
#!/bin/bash
[[ $* == "link add wg0 type wireguard" ]] && set -- link add wg0 type veth peer name wg0-peer
exec /usr/sbin/ip "$@"
IP
    cat > /opt/wg/wg <<'WG'
#!/bin/bash
case $* in
    'setconf wg0 '*) cat "$3" > /run/wg0.conf ;;
    'set wg0 fwmark '*) printf '0x%x\n' "$4" > /run/wg0.fwmark ;;
    'show wg0 fwmark') cat /run/wg0.fwmark 2> /dev/null || echo off ;;
    'show wg0 allowed-ips') sed -n 's/,//g; /^PublicKey/h; /^AllowedIPs/{H; x; s/PublicKey = //; s/\nAllowedIPs = /\t/p}' /run/wg0.conf ;;
    'show interfaces') echo wg0 ;;
    *) echo "wg $*: not expected" >&2; exit 1 ;;
esac
WG
    chmod +x /opt/wg/*
fi

# The kernel may send packets on a new link (MLD), which are counted, at any time.
uncounted() { rules | sed '/^:/s/\[.*/[0:0]/'; }

step iptables -A FORWARD -j DROP # somebody else's, which is to stay
step /opt/wg/wg-quick up wg0
uncounted
step iptables -t raw -A PREROUTING -i eth0 -j ACCEPT
step /opt/wg/wg-quick down wg0
uncounted
