using Xunit;

namespace Sharptables.SystemTests.Installing;

/// <summary>The C libraries, their headers and pkg-config files, as <c>make install</c> puts them on a machine.</summary>
public sealed class LibraryInstallTests
{
    private const string Make = OverlayMachine.Make;

    /// <summary>Prints which file a program gets that asks the loader for libip4tc.so.2.</summary>
    private const string Loaded = """
        loaded() { python3 -c "
        import ctypes
        ctypes.CDLL('libip4tc.so.2')
        print(next(line.split()[-1] for line in open('/proc/self/maps') if 'libip4tc' in line))"; }

        """;

    [Theory]
    [InlineData("/usr/local", "")]
    [InlineData("/opt/my tools", "")]
    [InlineData("/opt/tools", "LIBDIR=lib64")]
    public void A_program_is_compiled_with_what_pkg_config_says(string prefix, string words) => OverlayMachine.Run($$"""
        {{Make}} install PREFIX='{{prefix}}' {{words}}
        export PKG_CONFIG_PATH=$(dirname "$(find '{{prefix}}' -name libiptc.pc)")
        [ "$(pkg-config --modversion libiptc libip4tc libip6tc libipq)" = "$(printf '1.8.10\n%.0s' 1 2 3 4)" ]
        cat >/tmp/probe.c <<'END'
        #include <stdio.h>
        #include <libiptc/libip6tc.h>
        #include <libiptc/libiptc.h>
        int main(void) { return !(puts(iptc_first_chain(iptc_init("nat"))) > 0 && puts(ip6tc_first_chain(ip6tc_init("filter"))) > 0); }
        END
        eval "gcc -Wall -Wextra -Werror -o /tmp/probe /tmp/probe.c $(pkg-config --cflags --libs libiptc)"
        libdir=$(pkg-config --variable=libdir libip4tc)
        export LD_LIBRARY_PATH=${libdir//\\/}
        ldd /tmp/probe >/tmp/said; grep -F "libip4tc.so.2 => $LD_LIBRARY_PATH/" /tmp/said
        [ "$(/tmp/probe)" = "$(printf 'PREROUTING\nINPUT')" ]
        eval "gcc -o /tmp/queue tests/c-libraries/ipq.c $(pkg-config --cflags --libs libipq)"
        ! /tmp/queue protocol 2>/tmp/said; grep 'Invalid protocol' /tmp/said
        """);

    [Fact]
    public void Those_of_somebody_else_are_left_alone_and_it_is_said_how_to_replace_them()
    {
        string said = OverlayMachine.Run(Loaded + $$"""
            before=$(loaded | xargs sha256sum)
            {{Make}} install PREFIX=/usr
            [ "$(loaded | xargs sha256sum)" = "$before" ]
            ! test -e /usr/include/libipq.h
            [ "$(realpath /usr/sbin/iptables)" = /usr/sbin/xtables-multi ]
            """);
        Assert.Contains("libip4tc.so.2\n", said, StringComparison.Ordinal);
        Assert.Contains("make install LIBRARIES=yes", said, StringComparison.Ordinal);
    }

    [Fact]
    public void On_request_they_are_replaced_and_uninstall_puts_them_back() => OverlayMachine.Run(Loaded + $$"""
        tree() { find /usr /etc -path /usr/share/man/man3 -prune -o ! -type d ! -name ld.so.cache -printf '%p %l %m %s %T@\n' | sort; }
        tree >/tmp/before
        {{Make}} install PREFIX=/usr LIBRARIES=yes >/tmp/said; grep 'systemd does' /tmp/said
        cmp "$(loaded)" artifacts/lib/libip4tc.so.2.0.0
        test -e /usr/include/libipq.h
        man -w 3 ipq_destroy_handle
        {{Make}} install PREFIX=/usr
        {{Make}} uninstall PREFIX=/usr
        tree | diff /tmp/before -
        """);

    [Fact]
    public void They_may_be_left_out() => OverlayMachine.Run($"""
        {Make} install LIBRARIES=no
        test -x /usr/local/sbin/iptables
        ! compgen -G '/usr/local/lib/lib*tc*'
        """);

    [Fact]
    public void Another_word_than_yes_and_no_is_refused_before_anything_is_installed() => OverlayMachine.Run($"""
        ! {Make} install LIBRARIES=maybe
        ! test -e /usr/local/sbin/iptables
        """);

    /// <summary>With the loader's own folders, as a first install on a machine without iptables has it.</summary>
    [Fact]
    public void Where_there_are_none_the_machine_uses_them_at_once() => OverlayMachine.Run(Loaded + $"""
        rm /usr/lib/*/libip[46]tc.so* /usr/lib/*/libxtables.so*
        {Make} install PREFIX=/usr
        cmp "$(loaded)" artifacts/lib/libip4tc.so.2.0.0
        """);
}
