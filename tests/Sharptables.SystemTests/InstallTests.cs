using Xunit;

namespace Sharptables.SystemTests;

/// <summary>What <c>make install</c>, <c>install-iptables</c> and <c>uninstall</c> put on a machine and take away again.</summary>
public sealed class InstallTests
{
    private const string Make = "make -s -o artifacts/sbin/xtables-multi";

    /// <summary>The programs that the page of iptables in Beyond Linux From Scratch lists, those of nftables apart.</summary>
    private const string Programs =
        "ip6tables ip6tables-apply ip6tables-legacy ip6tables-legacy-restore ip6tables-legacy-save ip6tables-restore ip6tables-save " +
        "iptables iptables-apply iptables-legacy iptables-legacy-restore iptables-legacy-save iptables-restore iptables-save iptables-xml " +
        "nfnl_osf nfsynproxy nfbpf_compile xtables-legacy-multi";

    [Fact]
    public void Installed_below_usr_every_program_answers_and_has_a_page() => OverlayMachine.Run($"""
        dpkg-divert --local --rename /usr/sbin/iptables-apply >/dev/null # a machine without Debian's package
        {Make} install PREFIX=/usr
        for name in {Programs}; do
            program=$(command -v "$name")
            [ "$(realpath "$program")" = /usr/sbin/xtables-multi ] || (echo "$program is not ours"; false)
        done
        iptables --version | grep -q '^iptables v1.8.10'
        [ "$(command -v iptables-xml)" = /usr/bin/iptables-xml ]
        for page in {Programs.Replace("xtables-legacy-multi", "sharptables iptables-extensions")}; do
            man -w "$page" >/dev/null
        done
        bash -n /usr/share/bash-completion/completions/iptables
        test -s /usr/share/zsh/site-functions/_iptables
        test -s /usr/share/fish/vendor_completions.d/iptables.fish
        """);

    [Fact]
    public void Uninstall_takes_away_what_was_installed_and_nothing_else() => OverlayMachine.Run($"""
        tree=$(mktemp -d)/root
        mkdir -p $tree/usr/lib/systemd/system $tree/usr/share/man/man8
        touch $tree/usr/lib/systemd/system/basic.target $tree/usr/share/man/man8/other.8
        find $tree | sort >/tmp/before
        {Make} install install-iptables PREFIX=/usr DESTDIR=$tree
        test -x $tree/etc/rc.d/init.d/iptables -a -e $tree/etc/rc.d/rc3.d/S19iptables
        test -e $tree/usr/lib/systemd/system/ip6tables.service
        {Make} uninstall PREFIX=/usr DESTDIR=$tree
        find $tree | sort >/tmp/after
        diff /tmp/before /tmp/after
        """);

    [Fact]
    public void Uninstall_leaves_what_somebody_else_has_put_in_the_place() => Assert.Contains("not ours any more", OverlayMachine.Run($"""
        tree=$(mktemp -d)
        {Make} install DESTDIR=$tree
        ln -sf /opt/iptables $tree/usr/local/sbin/iptables
        {Make} uninstall DESTDIR=$tree
        test "$(readlink $tree/usr/local/sbin/iptables)" = /opt/iptables
        ! test -e $tree/usr/local/sbin/ip6tables
        """));

    [Fact]
    public void Without_systemd_there_are_no_units() => OverlayMachine.Run($"""
        tree=$(mktemp -d)
        {Make} install-iptables DESTDIR=$tree
        test -x $tree/etc/rc.d/init.d/iptables
        ! test -e $tree/usr
        """);

    [Fact]
    public void A_second_install_over_a_running_program_works() => OverlayMachine.Run($"""
        {Make} install PREFIX=/usr
        iptables-restore & # waits for its input
        {Make} install PREFIX=/usr
        """);
}
