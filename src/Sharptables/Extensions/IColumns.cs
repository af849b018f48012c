using System;
using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>A head that listings show in columns.</summary>
internal interface IColumns
{
    /// <summary>Writes the titles of its columns.</summary>
    void WriteTitles(Output output, bool isVerbose);

    /// <summary>Writes it in columns, as <c>-L</c> does; each ends with a blank.</summary>
    void WriteColumns(ReadOnlySpan<byte> payload, Output output, in Format format, bool isVerbose);

    /// <summary>Writes it as <c>-v</c> reports a rule that is added, replaced, deleted or looked for.</summary>
    void WriteChange(ReadOnlySpan<byte> payload, Output output);

    /// <summary>Writes the raw fields, for <c>-vv</c>.</summary>
    void WriteEntry(ReadOnlySpan<byte> payload, Output output);
}
