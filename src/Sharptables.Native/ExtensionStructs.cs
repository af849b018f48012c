using System.Runtime.InteropServices;

namespace Sharptables.Native;

/// <summary><c>struct sharptables_option</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OptionDescription
{
    public byte* Name;
    public int Place;
    public int Words;
    public int MayLackWord;
}

/// <summary><c>struct sharptables_revision</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RevisionDescription
{
    public byte* KernelName;
    public int Revision;
    public int Size;
    public int ComparedSize;
}

/// <summary><c>struct sharptables_extension</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ExtensionDescription
{
    public byte* Name;
    public nint Handle;
    public OptionDescription* Options;
    public RevisionDescription* Revisions;
    public int OptionCount;
    public int RevisionCount;
}

/// <summary><c>struct sharptables_rule</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RuleFacts
{
    public int Revision;
    public int Line;
    public uint Given;
    public ushort Protocol;
    private readonly ushort _isProtocolInverted;

    public readonly bool IsProtocolInverted => _isProtocolInverted != 0;
}

/// <summary><c>struct sharptables_words</c></summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct OptionWords
{
    public byte* First;
    public byte* Second;
    public int Place;
    private readonly int _isInverted;

    public readonly bool IsInverted => _isInverted != 0;
}

/// <summary><c>struct sharptables_said</c>: allocated as by malloc(), with a NUL at their ends; null for nothing.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Said
{
    public byte* Text;
    public byte* Warnings;
}
