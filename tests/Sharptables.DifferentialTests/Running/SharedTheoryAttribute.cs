using Sharptables.Testing;
using Xunit;

namespace Sharptables.DifferentialTests.Running;

/// <summary>A theory over test data that <c>SHARED</c> names: skipped, and said to be, when it does not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (Workspace.Shared is null)
        {
            Skip = "SHARED names no folder of more test data";
        }
    }
}
