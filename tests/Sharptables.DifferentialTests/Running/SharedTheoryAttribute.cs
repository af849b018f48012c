using Xunit;

namespace Sharptables.DifferentialTests.Running;

/// <summary>A theory over the shared test data: skipped, and said to be, where that is not beside the repository.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    public SharedTheoryAttribute()
    {
        if (Workspace.Shared is null)
        {
            Skip = "no shared test data: set SHARED, or put it beside the repository";
        }
    }
}
