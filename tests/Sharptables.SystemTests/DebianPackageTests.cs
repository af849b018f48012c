using Xunit;

namespace Sharptables.SystemTests;

/// <summary>The Debian package, on a copy of this machine, which has Debian's own package iptables as well.</summary>
public sealed class DebianPackageTests
{
    private const string Package = """
        make -s -o artifacts/sbin/xtables-multi deb >/dev/null
        package=$(ls artifacts/sharptables_*.deb)
        choose() { for name in iptables ip6tables; do update-alternatives --quiet --set $name /usr/lib/sharptables/$name; done; }
        export XTABLES_LOCKFILE=/tmp/lock

        """;

    [Fact]
    public void Lintian_finds_no_error() => OverlayMachine.Run(Package + "lintian --allow-root --fail-on error $package");

    [Fact]
    public void Installing_it_changes_nothing_until_it_is_chosen() => OverlayMachine.Run(Package + """
        before=$(realpath /usr/sbin/iptables /usr/sbin/ip6tables-save)
        dpkg -i $package
        [ "$(realpath /usr/sbin/iptables /usr/sbin/ip6tables-save)" = "$before" ]
        sharptables --version
        update-alternatives --list iptables | grep -q /usr/lib/sharptables/iptables
        """);

    [Fact]
    public void Chosen_it_is_the_systems_iptables_with_save_restore_and_apply() => OverlayMachine.Run(Package + """
        dpkg -i $package
        choose
        for name in iptables-apply ip6tables-apply; do update-alternatives --quiet --set $name /usr/lib/sharptables/$name; done
        for name in {iptables,ip6tables}{,-save,-restore,-apply}; do
            [ "$(realpath $(command -v $name))" = /usr/lib/sharptables/xtables-multi ]
        done
        iptables -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
        iptables-save | iptables-restore --test
        """);

    [Theory]
    [InlineData("personal-firewall.sh")]
    [InlineData("masquerading-router.sh")]
    public void The_scenarios_run_through_the_systems_iptables(string script) => OverlayMachine.Run(Package + $"""
        run() (
            unshare --net bash -c 'sh tests/scenarios/{script} >/dev/null; iptables-legacy-save | grep -v "^#" >/tmp/$0' $1
        )
        for name in iptables ip6tables; do update-alternatives --quiet --set $name /usr/sbin/$name-legacy; done
        run original
        dpkg -i $package
        choose
        run ours
        grep -q -- '-A INPUT' /tmp/ours
        diff /tmp/original /tmp/ours
        """);

    [Fact]
    public void Where_there_is_no_other_iptables_it_is_the_only_choice() => OverlayMachine.Run(Package + """
        dpkg --purge --force-depends iptables
        dpkg -i $package
        iptables -S
        [ "$(realpath /usr/sbin/ip6tables-restore)" = /usr/lib/sharptables/xtables-multi ]
        """);

    [Theory]
    [InlineData("remove")]
    [InlineData("purge")]
    public void It_goes_without_a_trace(string how) => OverlayMachine.Run(Package + $$"""
        tree() { find /usr /etc /var/lib/dpkg/alternatives /var/lib/dpkg/info -not -path '*/man/index*' -printf '%p %l %m\n' | sort; dpkg-divert --list | sort; }
        tree >/tmp/before
        dpkg -i $package
        choose
        dpkg --{{how}} sharptables
        tree | diff /tmp/before - | grep '^[<>]' | grep -v 'info/sharptables.*list\|info/sharptables.postrm' && exit 1
        iptables --version | grep -q nf_tables
        """);

    [Fact]
    public void Its_manual_pages_can_be_read_beside_those_of_the_other_package() => OverlayMachine.Run(Package + """
        dpkg -i $package
        man -w 8sharptables iptables | grep -q 8sharptables
        man -w sharptables
        man 8sharptables ip6tables | grep -q NAME
        """);
}
