# Networks of containers, as podman has them made by netavark: containers with ports are set up and torn down, one of them twice, on two networks, of which
# one also has IPv6 and is isolated from the other.
export NETAVARK_FW=iptables

# Configures a container as podman does. Ports are [HOST-IP,]HOST-PORT,PORT,COUNT,PROTOCOL.
container() { # setup|teardown NAME NETWORK NUMBER PORT...
    python3 - "$@" <<'PYTHON' > /run/config
import ipaddress, json, sys
action, name, network, number, *ports = sys.argv[1:]
subnets = {"pods": ["10.88.0.0/16"], "web": ["10.89.0.0/24", "fd00:89::/64"]}[network]
def address(subnet, host): return str(ipaddress.ip_network(subnet)[int(host)])
def mapping(words):
    *host, outer, inner, count, protocol = words.split(",")
    return {"host_ip": host[0] if host else "", "host_port": int(outer), "container_port": int(inner), "range": int(count), "protocol": protocol}
print(json.dumps({
    "container_id": name * 8, "container_name": name, "port_mappings": [mapping(port) for port in ports],
    "networks": {network: {"interface_name": "eth0", "static_ips": [address(subnet, number) for subnet in subnets], "static_mac": f"02:00:00:00:00:0{number}"}},
    "network_info": {network: {
        "name": network, "id": network * 16, "driver": "bridge", "network_interface": network + "0", "internal": False, "dns_enabled": False,
        "ipv6_enabled": len(subnets) > 1, "options": {"isolate": "true"} if network == "web" else None, "ipam_options": {"driver": "host-local"},
        "subnets": [{"subnet": subnet, "gateway": address(subnet, 1)} for subnet in subnets]}}}))
PYTHON
    step /usr/lib/podman/netavark "$1" "/run/netns/$2" < /run/config
}

# The kernel sends packets of its own as soon as there is a link.
left() { rules | sed 's/ \[[0-9:]*\]$//'; }

one=(one pods 2 8080,80,1,tcp 203.0.113.1,5353,53,1,udp 9000,9000,10,tcp)
two=(two pods 3 8443,443,1,tcp)
three=(three web 4 8081,80,1,tcp 7000,7000,3,udp)
for name in one two three; do
    ip netns add $name
done
for name in one two three; do
    declare -n words=$name
    container setup "${words[@]}"
    left
done
step iptables -t nat -F NETAVARK-HOSTPORT-DNAT # somebody else's doing
for name in two one one three; do
    declare -n words=$name
    container teardown "${words[@]}"
    left
done
container setup "${three[@]}"
left
