using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>Writes an option in a listing, where that is not label and value.</summary>
/// <param name="label">The label, including blanks.</param>
/// <param name="value">The value.</param>
/// <param name="isInverted">Whether the option is inverted.</param>
/// <param name="output">Where to write.</param>
/// <param name="format">How to write.</param>
internal delegate void Listing<TValue>(string label, in TValue value, bool isInverted, Output output, in Format format)
    where TValue : unmanaged;
