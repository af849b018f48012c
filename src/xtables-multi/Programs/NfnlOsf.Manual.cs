using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;

namespace Sharptables.Programs;

/// <summary>The description of <c>nfnl_osf</c>.</summary>
internal static partial class NfnlOsf
{
    public static ProgramDescription Describe(Family family) => new(
        "nfnl_osf", "loads the fingerprints of operating systems that -m osf matches", ["-f file [-d]"], """
        The match `osf` tells by a packet that opens a TCP connection which operating system it seems to come from. What the systems'
        packets look like it does not know by itself: nfnl_osf reads it from a file, and puts it into the kernel or takes it out again.

        The kernel has one list of fingerprints for the whole machine, whichever network namespace nfnl_osf runs in, and does not show
        it. A fingerprint that is loaded twice is there once. One that is to be removed must be written as it was when it was loaded.

        The whole file is checked before the first fingerprint is sent. If a line is wrong, it is named, and nothing is changed.
        Progress is on standard output, a line for each fingerprint; errors are on standard error.
        """)
    {
        Operands = [],
        Options = s_options,
        Sections =
        [
            new("FORMAT", """
            A line is a fingerprint of nine fields, as p0f 2 and OpenBSD's pf.os have them. Blank lines, and lines that begin with `#`,
            are left out.

                window:ttl:df:size:options:genre:version:subtype:details

            window
              The window: a number, `*` for any, `%`n for one that n divides, `S`n or `T`n for n times the maximum segment size or
              the MTU.

            ttl
              The TTL that the system begins with.

            df
              1 if "don't fragment" is set, else 0.

            size
              Bytes of the whole packet, with its IP header.

            options
              The TCP options in their order, with commas between: `N` (no operation), `E` (end of options), `S` (selective
              acknowledgement), `T` or `T0` (timestamp), `M` and `W` (maximum segment size, window scale), both followed by a number,
              by `*`, or by `%`n, which the kernel does not compare. A single `.` if there are none.

            genre
              The system, as `--genre` calls it: at most 31 bytes. A `*` or `@` before it is left out.

            version, subtype
              What the log of `--log` says of it.

            details
              For the reader of the file.

            The format allows `*` for `ttl`, `df` and `size` too, where the kernel has no wildcard: there it is 0. A TTL of 0 will do for
            rules with `--ttl 2`, which do not compare it; a size of 0 fits no packet.
            """),
        ],
        ExitStatus = """
        0 when all fingerprints are in the kernel, or out of it with `-d`; 234 when a line is wrong; 254 without `-f`; 255 when the file
        cannot be read, the kernel refuses, or the command line is wrong.
        """,
        Files =
        [
            ("/usr/share/doc/nftables/examples/pf.os", """
            The usual file, in Debian's package nftables. None comes with Sharptables, since it is not clear under which licence it is:
            what stands in the file permits more than what Debian says of it.
            """),
        ],
        Examples =
        [
            new("Counts connections from one kind of machine, until its fingerprint is taken away again", """
            echo 'S22:64:1:60:M*,S,T,N,W7:Printer:::the ones on the second floor' >printer.os
            nfnl_osf -f printer.os
            iptables -A INPUT -p tcp -m osf --genre Printer
            nfnl_osf -f printer.os -d
            """),
        ],
        SeeAlso = ["iptables-extensions(8)", "iptables(8)"],
    };
}
