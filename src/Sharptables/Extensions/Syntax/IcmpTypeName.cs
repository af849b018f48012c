namespace Sharptables.Extensions.Syntax;

/// <summary>A name for ICMP or ICMPv6 messages.</summary>
internal sealed class IcmpTypeName
{
    /// <summary>A name for all messages of a type.</summary>
    public IcmpTypeName(string name, byte type, string? alias = null)
        : this(name, type, byte.MinValue, byte.MaxValue) => Alias = alias;

    /// <summary>A name for messages of a type with one code.</summary>
    public IcmpTypeName(string name, byte type, byte code)
        : this(name, type, code, code)
    {
    }

    private IcmpTypeName(string name, byte type, byte first, byte last)
    {
        Name = name;
        Meaning = new() { Type = type, Codes = new(first, last) };
    }

    public string Name { get; }

    /// <summary>Another name for the same messages.</summary>
    public string? Alias { get; }

    public IcmpType Meaning { get; }
}
