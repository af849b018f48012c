using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>
/// Every struct that mirrors the kernel's is laid out as a C compiler lays it out. A type is found by its <c>[KernelStruct]</c>. A public
/// field that has its C member's name, in PascalCase or by <c>[KernelField("u.nth.every")]</c>, must be just where that is; one of
/// another name must begin where a member begins and end where one ends.
/// </summary>
public sealed class LayoutTests
{
    public static IEnumerable<object[]> Types =>
        KernelLayout.Types.Keys.Order(StringComparer.Ordinal).Select(static n => new object[] { n });

    [Theory]
    [MemberData(nameof(Types))]
    public void Is_as_in_C(string name)
    {
        Type type = KernelLayout.Types[name];
        Assert.False(type.ContainsGenericParameters, "a generic struct has no one layout: mark what instantiates it");
        Assert.Empty(KernelLayout.Differences(type));
    }
}
