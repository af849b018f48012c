using System;
using Sharptables.Kernel;
using Sharptables.Text;

namespace Sharptables.Extensions.Heads;

/// <summary>The name of an interface; with a <c>+</c> at its end, a prefix of names.</summary>
internal sealed class InterfaceSyntax : Syntax<Interleaved<InterfaceName>>
{
    /// <inheritdoc/>
    public override string Placeholder => "interface[+]";

    /// <inheritdoc/>
    public override void Parse(in Argument argument, ref Interleaved<InterfaceName> field)
    {
        ReadOnlySpan<byte> name = argument.Text;
        if (name.IsEmpty)
        {
            throw new UsageException("Empty interface is likely to be undesired");
        }

        if (name.Length >= InterfaceName.Size)
        {
            throw new UsageException($"interface name `{argument.Word}' must be shorter than IFNAMSIZ ({InterfaceName.Size - 1})");
        }

        if (name.Contains((byte)'\n'))
        {
            throw Argument.WithLineEnd($"interface name `{argument.Word}'");
        }

        field.Value = field.Mask = default;
        name.CopyTo(field.Value);
        bool isWildcard = name[^1] == '+';
        field.Mask[..(isWildcard ? name.Length - 1 : name.Length + 1)].Fill(0xff);
        if (name.IndexOfAny(" /"u8) >= 0)
        {
            argument.Rule.Warn($"Warning: weird character in interface `{argument.Word}' ('/' and ' ' are not allowed by the kernel).");
        }
        else if (name.IndexOfAny("!:*,"u8) is >= 0 and int at)
        {
            string only = $"the rule matches only an interface of the name \"{argument.Word}\". ";
            argument.Rule.Doubt(name[at] switch
            {
                (byte)'!' => only + "A \"!\" stands in front of the option, as a word of its own.",
                (byte)':' => $"no interface can be called {argument.Word}, so the rule never matches: an address with a label is on the interface {MessageText.Of(name[..at])}.",
                (byte)'*' => only + "A + at the end stands for any rest.",
                _ => only + "A rule names one interface; a + at the end stands for any rest.",
            });
        }
    }

    /// <inheritdoc/>
    public override void Write(in Interleaved<InterfaceName> field, Output output, in Format format) => InterfaceText.Save(output, field.Value, field.Mask);
}
