using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Extensions;

/// <summary>How a rule is to be written.</summary>
/// <param name="Family">The family of the rule.</param>
/// <param name="Names">The names of addresses and numbers.</param>
/// <param name="Protocol">The protocol in its head; 0 is any.</param>
/// <param name="IsNumeric">Whether addresses and ports are written as numbers (<c>-n</c>; always in a save).</param>
/// <param name="IsListing">Whether it is a listing (<c>-L</c>), not something to be typed again.</param>
/// <param name="IsVerbose">Whether all is shown (<c>-v</c>).</param>
internal readonly record struct Format(Family Family, INames Names, ushort Protocol, bool IsNumeric, bool IsListing, bool IsVerbose = false);
