# Makes each rule of the file "rules" with a program, and shows what came of it: the bytes that the kernel would take, how the rule is
# listed, saved, found and deleted, and what is said. kernel.c stands for a kernel that has every match and target.
#
# usage: unshare -m sh rules.sh PROGRAM KERNEL        PROGRAM: xtables-multi, or the original's; KERNEL: kernel.c, compiled
here=$(dirname "$(realpath "$0")")
mount -t tmpfs none /mnt
mkdir /mnt/upper /mnt/work /mnt/bin
mount -t overlay overlay -o lowerdir=/usr/share,upperdir=/mnt/upper,workdir=/mnt/work /usr/share
mkdir -p /usr/share/xt_geoip/LE /usr/share/xt_asn/LE
for list in xt_geoip/DE xt_geoip/AT xt_asn/1234 xt_asn/5678; do
    printf '\001\000\000\000\005\000\000\000' | tee /usr/share/$list.iv4 >/usr/share/"${list%/*}/LE/${list#*/}.iv4"
    printf '\001%031d' 0 | tee /usr/share/$list.iv6 >/usr/share/"${list%/*}/LE/${list#*/}.iv6"
done
for name in iptables ip6tables iptables-save ip6tables-save; do ln -s "$1" /mnt/bin/$name; done
PATH=/mnt/bin:$PATH
export LD_PRELOAD="$2" TABLE=/mnt/table BYTES=/mnt/bytes

try() {
    eval "$1 -A FORWARD $2"
    echo "appended: $?"
    [ ! -e $BYTES ] || xxd $BYTES
    $1 -S
    $1 -L -n
    $1 -v -L FORWARD
    $1-save -c | grep -v '^#'
    eval "$1 -C FORWARD $2"
    echo "found: $?"
    eval "$1 -D FORWARD $2"
    echo "deleted: $?"
    $1 -S FORWARD
    case $2 in *-p\ *) return ;; esac # help of the protocol's match has words of our own
    eval "$1 $2 -h" | sed '1,/--version/d; /^ *--help  *-h /d'
}

grep -v '^#' "$here/rules" | while read -r family words; do
    echo "=== $family $words"
    rm -f $TABLE $BYTES
    [ "$family" = 4 ] && try iptables "$words" || try ip6tables "$words"
done 2>&1 | sed 's/v1\.8\.[0-9]*/VERSION/'
