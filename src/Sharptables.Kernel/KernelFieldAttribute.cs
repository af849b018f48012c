using System;

namespace Sharptables.Kernel;

/// <summary>
/// Names the C member that a field of a <see cref="KernelStructAttribute"/> type mirrors, where that is not the field's name in lower
/// case with underscores: a member of a union, or one that C names otherwise.
/// </summary>
/// <param name="path">The member as C reaches it, such as <c>u.nth.every</c>; empty for what has no address of its own in C.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class KernelFieldAttribute(string path) : Attribute
{
    /// <summary>The member as C reaches it.</summary>
    public string Path => path;
}
