namespace Sharptables.Backends.Nft;

/// <summary>How a value is written in a rule of x_tables and in expressions of nf_tables.</summary>
internal enum ValueForm
{
    /// <summary>As the same bytes.</summary>
    Bytes,

    /// <summary>As a number in the machine's byte order; in network byte order.</summary>
    Counter,

    /// <summary>As the first and last of a range, in the machine's byte order; as the only port, in network byte order.</summary>
    Port,

    /// <summary>As a verdict, see <see cref="Model.Verdict"/>; as the name of the chain that is jumped to, and a NUL.</summary>
    Chain,
}
