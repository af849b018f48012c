using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sharptables.Extensions.Syntax;
using Sharptables.Formats.Nft;
using Sharptables.Kernel;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m comment</c>.</summary>
internal sealed class Comment : Match<CommentInfo>
{
    /// <inheritdoc/>
    public override string Name => "comment";

    /// <inheritdoc/>
    public override string Summary => "Matches every packet; stores a comment in the rule.";

    public Comment() => Options =
    [
        Option("comment", new BoundedText<CommentInfo.TextBuffer>(placeholder: "COMMENT"), (ref i) => ref i.Text,
            "The comment, up to 255 bytes.",
            required: true),
    ];

    /// <summary>iptables lists it as a C comment, without the name.</summary>
    protected override void List(in CommentInfo info, Output output, in Format format)
    {
        output.Write(" /* "u8);
        output.Write(BoundedText<CommentInfo.TextBuffer>.Text(info.Text));
        output.Write(" */"u8);
    }

    /// <inheritdoc/>
    protected override bool Translate(in CommentInfo info, NftText nft) => nft.Say(BoundedText<CommentInfo.TextBuffer>.Text(info.Text));

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        return Answer.Yes;
    }
}

/// <summary>The kernel's struct for <c>-m comment</c>.</summary>
[KernelStruct("struct xt_comment_info", "linux/netfilter/xt_comment.h")]
[StructLayout(LayoutKind.Sequential)]
public struct CommentInfo
{
    /// <summary>The note, with a zero byte at its end.</summary>
    public TextBuffer Text;

    /// <summary>Room for the note.</summary>
    [InlineArray(256)]
    public struct TextBuffer
    {
        private byte _first;
    }
}
