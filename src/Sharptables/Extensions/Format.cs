using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Extensions;

/// <summary>How a rule is being written.</summary>
/// <param name="Family">The family of the rule.</param>
/// <param name="Names">Which names addresses and numbers have.</param>
/// <param name="Protocol">The protocol number in its head; 0 is any.</param>
/// <param name="IsNumeric">Whether addresses and ports are written as numbers (<c>-n</c>; always so when saved).</param>
/// <param name="IsListing">Whether it is for people to read (<c>-L</c>), not to be typed again.</param>
internal readonly record struct Format(Family Family, INames Names, ushort Protocol, bool IsNumeric, bool IsListing);
