using Sharptables.Kernel;
using Sharptables.Model;

namespace Sharptables.Backends.Nft;

/// <summary>
/// Gives back the memory of rules that are in a batch already, so that no large table is in memory twice. If the kernel refuses the batch, they are read
/// from it again.
/// </summary>
/// <param name="table">The table that the rules were added to.</param>
internal sealed class WrittenRules(Table table)
{
    private int _written; // bytes of rules, from the first that was added
    private int _block; // the first that was not given back

    /// <summary>Whether memory is given back; not any more after a rule that would not be read as it was, or in another order.</summary>
    public bool IsGivingBack { get; set; }

    /// <summary>Says that a rule has been written.</summary>
    /// <param name="offset">Where it stands among the rules that were added.</param>
    /// <param name="length">Its length.</param>
    /// <param name="isReadAsItIs">Whether reading what was written gives the very same bytes.</param>
    public void Add(int offset, int length, bool isReadAsItIs)
    {
        IsGivingBack &= isReadAsItIs && offset == _written;
        if (!IsGivingBack)
        {
            return;
        }

        _written += length;
        for (; NativeBuffer.EndOfBlock(_block) <= _written; _block++)
        {
            table.Added.GiveBack(_block);
        }
    }

    /// <summary>Puts back what was given back.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="reader">Reads rules of the table, of which none was read.</param>
    public void PutBack(NativeBuffer batch, RuleReader reader)
    {
        if (_block == 0)
        {
            return; // nothing was, and rules may have been read
        }

        int end = NativeBuffer.EndOfBlock(_block - 1);
        NetlinkMessages each = new(batch.Bytes);
        for (int at = 0; at < end && each.MoveNext();)
        {
            if (each.Type == NfTables.Message.NewRule)
            {
                table.Original.SetLength(0);
                Rule rule = reader.Read(NetlinkAttributes.Find(each.Attributes, NfTables.Rule.Expressions), userData: []);
                rule.Line = each.Note;
                rule.Bytes.CopyTo(table.Added.Slice(at, rule.Bytes.Length));
                at += rule.Bytes.Length;
            }
        }

        table.Original.SetLength(0);
    }
}
