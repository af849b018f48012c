namespace Sharptables.Backends.Nft;

/// <summary><c>enum nft_cmp_ops</c> (linux/netfilter/nf_tables.h).</summary>
internal enum CompareOperator
{
    Equal = 0,

    NotEqual = 1,

    Less = 2,

    LessOrEqual = 3,

    Greater = 4,

    GreaterOrEqual = 5,
}
