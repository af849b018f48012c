# A router with a LAN behind it and a DMZ beside it, of both families; its status; a restart with other settings; a stop.
cat > /etc/arno-iptables-firewall/conf.d/50stage.conf <<'CONFIG'
EXT_IF="eth0"
INT_IF="eth1"
INTERNAL_NET="192.168.1.0/24"
NAT=1
NAT_INTERNAL_NET="192.168.1.0/24"
IPV6_SUPPORT=1
OPEN_TCP="22 80 443"
OPEN_UDP="53 4500:4502"
OPEN_ICMP=1
HOST_OPEN_TCP="198.51.100.0/24~25,587"
HOST_DENY_UDP="198.51.100.9~161"
BLOCK_HOSTS="192.0.2.66 2001:db8:66::/48"
NAT_FORWARD_TCP="8080>192.168.1.10~80"
NAT_FORWARD_UDP="198.51.100.0/24~5060>192.168.1.11"
LAN_INET_DENY_TCP="25"
LAN_OPEN_TCP="22 53"
MANGLE_TOS=1
FRAG_DROP=1
RESERVED_NET_DROP=1
DRDOS_PROTECT=1
CONFIG

plugin() { printf '%s\n' "${@:2}" ENABLED=1 >> "/etc/arno-iptables-firewall/plugins/$1.conf"; }
plugin ssh-brute-force-protection SSH_BFP_TRUSTED_HOSTS=198.51.100.0/24
plugin ids-protection IDS_INTERFACE=eth0 IDS_TRUSTED_HOSTS=198.51.100.0/24
plugin nat-loopback NAT_LOOPBACK_NET=192.168.1.0/24
plugin sip-voip SIP_VOIP_REMOTE_HOSTS=198.51.100.20
plugin outbound-snat 'OUTBOUND_SNAT_NET_HOST="192.168.1.32/28>203.0.113.1"'
plugin transparent-dnat DNAT_MY_INTERNAL_IP=192.168.1.1 DNAT_MY_EXTERNAL_IP=203.0.113.1 DNAT_TCP_PORTS=80,443
plugin transparent-proxy HTTP_PROXY_PORT=3128
plugin ipsec-vpn IPSEC_VPN_NETS=10.20.0.0/16 IPSEC_NAT_TRAVERSAL=1
plugin pptp-vpn PPTP_VPN_NETS=10.30.0.0/24
plugin pptp-vpn-passthrough
plugin ipv6-over-ipv4 IPV6_OVER_IPV4_SERVER=198.51.100.64 IPV6_OVER_IPV4_IF=eth0
plugin linux-upnp-igd
plugin mac-address-filter MAC_ADDRESS_IF=eth1
printf '%s\n' 02:00:00:00:00:01 '02:00:00:00:00:02 192.168.1.2' > /etc/arno-iptables-firewall/mac-addresses

firewall() { step arno-iptables-firewall "$@" 2>&1 | sed -E 's/[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} /TIME /'; }
firewall start
rules
firewall status
firewall status-plugins
firewall stop
rules
echo 'DISABLE_IPTABLES_BATCH=1' >> /etc/arno-iptables-firewall/conf.d/50stage.conf
firewall start
rules
firewall restart
rules
