using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Sharptables.Extensions.Catalogue;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Native;

/// <summary>The functions of matches and targets, as src/c-libraries/private/sharptables.h declares them. No exception leaves any of them.</summary>
/// <remarks>SAFETY: pointers come from libxtables, which hands on what its callers gave: handles made here, payloads, NUL-terminated words.</remarks>
internal static unsafe class ExtensionExports
{
    private delegate void Does<TArguments>(OfferedExtension extension, in TArguments said, Output output, List<string> warnings)
        where TArguments : allows ref struct;

    private static readonly List<ExtensionSet> s_sets = []; // of the families that were asked for
    private static nint s_functions;

    /// <summary><c>sharptables_extensions</c></summary>
    [UnmanagedCallersOnly(EntryPoint = "sharptables_extensions")]
    public static nint Extensions(int version) => version != Exports.Version ? 0 : Exports.FunctionTable(ref s_functions,
    [
        (nint)(delegate* unmanaged<int, byte*, int, ExtensionDescription*>)&Find,
        (nint)(delegate* unmanaged<nint, int, byte*, Said*, int>)&Begin,
        (nint)(delegate* unmanaged<nint, RuleFacts*, byte*, OptionWords*, Said*, int>)&Parse,
        (nint)(delegate* unmanaged<nint, RuleFacts*, byte*, Said*, int>)&Finish,
        (nint)(delegate* unmanaged<nint, RuleFacts*, byte*, int, Said*, int>)&List,
        (nint)(delegate* unmanaged<nint, RuleFacts*, byte*, Said*, int>)&Save,
        (nint)(delegate* unmanaged<nint, Said*, int>)&Help,
        (nint)(delegate* unmanaged<nint, int, byte*, byte*>)&Alias,
        (nint)(delegate* unmanaged<nint, RuleFacts*, byte*, Said*, int>)&Translate,
    ]);

    [UnmanagedCallersOnly]
    private static ExtensionDescription* Find(int family, byte* name, int isTarget)
    {
        try
        {
            OfferedExtension? found = SetOf(family) is not { } its ? null
                : OfferedExtension.Find(its, MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name), isTarget != 0);
            return found is null ? null : found.Description;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>The extensions of a family, by its number in netfilter; null for one that is unknown.</summary>
    private static ExtensionSet? SetOf(int number)
    {
        lock (s_sets)
        {
            ExtensionSet? its = s_sets.Find(set => set.Family.Number == number);
            if (its is null && Family.Numbered((byte)number) is { } family)
            {
                s_sets.Add(its = new ExtensionSet(family));
            }

            return its;
        }
    }

    [UnmanagedCallersOnly]
    private static int Begin(nint handle, int revision, byte* payload, Said* said) => Try(
        handle, said, new Arguments { Rule = new RuleFacts { Revision = revision }, Payload = payload },
        static (extension, in a, _, _) => extension.Begin(a.Rule.Revision, a.Payload));

    [UnmanagedCallersOnly]
    private static int Parse(nint handle, RuleFacts* rule, byte* payload, OptionWords* words, Said* said) => Try(
        handle, said, new Arguments { Rule = *rule, Payload = payload, Words = *words },
        static (extension, in a, _, warnings) => extension.Parse(a.Rule, a.Payload, a.Words, warnings));

    [UnmanagedCallersOnly]
    private static int Finish(nint handle, RuleFacts* rule, byte* payload, Said* said) => Try(
        handle, said, new Arguments { Rule = *rule, Payload = payload },
        static (extension, in a, _, warnings) => extension.Finish(a.Rule, a.Payload, warnings));

    [UnmanagedCallersOnly]
    private static int List(nint handle, RuleFacts* rule, byte* payload, int isNumeric, Said* said) => Try(
        handle, said, new Arguments { Rule = *rule, Payload = payload, IsNumeric = isNumeric != 0 },
        static (extension, in a, output, _) => extension.Write(a.Rule, a.Payload, isListing: true, a.IsNumeric, output));

    [UnmanagedCallersOnly]
    private static int Save(nint handle, RuleFacts* rule, byte* payload, Said* said) => Try(
        handle, said, new Arguments { Rule = *rule, Payload = payload },
        static (extension, in a, output, _) => extension.Write(a.Rule, a.Payload, isListing: false, isNumeric: true, output));

    [UnmanagedCallersOnly]
    private static int Translate(nint handle, RuleFacts* rule, byte* payload, Said* said) => Try(
        handle, said, new Arguments { Rule = *rule, Payload = payload },
        static (extension, in a, output, _) => extension.Translate(a.Rule, a.Payload, output));

    [UnmanagedCallersOnly]
    private static int Help(nint handle, Said* said) => Try(handle, said, default, static (extension, in a, output, _) => extension.Help(output));

    [UnmanagedCallersOnly]
    private static byte* Alias(nint handle, int revision, byte* payload)
    {
        OfferedExtension extension = Of(handle);
        try
        {
            return extension.Alias(revision, payload);
        }
        catch (Exception)
        {
            return extension.Name;
        }
    }

    /// <summary>0, or the exit status of an error, whose message is what is said.</summary>
    private static int Try(nint handle, Said* said, in Arguments arguments, Does<Arguments> does)
    {
        List<string> warnings = [];
        *said = default;
        int status = 0;
        try
        {
            Output output = new(Output.Kept);
            does(Of(handle), arguments, output, warnings);
            said->Text = output.Length == 0 ? null : Copy(output.Written);
        }
        catch (Exception e)
        {
            status = StatusOf(e);
            said->Text = Copy(Encoding.UTF8.GetBytes(e.Message));
        }

        said->Warnings = warnings.Count == 0 ? null : Copy(Encoding.UTF8.GetBytes(string.Join('\n', warnings) + "\n"));
        return status;
    }

    private static OfferedExtension Of(nint handle) => (OfferedExtension)GCHandle.FromIntPtr(handle).Target!;

    private static int StatusOf(Exception e) => e switch
    {
        UsageException { Shape: ErrorShape.WrongUsage or ErrorShape.Absent or ErrorShape.StrayWord or ErrorShape.OtherFamily } => 2, // PARAMETER_PROBLEM
        UsageException { Shape: ErrorShape.NoTable } => 3, // VERSION_PROBLEM
        OutOfMemoryException => 4, // RESOURCE_PROBLEM
        _ => 1, // OTHER_PROBLEM
    };

    private static byte* Copy(ReadOnlySpan<byte> bytes)
    {
        byte* place = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(place, bytes.Length));
        place[bytes.Length] = 0;
        return place;
    }

    /// <summary>What a function was called with, besides the extension.</summary>
    private ref struct Arguments
    {
        public RuleFacts Rule;
        public byte* Payload;
        public OptionWords Words;
        public bool IsNumeric;
    }
}
