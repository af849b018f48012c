namespace Sharptables.SystemTests.Packets;

/// <summary>Says which match or target a test shows with real packets, for the table in docs/extensions.md.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ShowsAttribute(string extension, string what = "a packet taken, a packet left") : Attribute
{
    /// <summary>As in a rule: <c>-m NAME</c> or <c>-j NAME</c>.</summary>
    public string Extension { get; } = extension;

    /// <summary>What was seen.</summary>
    public string What { get; } = what;
}
