using System;
using Sharptables.Kernel;
using Sharptables.Model;
using Sharptables.Names;
using Sharptables.Text;

namespace Sharptables.Extensions.Syntax;

/// <summary>An IP set, and what of a packet to look up in it: <c>name src,dst</c>.</summary>
/// <param name="warning">A warning to print about this spelling; null for none.</param>
internal sealed class SetReferenceSyntax(string? warning = null) : ReferenceSyntax<SetReference>
{
    /// <inheritdoc/>
    public override string Placeholder => "name src|dst[,src|dst]...";

    /// <inheritdoc/>
    public override int Words => 2;

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref SetReference field)
    {
        if (warning is not null)
        {
            argument.Rule.Warn(warning);
        }

        if (field.Dimensions != 0)
        {
            throw new UsageException($"--{argument.Option.FullName} can be specified only once");
        }

        field = default;
        field.Index = Find(argument);
        foreach (Range range in argument.Second.Split((byte)','))
        {
            ReadOnlySpan<byte> direction = argument.Second[range];
            if (field.Dimensions == SetReference.MaxDimensions)
            {
                throw new UsageException($"Can't be more src/dst options than {SetReference.MaxDimensions}.");
            }

            field.Dimensions++;
            if (direction.StartsWith("src"u8)) // as in the original, what follows is ignored
            {
                field.Flags |= (byte)(1 << field.Dimensions);
            }
            else if (!direction.StartsWith("dst"u8))
            {
                throw new UsageException("You must spefify (the comma separated list of) 'src' or 'dst'.");
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(in SetReference field, Output output, in Format format)
    {
        ReadOnlySpan<byte> name = format.Names.SetName(field.Index);
        if (format.IsListing)
        {
            output.Write(name);
        }
        else
        {
            QuotedText.WriteName(name, output);
        }

        for (int place = 1; place <= field.Dimensions; place++)
        {
            output.Write(place == 1 ? (byte)' ' : (byte)',');
            output.Write((field.Flags & (1 << place)) != 0 ? "src" : "dst");
        }
    }

    /// <inheritdoc/>
    public override byte[] NameOf(in SetReference field, INames names) => names.SetName(field.Index).ToArray();

    /// <inheritdoc/>
    public override string? Renew(ref SetReference field, ReadOnlySpan<byte> name, Family family, INames names)
    {
        if (!names.TryGetSet(name, out ushort index, out AddressFamily setFamily))
        {
            return $"there is no IP set {MessageText.Of(name)} any more";
        }

        field.Index = index;
        return setFamily == 0 || setFamily == family.Sockets ? null : $"the IP set {MessageText.Of(name)} is one of {setFamily} now";
    }

    private static ushort Find(in Argument argument)
    {
        ReadOnlySpan<byte> name = argument.Text;
        if (name.Length >= IpSetSocket.NameSize)
        {
            throw new UsageException($"setname `{argument.Word}' too long, max {IpSetSocket.NameSize - 1} characters.");
        }

        if (!argument.Names.TryGetSet(name, out ushort index, out AddressFamily family))
        {
            throw new UsageException($"Set {argument.Word} doesn't exist.\n", ErrorShape.Absent);
        }

        if (family != 0 && family != argument.Family.Sockets)
        {
            throw new UsageException($"The protocol family of set {argument.Word} is {family}, which is not applicable.\n");
        }

        return index;
    }
}
