using Sharptables.Extensions;
using Sharptables.Text;

namespace Sharptables.Formats.Iptables;

/// <summary>An option of an extension as it was given.</summary>
/// <param name="Extension">Which of the rule's matches and targets it belongs to.</param>
/// <param name="Option">The option.</param>
/// <param name="Value">The word behind it.</param>
/// <param name="Second">The second word behind it.</param>
/// <param name="IsInverted">Whether <c>!</c> stands before it.</param>
internal readonly record struct OptionUse(int Extension, Option Option, Word Value, Word Second, bool IsInverted);
