namespace Sharptables.Programs;

/// <summary>Exit statuses of iptables-apply: the original's, except <see cref="NotPutBack"/> and <see cref="Pending"/>.</summary>
internal static class ApplyStatus
{
    public const int Kept = 0;
    public const int WrongUse = 1;
    public const int NoRulesFile = 2;
    public const int NoTables = 3;
    public const int NotApplied = 5;
    public const int NoCommand = 6;
    public const int CommandFailed = 7;
    public const int NotPutBack = 8;
    public const int NotSaved = 9;
    public const int Pending = 10;
    public const int PutBack = 255;
}
