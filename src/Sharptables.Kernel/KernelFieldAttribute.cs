using System;

namespace Sharptables.Kernel;

/// <summary>
/// Names the C member that a field of a <see cref="KernelStructAttribute"/> type mirrors, where it is not the field's own name in
/// lower case with underscores. The layout test compares the two.
/// </summary>
/// <param name="path">The C expression for the member, such as <c>u.nth.every</c>; empty for a field without a C member.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class KernelFieldAttribute(string path) : Attribute
{
    public string Path => path;
}
