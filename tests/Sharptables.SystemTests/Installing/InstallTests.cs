using Xunit;

namespace Sharptables.SystemTests.Installing;

/// <summary>What <c>make install</c>, <c>install-iptables</c> and <c>uninstall</c> put on a machine and remove again.</summary>
public sealed class InstallTests
{
    private const string Make = OverlayMachine.Make;

    /// <summary>The programs that the page of iptables in Beyond Linux From Scratch lists, those of nftables apart.</summary>
    private const string Programs =
        "ip6tables ip6tables-apply ip6tables-legacy ip6tables-legacy-restore ip6tables-legacy-save ip6tables-restore ip6tables-save " +
        "iptables iptables-apply iptables-legacy iptables-legacy-restore iptables-legacy-save iptables-restore iptables-save iptables-xml " +
        "nfnl_osf nfsynproxy nfbpf_compile xtables-monitor xtables-legacy-multi";

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
        mkdir -p $tree/usr/libexec $tree/usr/share/fish/vendor_completions.d
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
        ! test -e $tree/usr/lib
        """);

    /// <summary>Needs neither make nor dotnet: the list that was kept names what to remove.</summary>
    [Fact]
    public void Uninstall_builds_nothing() => OverlayMachine.Run($"""
        tree=$(mktemp -d)
        {Make} install DESTDIR=$tree
        rm -rf artifacts
        make -s uninstall DESTDIR=$tree
        ! test -e artifacts
        test -z "$(find $tree ! -type d)"
        """);

    [Fact]
    public void A_newer_install_takes_away_what_it_no_longer_has() => OverlayMachine.Run($"""
        tree=$(mktemp -d)
        {Make} install DESTDIR=$tree
        list=$tree/usr/local/share/sharptables/installed
        touch $tree/usr/local/sbin/gone $tree/usr/local/sbin/changed
        printf 'sbin/%s\t%s\n' gone "$(sha256sum </dev/null | cut -d' ' -f1)" changed other >>$list
        {Make} install DESTDIR=$tree
        ! test -e $tree/usr/local/sbin/gone
        test -e $tree/usr/local/sbin/changed
        ! grep -q gone $list
        """);

    [Fact]
    public void Paths_may_have_blanks_and_quotes_in_them() => OverlayMachine.Run($$"""
        tree="$(mktemp -d)/it's a "tree" of \$HOME"
        mkdir -p "$tree/usr/lib/systemd/system"
        touch "$tree/usr/lib/systemd/system/basic.target"
        {{Make}} install install-iptables PREFIX='/opt/my tools' DESTDIR="${tree//\$/\$\$}"
        "$tree/opt/my tools/sbin/iptables" --version
        grep '^ExecStart="/opt/my tools/share/sharptables/boot" restore iptables' "$tree/usr/lib/systemd/system/iptables.service"
        test -x "$tree/opt/my tools/share/sharptables/boot"
        {{Make}} uninstall PREFIX='/opt/my tools' DESTDIR="${tree//\$/\$\$}"
        test "$(find "$tree" ! -type d)" = "$tree/usr/lib/systemd/system/basic.target"
        """);

    /// <summary>All but the compiler, which takes its time.</summary>
    [Fact]
    public void The_clone_may_lie_below_blanks_and_letters_beyond_ASCII() => OverlayMachine.Run($"""
        clone="$(mktemp -d)/mein ordner/für alle"
        mkdir -p "$clone/artifacts/sbin"
        cp -r $(ls -A | grep -vx -e .git -e artifacts) "$clone"
        cp artifacts/sbin/xtables-multi "$clone/artifacts/sbin"
        cp -r artifacts/lib artifacts/libexec "$clone/artifacts"
        cd "$clone"
        packaging/need test
        {Make} install PREFIX=/usr DESTDIR="$clone/tree"
        "$clone/tree/usr/sbin/iptables" --version
        {Make} uninstall PREFIX=/usr DESTDIR="$clone/tree"
        {Make} deb >/dev/null
        test -s artifacts/sharptables_*.deb
        {Make} -n demo test bench fuzz | bash -n
        """);

    /// <summary>As in a clone whose files only root may read.</summary>
    [Fact]
    public void What_is_installed_may_be_read_by_all_whatever_the_umask() => OverlayMachine.Run($"""
        umask 077
        chmod -R go= README.md CHANGELOG.md LICENSE docs packaging
        tree=$(mktemp -d)
        chmod 755 $tree
        mkdir -m 755 $tree/system
        {Make} install install-iptables SYSTEMD=yes DESTDIR=$tree/system
        rm -f artifacts/*.deb
        {Make} deb >/dev/null
        mkdir -m 755 $tree/package
        for package in artifacts/*.deb; do dpkg-deb -x $package $tree/package; done
        find $tree -mindepth 1 ! -type l ! -perm -o=r -o -type d ! -perm -o=x | grep -v init.d/iptables && exit 1
        setpriv --reuid=65534 --clear-groups $tree/system/usr/local/sbin/iptables --version
        """);

    [Fact]
    public void Help_names_every_target_for_people() => OverlayMachine.Run("""
        make -s help >/tmp/help
        for target in $(sed -n '/^\.PHONY:/,/[^\\]$/p' Makefile | tr -d '\\' | sed 's/^.PHONY://'); do
            case $target in all | links | stage* | check-format | setup-* | may-*) continue ;; esac
            grep -q "^  make $target  *[a-zA-Z]" /tmp/help || (echo "make help does not name $target"; false)
        done
        """);

    [Fact]
    public void What_is_missing_is_named_at_once() => Assert.Contains("apt-get install first second", OverlayMachine.Run("""
        ! setpriv --reuid=65534 --clear-groups packaging/need demo no-such=first ls=coreutils '/no/such/*=second' not-there=first
        """));

    [Theory]
    [InlineData("test", "sudo make test")]
    [InlineData("demo DEMO_NEEDS=no-such=package", "sudo make demo")]
    public void Who_may_not_is_told_so_before_anything_else(string target, string advice)
    {
        // The copy of the machine is a chroot, where user namespaces cannot be made.
        string said = OverlayMachine.Run($"! setpriv --reuid=65534 --clear-groups make -s {target}");
        Assert.Contains(advice, said, StringComparison.Ordinal);
        Assert.True(said.Split('\n').Length < 5, said);
    }

    [Fact]
    public void A_second_install_over_a_running_program_works() => OverlayMachine.Run($"""
        {Make} install PREFIX=/usr
        iptables-restore & # waits for its input
        {Make} install PREFIX=/usr
        """);
}
