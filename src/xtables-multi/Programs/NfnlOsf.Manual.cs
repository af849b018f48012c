using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>nfnl_osf</c>.</summary>
internal static partial class NfnlOsf
{
    public static ProgramDescription Describe(Family family) => new(
        "nfnl_osf", "loads the fingerprints of operating systems that -m osf matches", ["-f file [-d]"], """
        The match `osf` guesses from a packet that opens a TCP connection which operating system it comes from. It needs fingerprints of
        such packets: nfnl_osf reads them from a file, and loads them into the kernel or removes them.

        The kernel has one list of fingerprints for the whole machine, whichever network namespace nfnl_osf runs in, and the list cannot
        be read back. Loading a fingerprint twice has no effect. To remove one, give it exactly as it was loaded.

        The whole file is checked before the first fingerprint is sent. If a line is wrong, it is reported, and nothing is changed.
        Progress is printed on standard output, one line per fingerprint; errors on standard error.
        """)
    {
        Operands = [],
        Options = s_options,
        Sections =
        [
            new("FORMAT", """
            A line is a fingerprint of nine fields, as in p0f 2 and OpenBSD's pf.os. Blank lines and lines that begin with `#` are
            ignored.

                window:ttl:df:size:options:genre:version:subtype:details

            window
              The window: a number, `*` for any, `%`n for one that n divides, `S`n or `T`n for n times the maximum segment size or
              the MTU.

            ttl
              The TTL that the system sends with.

            df
              1 if "don't fragment" is set, else 0.

            size
              The size of the whole packet with its IP header, in bytes.

            options
              The TCP options in order, separated by commas: `N` (no operation), `E` (end of options), `S` (selective
              acknowledgement), `T` or `T0` (timestamp), `M` and `W` (maximum segment size, window scale), both followed by a number,
              by `*`, or by `%`n, which the kernel does not compare. A single `.` if there are none.

            genre
              The system, as named by `--genre`: at most 31 bytes. A leading `*` or `@` is ignored.

            version, subtype
              Printed in the log of `--log`.

            details
              A comment.

            The format also allows `*` for `ttl`, `df` and `size`, for which the kernel has no wildcard: it becomes 0. A TTL of 0 is fine
            for rules with `--ttl 2`, which do not compare it; a size of 0 matches no packet.
            """),
        ],
        ExitStatus = """
        0 if all fingerprints have been loaded, or removed with `-d`; 234 if a line is wrong; 254 without `-f`; 255 if the file cannot be
        read, the kernel refuses, or the command line is wrong.
        """,
        Files =
        [
            ("/usr/share/doc/nftables/examples/pf.os", """
            The usual file, in Debian's package nftables. Sharptables does not include one, since its licence is not clear: the file
            itself permits more than Debian's copyright notice.
            """),
        ],
        Examples =
        [
            new("Counts connections from one kind of machine, until its fingerprint is removed", """
            echo 'S22:64:1:60:M*,S,T,N,W7:Printer:::the ones on the second floor' >printer.os
            nfnl_osf -f printer.os
            iptables -A INPUT -p tcp -m osf --genre Printer
            nfnl_osf -f printer.os -d
            """),
        ],
        SeeAlso = ["iptables-extensions(8)", "iptables(8)"],
    };
}
