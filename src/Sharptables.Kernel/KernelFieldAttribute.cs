using System;

namespace Sharptables.Kernel;

/// <summary>
/// Names the C member that a field of a <see cref="KernelStructAttribute"/> type mirrors, where that is not the field's name in lower
/// case with underscores: the test of the layout then holds the field to that member's place and size.
/// </summary>
/// <param name="path">
/// The member as C reaches it, such as <c>u.nth.every</c>; empty for what C has no member for, and is not tested.
/// </param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class KernelFieldAttribute(string path) : Attribute
{
    /// <summary>The member as C reaches it.</summary>
    public string Path => path;
}
