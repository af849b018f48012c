using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;

namespace Sharptables.Backends;

/// <summary>
/// The names of what a table's rules refer to by the kernel's numbers, such as IP sets, in the order of the rules. While a rule is in
/// force, what it refers to cannot be destroyed. After that its number may be reused, and only the name tells.
/// </summary>
internal sealed class ReferenceNames(List<byte[]> names)
{
    /// <summary>Takes a match or target.</summary>
    public delegate void RecordVisitor(ExtensionRecord record, bool isTarget);

    /// <summary>Gives all matches and targets of a table's rules, in their order, and takes those that are changed.</summary>
    public delegate void RecordWalk(RecordVisitor visit);

    private delegate string? Step(Option option, Span<byte> payload);

    /// <summary>Reads the present names from the kernel.</summary>
    public static ReferenceNames Read(RecordWalk walk, Family family)
    {
        List<byte[]> names = [];
        Visit(walk, family, (option, payload) =>
        {
            names.Add(option.ReferredName(payload, SystemNames.Instance));
            return null;
        });
        return new ReferenceNames(names);
    }

    /// <summary>Receives what <see cref="Send"/> sent; null when it is incomplete.</summary>
    public static ReferenceNames? Receive(int descriptor)
    {
        List<byte[]> names = [];
        Span<byte> size = stackalloc byte[sizeof(int)];
        if (!FileDescriptor.ReadExactly(descriptor, size))
        {
            return null;
        }

        byte[] text = new byte[BitConverter.ToInt32(size)];
        if (!FileDescriptor.ReadExactly(descriptor, text))
        {
            return null;
        }

        foreach (Range range in text.AsSpan().Split((byte)0))
        {
            names.Add(text[range]);
        }

        names.RemoveAt(names.Count - 1); // after the last NUL
        return new ReferenceNames(names);
    }

    /// <summary>Sends the names to another process of this program.</summary>
    public void Send(int descriptor)
    {
        List<byte> text = [];
        foreach (byte[] name in names)
        {
            text.AddRange(name);
            text.Add(0);
        }

        FileDescriptor.WriteAll(descriptor, BitConverter.GetBytes(text.Count));
        FileDescriptor.WriteAll(descriptor, CollectionsMarshal.AsSpan(text));
    }

    /// <summary>Whether the numbers in the rules still belong to these names.</summary>
    public bool Hold(RecordWalk walk, Family family)
    {
        int next = 0;
        bool hold = true;
        Visit(walk, family, (option, payload) =>
        {
            hold = hold && option.ReferredName(payload, SystemNames.Instance).AsSpan().SequenceEqual(names[next++]);
            return null;
        });
        return hold;
    }

    /// <summary>Replaces the numbers in the rules by those that the names have now.</summary>
    /// <returns>The names that no longer exist, each once; if there are any, the rules must not be used.</returns>
    public List<string> Renew(RecordWalk walk, Family family)
    {
        List<string> lost = [];
        int next = 0;
        Visit(walk, family, (option, payload) =>
        {
            string? reason = option.Renew(payload, names[next++], family, SystemNames.Instance);
            if (reason is not null && !lost.Contains(reason))
            {
                lost.Add(reason);
            }

            return reason;
        });
        return lost;
    }

    /// <summary>Calls a step for each reference; a changed payload is written back unless the step returns a reason not to.</summary>
    private static void Visit(RecordWalk walk, Family family, Step step)
    {
        ExtensionSet extensions = new(family);
        byte[] widened = new byte[Extension.LargestPayload];
        byte[] copy = new byte[Extension.LargestPayload];
        walk(VisitRecord);

        void VisitRecord(ExtensionRecord record, bool isTarget)
        {
            if (extensions.Find(record, isTarget, widened, out ReadOnlySpan<byte> found) is not { References: { Length: > 0 } references } extension)
            {
                return;
            }

            Span<byte> payload = copy.AsSpan(0, found.Length);
            found.CopyTo(payload);
            foreach (Option reference in references)
            {
                if (reference.IsWritten(found) && step(reference, payload) is null && !payload.SequenceEqual(found))
                {
                    _ = ExtensionSet.Store(payload, extension, record); // the revision held this value before, so it can hold the new one
                }
            }
        }
    }
}
