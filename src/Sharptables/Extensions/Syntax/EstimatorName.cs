using System.Runtime.CompilerServices;

namespace Sharptables.Extensions.Syntax;

/// <summary>The name of a rate estimator, which target RATEEST makes and match rateest asks: <c>char name[IFNAMSIZ]</c>.</summary>
[InlineArray(16)]
public struct EstimatorName
{
    private byte _first;
}
