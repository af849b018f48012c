using Sharptables.Text;

namespace Sharptables.Extensions;

/// <summary>Writes an option as a listing has it, where that is not its label and then its value.</summary>
/// <param name="label">What it is called there, with its blanks.</param>
/// <param name="value">The value.</param>
/// <param name="isInverted">Whether all others are meant.</param>
/// <param name="output">Where to.</param>
/// <param name="format">How.</param>
internal delegate void Listing<TValue>(string label, in TValue value, bool isInverted, Output output, in Format format)
    where TValue : unmanaged;
