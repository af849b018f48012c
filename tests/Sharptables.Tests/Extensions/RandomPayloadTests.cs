using Sharptables.Extensions;
using Sharptables.Extensions.Catalogue;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;
using Xunit;

namespace Sharptables.Tests.Extensions;

/// <summary>
/// Another program may have put any bytes into a rule: every view of an extension shows them in some way, and nothing breaks.
/// </summary>
public sealed class RandomPayloadTests
{
    private const int Times = 400;

    /// <summary>Shown by the name that the kernel has for a set's number: not without a kernel.</summary>
    private static readonly string[] s_needKernel = ["set", "SET"];

    public static IEnumerable<object[]> Rows => ExtensionListTests.Rows.Where(static r => !s_needKernel.Contains(r[1]));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Any_bytes_are_shown(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        ExtensionSet extensions = new(family);
        Extension extension = extensions.Find(System.Text.Encoding.ASCII.GetBytes(name), kind == "target")!;
        Random random = new(name.Length + (int)family.Sockets);
        Show(extensions, extension, extension.Revision, extension.PayloadSize, random);
        foreach (OlderLayout older in extension.OlderLayouts)
        {
            Show(extensions, extension, older.Revision, older.Size, random, older.KernelNameFor(extension));
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_payload_of_another_size_or_revision_is_unknown(string kind, string name, string familyName)
    {
        Family family = Family.Named(familyName);
        ExtensionSet extensions = new(family);
        Extension extension = extensions.Find(System.Text.Encoding.ASCII.GetBytes(name), kind == "target")!;
        byte[] scratch = new byte[4096];
        foreach (int size in (int[])[0, extension.PayloadSize + 8, Math.Max(0, extension.PayloadSize - 8)])
        {
            if (ExtensionRecord.SizeFor(size) != ExtensionRecord.SizeFor(extension.PayloadSize))
            {
                Assert.Null(extensions.Find(Record(extension, extension.Revision, size, []), extension.IsTarget, scratch, out _));
            }
        }

        Assert.Null(extensions.Find(Record(extension, (byte)(extension.Revision + 1), extension.PayloadSize, []), extension.IsTarget, scratch, out _));
    }

    private static void Show(ExtensionSet extensions, Extension extension, byte revision, int size, Random random, string? kernelName = null)
    {
        byte[] payload = new byte[size];
        byte[] scratch = new byte[4096];
        for (int i = 0; i < Times; i++)
        {
            Fill(payload, random, i);
            ExtensionRecord record = Record(extension, revision, size, payload, kernelName);
            Extension? found = extensions.Find(record, extension.IsTarget, scratch, out ReadOnlySpan<byte> bytes);
            if (found is null)
            {
                Assert.NotEqual(kernelName ?? extension.KernelName, extension.Name); // called by another name, it is not found by that
                return;
            }

            foreach (ushort protocol in (ushort[])[0, 6, 17, 255])
            {
                Output output = new(descriptor: -1);
                Format format = new(extensions.Family, SystemNames.Instance, protocol, IsNumeric: true, IsListing: false);
                try
                {
                    found.Save(bytes, output, format);
                    found.List(bytes, output, format with { IsListing = true });
                    _ = found.Misuse(bytes, format);
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException($"{extension.Name} revision {revision}, bytes {Convert.ToHexString(payload)}: {e.Message}", e);
                }

                Assert.InRange(output.Length, 0, 100_000);
                Assert.True(found.AreSame(bytes, bytes));
            }
        }
    }

    private static void Fill(byte[] payload, Random random, int round)
    {
        switch (round % 4)
        {
            case 0:
                random.NextBytes(payload);
                break;
            case 1:
                payload.AsSpan().Fill((byte)(round == 1 ? 0xff : random.Next(256)));
                break;
            case 2:
                payload.AsSpan().Clear();
                break;
            default:
                for (int i = random.Next(8); i > 0 && payload.Length > 0; i--)
                {
                    payload[random.Next(payload.Length)] = (byte)random.Next(256);
                }

                break;
        }
    }

    private static ExtensionRecord Record(Extension extension, byte revision, int size, ReadOnlySpan<byte> payload, string? kernelName = null)
    {
        byte[] bytes = new byte[ExtensionRecord.SizeFor(size)];
        ExtensionRecord.WriteHead(bytes, System.Text.Encoding.ASCII.GetBytes(kernelName ?? extension.KernelName), revision, size);
        payload.CopyTo(bytes.AsSpan(ExtensionRecord.HeadSize));
        return new ExtensionRecord(bytes);
    }
}
