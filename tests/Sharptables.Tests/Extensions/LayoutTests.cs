using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>
/// Every struct that mirrors the kernel's is laid out as a C compiler lays it out. A type is found by its <c>[KernelStruct]</c>; a
/// public field is its C member's name in PascalCase, or says it by <c>[KernelField("u.nth.every")]</c>; other fields are private.
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
        Assert.Equal(KernelLayout.InC(type), KernelLayout.InDotNet(type));
    }
}
