using System.Runtime.CompilerServices;

namespace Sharptables.Extensions.Syntax;

/// <summary>The name of a rate estimator, which target RATEEST creates and match rateest reads: <c>char name[IFNAMSIZ]</c>.</summary>
[InlineArray(16)]
public struct EstimatorName
{
    private byte _first;
}
