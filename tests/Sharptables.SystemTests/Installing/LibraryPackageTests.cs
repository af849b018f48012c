using Xunit;

namespace Sharptables.SystemTests.Installing;

/// <summary>The Debian packages of the C libraries, on a copy of this machine, which has Debian's own.</summary>
public sealed class LibraryPackageTests
{
    private const string Packages = $"""
        export DEB_COMPRESSION=gzip # faster
        rm -f artifacts/*.deb
        {OverlayMachine.Make} deb >/dev/null
        packages=$(ls artifacts/*.deb | grep -v /sharptables)
        export XTABLES_LOCKFILE=/tmp/lock

        """;

    [Fact]
    public void Lintian_finds_nothing() => OverlayMachine.Run(Packages + """
        [ -z "$(lintian --allow-root --suppress-tags package-has-long-file-name $packages | tee /dev/stderr)" ]
        """);

    [Fact]
    public void They_take_the_place_of_Debians_for_every_program() => OverlayMachine.Run(Packages + """
        dpkg -i $packages
        [ -z "$(dpkg --audit)" ]
        apt-get check
        for name in libip4tc2 libip6tc2 libxtables12; do ! dpkg-query -W -f '${Status}' $name | grep -q ' installed$'; done
        ldd /usr/sbin/xtables-legacy-multi >/tmp/loads
        for name in libip4tc.so.2 libip6tc.so.2 libxtables.so.12; do
            cmp artifacts/lib/$name "$(sed -n "s/.*$name => \([^ ]*\) .*/\1/p" /tmp/loads)"
        done
        iptables-legacy -A INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT
        iptables-legacy -C INPUT -p tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT
        """);

    [Fact]
    public void Programs_are_compiled_with_the_package_for_that() => OverlayMachine.Run(Packages + """
        dpkg -i $packages
        for name in libiptc libip4tc libip6tc xtables libipq; do
            gcc -shared -o /tmp/linked.so -Wl,--no-as-needed $(pkg-config --cflags --libs $name)
        done
        gcc -Wall -Wextra -Werror -o /tmp/queue tests/c-libraries/ipq.c -lipq
        man -w 3 ipq_message_type
        """);

    [Fact]
    public void They_go_without_a_trace() => OverlayMachine.Run(Packages + """
        dpkg --purge --force-depends libip4tc2 libip6tc2 libxtables12
        tree() { find /usr /etc /var/lib/dpkg/info -printf '%p %l %m\n' | grep -v /man/index | sort; }
        tree >/tmp/before
        dpkg -i $packages
        dpkg --purge --force-depends $(for package in $packages; do dpkg-deb -f $package Package; done)
        tree | diff /tmp/before -
        """);
}
