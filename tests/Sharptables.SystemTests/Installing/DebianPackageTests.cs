using Xunit;

namespace Sharptables.SystemTests.Installing;

/// <summary>The Debian package, on a copy of this machine, which has Debian's own package iptables as well.</summary>
public sealed class DebianPackageTests
{
    private const string Package = $$"""
        export DEB_COMPRESSION=gzip # faster
        rm -f artifacts/sharptables*.deb
        {{OverlayMachine.Make}} deb LIBRARIES=no >/dev/null
        package=$(ls artifacts/sharptables_*.deb)
        plugins=$(ls artifacts/sharptables-plugins_*.deb)
        choose() { for name in iptables ip6tables; do update-alternatives --quiet --set $name /usr/lib/sharptables/$name; done; }
        export XTABLES_LOCKFILE=/tmp/lock

        """;

    [Fact]
    public void Lintian_finds_no_error() =>
        OverlayMachine.Run(Package + "[ -z \"$(lintian --allow-root --fail-on error --suppress-tags package-has-long-file-name $package $plugins | tee /dev/stderr)\" ]");

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

    [Fact]
    public void Plugins_work_with_the_package_for_them() => OverlayMachine.Run(Package + """
        gcc -Wall -Werror -Isrc/c-libraries/include -fPIC -shared -o "$(echo /usr/lib/*/xtables)/libxt_pktsize.so" docs/plugin-sample/libxt_pktsize.c
        dpkg -i $package
        choose
        iptables -A INPUT -m pktsize --larger 1400 >/tmp/said 2>&1 && exit 1
        grep 'package sharptables-plugins' /tmp/said
        dpkg -i $plugins
        iptables -A INPUT -m pktsize --larger 1400
        iptables -S INPUT | grep -- '--length 1401:65535'
        """);

    [Fact]
    public void Its_maintainer_is_whoever_hands_it_out() => OverlayMachine.Run("""
        export DEBFULLNAME='A Name' DEBEMAIL=name@example.org
        """ + "\n" + Package + $"""
        [ "$(dpkg-deb -f $package Maintainer)" = 'A Name <name@example.org>' ]
        unset DEBFULLNAME DEBEMAIL
        {OverlayMachine.Make} deb LIBRARIES=no >/dev/null
        dpkg-deb -f $package Maintainer | grep -v debian
        """);

    /// <summary>Debian's package cannot be fetched here; one with the same files in these two places replaces it.</summary>
    private const string Debians = """
        mkdir -p /tmp/other/{DEBIAN,usr/sbin}
        printf 'Package: iptables\nVersion: 99\nArchitecture: all\nMaintainer: m <m@example.org>\nDescription: d\n' >/tmp/other/DEBIAN/control
        for name in iptables-apply ip6tables-apply; do echo theirs >/tmp/other/usr/sbin/$name; done
        dpkg-deb --build /tmp/other /tmp/other.deb >/dev/null
        dpkg --purge --force-depends iptables

        """;

    [Theory]
    [InlineData("$package /tmp/other.deb")]
    [InlineData("/tmp/other.deb $package")]
    public void In_whatever_order_they_are_installed_theirs_is_used_until_ours_is_chosen(string order) =>
        OverlayMachine.Run(Package + Debians + $"""
        for one in {order}; do dpkg -i $one; done
        for name in iptables-apply ip6tables-apply; do
            [ "$(cat /usr/sbin/$name)" = theirs ]
            update-alternatives --set $name /usr/lib/sharptables/$name
            [ "$(realpath /usr/sbin/$name)" = /usr/lib/sharptables/xtables-multi ]
        done
        dpkg --purge --force-depends iptables
        [ "$(realpath /usr/sbin/iptables-apply)" = /usr/lib/sharptables/xtables-multi ]
        update-alternatives --query iptables-apply | grep -c '^Alternative:' | grep -qx 1
        dpkg -i /tmp/other.deb
        dpkg --purge sharptables
        [ "$(cat /usr/sbin/ip6tables-apply)" = theirs ]
        """);

    [Fact]
    public void Its_version_names_the_commit_it_is_made_from() => OverlayMachine.Run("""
        commit() { git -C /tmp/clone -c user.name=n -c user.email=e@example.org commit -q --allow-empty -m "$1"; }
        export GIT_COMMITTER_DATE=2026-01-02T03:04:05Z
        mkdir -p /tmp/clone/packaging/deb
        cp packaging/deb/version /tmp/clone/packaging/deb/
        cp Directory.Build.props /tmp/clone/
        version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
        [ "$(/tmp/clone/packaging/deb/version)" = $version ]
        git -C /tmp/clone init -q
        git -C /tmp/clone add .
        commit one
        one=$(/tmp/clone/packaging/deb/version)
        [[ $one == $version+git20260102.030405.???????? ]]
        [ "$(/tmp/clone/packaging/deb/version)" = $one ]
        GIT_COMMITTER_DATE=2026-01-02T03:04:06Z commit two
        dpkg --compare-versions "$(/tmp/clone/packaging/deb/version)" gt $one
        echo >>/tmp/clone/Directory.Build.props
        [[ $(/tmp/clone/packaging/deb/version) == *.changed ]]
        git -C /tmp/clone checkout -q .
        git -C /tmp/clone tag v$version
        [ "$(/tmp/clone/packaging/deb/version)" = $version ]
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
