using System;
using Sharptables.Formats.Iptables;
using Sharptables.Kernel;
using Sharptables.Manual;
using Sharptables.Model;
using Sharptables.Text;

namespace Sharptables.Programs;

/// <summary><c>sharptables migrate</c>: moves all rules from one of the kernel's interfaces to the other.</summary>
internal static class Migrate
{
    private const int Moved = 0;
    private const int NotMoved = 1;
    private const int WrongUse = 2;
    private const int NotPutBack = 3;

    private static readonly ProgramOption[] s_options =
    [
        new('n', "dry-run", summary: "Changes nothing: only says what it would move, or why it cannot."),
        new('r', "replace", summary: "Replaces rules that the other interface has; without it, they are a reason not to move any."),
        new('j', "json", summary: "Writes what was moved as JSON."),
        new('h', "help", summary: "Shows its usage."),
    ];

    public static ProgramDescription Describe(Family family) => new(
        "sharptables-migrate", "moves all rules from one interface of the kernel to the other", ["[-n] [-r] [-j] {legacy | nft}"], """
        Moves the rules of iptables and ip6tables to the interface that is named: to ip_tables with `legacy`, to nf_tables with `nft`.
        All tables move with their chains, rules, policies and counters; rules that refer to an IP set refer to the set of that name.

        The rules are put in force at their new place first. They are read there again, and only if that gives what iptables-save had
        written of the old ones are those deleted. So at every moment packets meet the rules; for an instant, they meet them twice. If
        anything fails, both interfaces have again what they had before.

        Tables of nf_tables that iptables does not use stay as they are. A rule that was made with nft(8), and that iptables cannot say,
        cannot be moved to ip_tables: then nothing is, and the message names the rule.

        Programs whose names do not say an interface follow the rules, unless a setting or the system's alternative says otherwise;
        see sharptables-doctor(8).
        """)
    {
        Operands = ["legacy|nft"],
        Options = s_options,
        ExitStatus = """
        0
          The rules have been moved, or there are none.

        1
          They cannot be moved. Both interfaces have what they had.

        2
          The options are wrong.

        3
          They cannot be moved, and not everything could be restored: the message tells what.
        """,
        Sections =
        [
            new("JSON", """
                One object with the members `to` (`legacy` or `nft`), `moved` (whether they were, not only would be) and `tables`: a list of objects with `family`
                (`IPv4`, `IPv6`), `table` and `rules`, their number. What cannot be moved is told on standard error, as without it.
                """),
        ],
        Examples =
        [
            new("Shows what would be moved to nf_tables", "sharptables migrate --dry-run nft"),
            new("Moves all rules to nf_tables", "sharptables migrate nft"),
        ],
        SeeAlso = ["iptables(8)", "iptables-save(8)", "sharptables-doctor(8)"],
    };

    public static int Run(Invocation invocation)
    {
        ErrorReport errors = new("sharptables migrate");
        Output output = new(StandardStreams.Output);
        OptionReader reader = new(invocation, s_options);
        bool isDry = false, replaces = false, isJson = false;
        try
        {
            for (char option; (option = reader.Next()) != '\0';)
            {
                if (option == 'h')
                {
                    ProgramHelp.Write(Describe(Family.IPv4), "sharptables migrate", output);
                    output.Flush();
                    return 0;
                }

                isDry |= option == 'n';
                replaces |= option == 'r';
                isJson |= option == 'j';
            }
        }
        catch (OptionException e)
        {
            errors.Print(e);
            return WrongUse;
        }

        KernelInterface? to = reader.Operands is not [byte[] word] ? null : MessageText.Of(word) switch
        {
            "legacy" => KernelInterface.Legacy,
            "nft" => KernelInterface.Nft,
            _ => null,
        };
        if (to is not { } target)
        {
            errors.Message("name the interface that the rules are to move to: legacy or nft");
            return WrongUse;
        }

        OldRules? old = null;
        try
        {
            using XTablesLock held = TableLock.Take();
            if (PendingApply.Find(Family.OfXTables()) is { } pending)
            {
                errors.Line(pending.Error);
                errors.Hint(pending.Hint);
                return NotMoved;
            }

            Migration migration = new(invocation, target, replaces);
            migration.Prepare();
            if (!isDry && migration.HasRules)
            {
                old = OldRules.Take(Family.OfXTables(), only: null);
                migration.Move();
                old.Dispose();
                old = null;
            }

            if (isJson)
            {
                output.Write(migration.Report(isDry));
            }
            else
            {
                output.Write(migration.Summary(isDry));
            }

            output.Flush();
            if (InterfaceChoice.Against(target) is { } warning)
            {
                errors.Line(warning);
            }

            return Moved;
        }
        catch (RestoreException e)
        {
            errors.Print(e);
        }
        catch (UsageException e)
        {
            errors.Print(e);
        }
        catch (Exception e) when (KernelErrors.IsOne(e))
        {
            errors.Message(KernelErrors.Text(e));
        }

        using (old)
        {
            if (old?.PutBack() is not { } failure)
            {
                errors.Message("no rules have been moved");
                return NotMoved;
            }

            errors.Message($"not everything could be restored: {failure}");
            return NotPutBack;
        }
    }
}
