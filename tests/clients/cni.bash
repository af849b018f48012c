# Networks of containers, as kubelet and podman have them made by the CNI plugins ptp, bridge, portmap and firewall: a container is added,
# checked, and deleted twice, since a clean-up may be repeated. The plugins learn from standard error whether a rule or
# chain exists.
export CNI_PATH=/usr/lib/cni CNI_IFNAME=eth0
mkdir -p /run/cni

# Runs one plugin for a container of a network, with the result of the plugin before it. Random names and addresses are left out.
plugin() { # COMMAND PLUGIN NETWORK CONTAINER CONFIG
    local said=/run/cni/$3.$4 status=0
    python3 - "$2" "$3" "$said" <<PYTHON > /run/cni/config
import json, os, sys
config = json.loads('''$5''')
config.update(cniVersion="0.4.0", type=sys.argv[1], name=sys.argv[2])
if os.path.exists(sys.argv[3]):
    config["prevResult"] = json.load(open(sys.argv[3]))
print(json.dumps(config))
PYTHON
    echo "\$ $1 $2 for $4 of $3"
    CNI_COMMAND=$1 CNI_CONTAINERID=$4 CNI_NETNS=/run/netns/$4 "$CNI_PATH/$2" < /run/cni/config > /run/cni/out || status=$?
    sed -E 's/("mac": )"[^"]*"/\1"MAC"/; s/veth[0-9a-f]+/vethX/; $a\' /run/cni/out
    echo "= $status"
    [[ $1 == ADD && $status == 0 ]] && cp /run/cni/out "$said"
}

ipam() { # NETWORK SUBNET...
    local network=$1 ranges=
    shift
    printf -v ranges '[{"subnet": "%s"}],' "$@"
    echo "\"ipam\": {\"type\": \"host-local\", \"dataDir\": \"/run/cni/$network\", \"ranges\": [${ranges%,}], \"routes\": [{\"dst\": \"0.0.0.0/0\"}]}"
}

masq="\"ipMasq\": true"
ports() { echo "{\"capabilities\": {\"portMappings\": true}, \"snat\": true, \"runtimeConfig\": {\"portMappings\": [$*]}}"; }

# All plugins of a network; to delete a container, in reverse.
network() { # COMMAND NETWORK CONTAINER PLUGIN CONFIG PORTS
    local plugins=("$4" portmap firewall) i
    [[ $1 == DEL ]] && plugins=(firewall portmap "$4")
    for i in "${plugins[@]}"; do
        case $i in
            portmap) plugin "$1" portmap "$2" "$3" "$(ports "$6")" ;;
            firewall) plugin "$1" firewall "$2" "$3" '{"backend": "iptables"}' ;;
            *) plugin "$1" "$4" "$2" "$3" "$5" ;;
        esac
    done
}

# The kernel sends packets of its own as soon as there is a link.
left() { rules | sed 's/ \[[0-9:]*\]$//'; }

web='{"hostPort": 8443, "containerPort": 443, "protocol": "tcp"}'
all="{\"hostPort\": 8080, \"containerPort\": 80, \"protocol\": \"tcp\"}, $web,
    {\"hostPort\": 5353, \"containerPort\": 53, \"protocol\": \"udp\", \"hostIP\": \"203.0.113.1\"}"
pair=(ptp "{$masq, $(ipam ptp 10.77.0.0/24)}" "$all")
# For IPv6 one port only: 1.8.9's -C takes any for any.
bridged=(bridge "{\"bridge\": \"cni0\", \"isGateway\": true, \"hairpinMode\": true, $masq, $(ipam bridge 10.88.0.0/16 fd00:88::/64)}" "$web")

for container in one two; do
    ip netns add $container
    network ADD pair $container "${pair[@]}"
    left
    network CHECK pair $container "${pair[@]}"
done
step iptables -t nat -F # somebody else's doing
network CHECK pair one "${pair[@]}"
for container in one two; do
    network DEL pair $container "${pair[@]}"
    network DEL pair $container "${pair[@]}"
    left
done
for container in three four; do
    ip netns add $container
    network ADD bridged $container "${bridged[@]}"
    network CHECK bridged $container "${bridged[@]}"
    left
done
for container in four three; do
    network DEL bridged $container "${bridged[@]}"
    left
    network DEL bridged $container "${bridged[@]}"
done
left
