using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Extensions;

/// <summary>
/// A value that people write as a name and the kernel holds as a number of its own making: an IP set, an open file. The number may be
/// reused, so whoever keeps rules for later keeps the name as well.
/// </summary>
/// <typeparam name="T">The field that holds it.</typeparam>
internal abstract class ReferenceSyntax<T> : Syntax<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public sealed override bool IsReference => true;

    /// <summary>The present name of what the value refers to; empty when it no longer exists.</summary>
    /// <exception cref="KernelException">The kernel does not tell.</exception>
    public abstract byte[] NameOf(in T field, INames names);

    /// <summary>Makes the value refer to what has a name now.</summary>
    /// <param name="field">The value.</param>
    /// <param name="name">The name.</param>
    /// <param name="family">The family of the rule.</param>
    /// <param name="names">What names mean.</param>
    /// <returns>Null, or why that is impossible, for a message: <c>there is no IP set "friends"</c>.</returns>
    public abstract string? Renew(ref T field, ReadOnlySpan<byte> name, Family family, INames names);
}
