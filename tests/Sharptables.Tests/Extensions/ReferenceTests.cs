using System.Reflection;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>Whatever a rule refers to by a number of the kernel's has an option that knows its name.</summary>
public sealed class ReferenceTests
{
    /// <summary>What the kernel's structs call an index of a set, or the descriptor of an open file.</summary>
    private static readonly string[] s_numbers = ["Index", "Descriptor"];

    [Theory]
    [InlineData("IPv4")]
    [InlineData("IPv6")]
    public void Every_number_of_the_kernels_in_a_struct_is_a_reference(string familyName)
    {
        Family family = Family.Named(familyName);
        int found = 0;
        foreach (ExtensionEntry entry in (ExtensionEntry[])[.. ExtensionList.Matches, .. ExtensionList.Targets])
        {
            if ((entry.Families & family.Bit) != 0)
            {
                Extension extension = entry.Build(family);
                int numbers = InfoOf(extension.GetType()) is { } info ? Count(info, []) : 0;
                Assert.True(extension.References.Length == numbers, $"{extension.Name}: {extension.References.Length} of {numbers}");
                found += numbers;
            }
        }

        Assert.Equal(5, found); // set, the three of SET, bpf: else the names above are no longer those of the structs
    }

    private static Type? InfoOf(Type? type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Extension<>) ? type.GetGenericArguments()[0]
        : type is null ? null : InfoOf(type.BaseType);

    private static int Count(Type type, HashSet<Type> within) =>
        !within.Add(type) ? 0 : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Sum(field => s_numbers.Contains(field.Name) ? 1 : IsStruct(field.FieldType) ? Count(field.FieldType, [.. within]) : 0);

    private static bool IsStruct(Type type) => type.IsValueType && !type.IsPrimitive && !type.IsEnum;
}
