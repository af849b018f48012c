using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Sharptables.Kernel;

/// <summary>
/// Loads plugins and calls them, through src/xtables-multi/host.c, which is linked into the program that hosts them and into no other.
/// </summary>
internal static unsafe partial class PluginHost
{
    private const string Name = "host";

    /// <summary>In a status: the plugin called <c>exit</c> with what is below.</summary>
    private const int Ended = 256;

    /// <summary>In a status: the dynamic linker could not load the plugin.</summary>
    private const int NotLoaded = -1;

    private static byte s_family;
    private static Func<int, string?, Exception> s_refusal = static (_, message) => new InvalidOperationException(message);

    /// <summary>Loads libxtables.</summary>
    /// <param name="family">The family of all plugins from now on.</param>
    /// <param name="program">The program's name in messages of the library.</param>
    /// <param name="version">Its version.</param>
    /// <param name="refusal">
    /// Makes what is thrown when a plugin refuses what it is given, of a status (<c>enum xtables_exittype</c>) and a message; or when it ends the
    /// program, of an exit status and no message.
    /// </param>
    /// <exception cref="LibraryException">It is missing, or cannot be loaded.</exception>
    public static void Begin(AddressFamily family, string program, string version, Func<int, string?, Exception> refusal)
    {
        (s_family, s_refusal) = ((byte)family, refusal);

        // SAFETY: the library keeps the two texts, so they are never freed.
        if (host_begin(s_family, (byte*)Marshal.StringToCoTaskMemUTF8(program), (byte*)Marshal.StringToCoTaskMemUTF8(version)) != 0)
        {
            throw new LibraryException(TextOf(host_text()));
        }
    }

    /// <summary>Loads a plugin, which registers what it has.</summary>
    /// <param name="path">Its path, without a NUL.</param>
    /// <returns>Whether that was possible; if not, the reason has been printed on standard error, as the original prints it.</returns>
    public static bool Load(ReadOnlySpan<byte> path)
    {
        // SAFETY: the path ends with NUL, and is kept for messages.
        byte* kept = (byte*)NativeMemory.AllocZeroed((nuint)path.Length + 1);
        path.CopyTo(new Span<byte>(kept, path.Length));
        int status = host_load(kept);
        if (status == NotLoaded)
        {
            return false;
        }

        Check(status);
        return true;
    }

    /// <summary>Finds a match or target that has been registered.</summary>
    /// <param name="name">Its name, without a NUL.</param>
    /// <param name="isTarget">Which of the two it is.</param>
    /// <param name="revision">Its revision; null for the newest that the kernel has.</param>
    public static Plugin? Find(ReadOnlySpan<byte> name, bool isTarget, byte? revision)
    {
        Facts facts;
        fixed (byte* text = (byte[])[.. name, 0])
        {
            // SAFETY: the name ends with NUL.
            Check(host_find(text, isTarget ? 1 : 0, revision ?? -1, &facts));
        }

        return facts.Plugin == null ? null : new Plugin(facts, isTarget, s_family);
    }

    /// <summary>Throws unless a status is 0.</summary>
    internal static void Check(int status)
    {
        if (status != 0)
        {
            throw s_refusal(status & 0xff, status >= Ended ? null : TextOf(host_text()));
        }
    }

    // SAFETY: callers pass what the host returned: a NUL-terminated text, or null.
    internal static string TextOf(byte* text) => Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    // SAFETY: what a plugin printed stays as it is until the next call.
    internal static ReadOnlySpan<byte> Printed(byte* text, ulong length) => new(text, checked((int)length));

    [LibraryImport(Name)]
    private static partial byte* host_text();

    [LibraryImport(Name)]
    private static partial int host_begin(byte family, byte* program, byte* version);

    [LibraryImport(Name)]
    private static partial int host_load(byte* path);

    [LibraryImport(Name)]
    private static partial int host_find(byte* name, int isTarget, int revision, Facts* facts);

    [LibraryImport(Name)]
    internal static partial int host_option(void* plugin, int place, OptionFacts* facts);

    [LibraryImport(Name)]
    internal static partial int host_init(Use* use);

    [LibraryImport(Name)]
    internal static partial int host_parse(Use* use, int number, byte* argument, int isInverted, byte** words, int* next, byte* entry);

    [LibraryImport(Name)]
    internal static partial int host_check(Use* use);

    [LibraryImport(Name)]
    internal static partial int host_print(void* plugin, int isTarget, byte* payload, byte family, ushort protocol, int isNumeric, byte** text, ulong* length);

    [LibraryImport(Name)]
    internal static partial int host_save(void* plugin, byte* payload, byte family, ushort protocol, byte** text, ulong* length);

    [LibraryImport(Name)]
    internal static partial int host_help(void* plugin, byte** text, ulong* length);

    [LibraryImport(Name)]
    internal static partial int host_alias(void* plugin, byte* payload, byte** name);

    /// <summary>host.c: <c>struct facts</c></summary>
    internal struct Facts
    {
        public void* Plugin;
        public byte* Name;
        public byte* RealName;
        public ulong Size;
        public ulong ComparedSize;
        public ulong ScratchSize;
        public byte Revision;
    }

    /// <summary>host.c: <c>struct option_facts</c></summary>
    internal struct OptionFacts
    {
        public byte* Name;
        public int Number;
        public int Argument;
        public int Type;
    }

    /// <summary>host.c: <c>struct use</c></summary>
    internal struct Use
    {
        public void* Plugin;
        public ulong IsTarget;
        public byte* Payload;
        public byte* Scratch;
    }
}
