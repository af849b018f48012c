using System;

namespace Sharptables.Programs;

/// <summary>There is no such option, or it lacks its word; the message is the C library's.</summary>
/// <param name="message">The whole line.</param>
internal sealed class OptionException(string message) : Exception(message);
