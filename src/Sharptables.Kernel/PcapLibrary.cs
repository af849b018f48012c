using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>
/// libpcap, which compiles tcpdump's filter language (pcap-filter(7)). It is loaded from the system on demand and stays loaded.
/// </summary>
internal sealed unsafe class PcapLibrary
{
    /// <summary>What a compiled filter returns for a packet that passes, as with tcpdump; a rule only tests whether it is zero.</summary>
    private const int SnapshotLength = 262144;

    private readonly delegate* unmanaged<byte*, int> _linkTypeOfName;
    private readonly delegate* unmanaged<int, int, void*> _openDead;
    private readonly delegate* unmanaged<void*, Program*, byte*, int, uint, int> _compile;
    private readonly delegate* unmanaged<void*, byte*> _error;

    private PcapLibrary(void* library)
    {
        _linkTypeOfName = (delegate* unmanaged<byte*, int>)Find(library, "pcap_datalink_name_to_val"u8);
        _openDead = (delegate* unmanaged<int, int, void*>)Find(library, "pcap_open_dead"u8);
        _compile = (delegate* unmanaged<void*, Program*, byte*, int, uint, int>)Find(library, "pcap_compile"u8);
        _error = (delegate* unmanaged<void*, byte*>)Find(library, "pcap_geterr"u8);
    }

    /// <summary>Loads the library.</summary>
    /// <exception cref="LibraryException">It is missing, or cannot be loaded into this program.</exception>
    public static PcapLibrary Load()
    {
        CheckLibc();

        string? reason = null;
        foreach (string name in (string[])["libpcap.so.0.8", "libpcap.so.1", "libpcap.so"])
        {
            fixed (byte* file = Encoding.ASCII.GetBytes(name + '\0'))
            {
                // SAFETY: the name ends with NUL. Loading runs the library's initializers, which any program may run.
                void* library = Libc.dlopen(file, Libc.RTLD_NOW);
                if (library != null)
                {
                    return new PcapLibrary(library);
                }

                // SAFETY: dlerror returns a message after a failed dlopen.
                reason ??= TextOf(Libc.dlerror());
            }
        }

        throw new LibraryException($"cannot load libpcap: {reason}")
        {
            Hint = "Install it: its package is libpcap0.8 in Debian (libpcap0.8t64 since Debian 13), and libpcap elsewhere.",
        };
    }

    /// <summary>The number of a link type such as RAW or EN10MB (pcap-linktype(7)), in any case; null when unknown.</summary>
    public int? FindLinkType(ReadOnlySpan<byte> name)
    {
        fixed (byte* text = Terminated(name))
        {
            // SAFETY: the function reads a pinned, NUL-terminated text.
            int type = _linkTypeOfName(text);
            return type < 0 ? null : type;
        }
    }

    /// <summary>Compiles and optimizes a filter.</summary>
    /// <param name="linkType">The link type of the packets, from <see cref="FindLinkType"/>.</param>
    /// <param name="filter">The filter, without a NUL.</param>
    /// <exception cref="LibraryException">libpcap rejects the filter, with its message.</exception>
    public BpfInstruction[] Compile(int linkType, ReadOnlySpan<byte> filter)
    {
        // SAFETY: the handle and the instructions that libpcap allocates live as long as the process, which is short; its message
        // ends with NUL. It reads the filter only during the call.
        void* handle = _openDead(linkType, SnapshotLength);
        if (handle == null)
        {
            throw new LibraryException("libpcap is out of memory");
        }

        Program program;
        fixed (byte* text = Terminated(filter))
        {
            if (_compile(handle, &program, text, 1, 0) != 0)
            {
                throw new LibraryException(TextOf(_error(handle)));
            }
        }

        return new ReadOnlySpan<BpfInstruction>(program.Instructions, (int)program.Length).ToArray();
    }

    /// <summary>
    /// A library brings the system's C library with it. Beside the one that is linked into this program, it works only if both are the
    /// same version, since they share the dynamic linker's data; otherwise the process would crash. getconf(1) reports the system's
    /// version without loading anything here.
    /// </summary>
    private static void CheckLibc()
    {
        string own = TextOf(Libc.gnu_get_libc_version());
        byte[] output = [];
        int status = ChildProcess.FindSystemProgram("getconf"u8) is { } getconf
            ? ChildProcess.Run([getconf, "GNU_LIBC_VERSION"u8.ToArray()], out output)
            : ChildProcess.NotStarted;
        string system = Encoding.ASCII.GetString(output).Trim();
        if (status != 0 || system != "glibc " + own)
        {
            string what = status switch
            {
                0 => system,
                ChildProcess.NotStarted => "unknown, since getconf is neither in /usr/bin nor in /bin",
                _ => "unknown",
            };
            throw new LibraryException($"cannot load libpcap: the program was built with glibc {own}, and the system's C library is {what}")
            {
                Hint = "Build it on this system (make), or let tcpdump print the same: tcpdump -ddd -y RAW 'filter' | paste -sd,",
            };
        }
    }

    private static void* Find(void* library, ReadOnlySpan<byte> name)
    {
        fixed (byte* text = name)
        {
            // SAFETY: a u8 literal ends with NUL; the library stays loaded.
            void* function = Libc.dlsym(library, text);
            return function != null
                ? function
                : throw new LibraryException($"the libpcap of this system has no function {Encoding.ASCII.GetString(name)}");
        }
    }

    private static string TextOf(byte* text) =>
        // SAFETY: callers pass what a C function returned: a NUL-terminated text that is valid until the next call.
        Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    private static byte[] Terminated(ReadOnlySpan<byte> text) => [.. text, 0];

    /// <summary><c>struct bpf_program</c> (pcap/bpf.h).</summary>
    private struct Program
    {
        public uint Length;
        public BpfInstruction* Instructions;
    }
}
