using System;
using System.Globalization;
using Sharptables.Formats.Nft;
using Sharptables.Packets;
using Sharptables.Text;

namespace Sharptables.Extensions.Matches;

/// <summary><c>-m time</c>.</summary>
internal sealed class Time : Match<TimeInfo>
{
    private const uint LastMoment = int.MaxValue; // 2038-01-19T03:14:07
    private const uint LastSecond = (24 * 60 * 60) - 1; // XT_TIME_MAX_DAYTIME

    private const uint Nanoseconds = 1_000_000_000; // in a second

    private static readonly TimeOfDay s_timeOfDay = new();
    private static readonly DateAndTime s_date = new();
    private static readonly MonthDays s_monthDays = new();
    private static readonly WeekDays s_weekDays = new();
    private static readonly Switch<TimeInfo> s_kernelZone = Bit((ref i) => ref i.Flags, 1); // XT_TIME_LOCAL_TZ

    // The kernel has no inversion: the other days are stored. None at all can only be written as all inverted.
    private static readonly Switch<TimeInfo> s_otherMonthDays =
        Switch(static (in i) => (i.MonthDays & MonthDays.All) == 0, static (ref i) => i.MonthDays ^= MonthDays.All);

    private static readonly Switch<TimeInfo> s_otherWeekDays =
        Switch(static (in i) => (i.WeekDays & WeekDays.All) == 0, static (ref i) => i.WeekDays ^= WeekDays.All);

    private static readonly Switch<TimeInfo> s_contiguous = Bit((ref i) => ref i.Flags, 2); // XT_TIME_CONTIGUOUS

    /// <inheritdoc/>
    public override bool IsOfTheMoment => true;

    /// <inheritdoc/>
    public override string Name => "time";

    /// <inheritdoc/>
    public override string Summary => "Matches packets that come at certain times, dates, or days of the week or the month.";

    /// <inheritdoc/>
    public override string DependsOn => "the time";

    public Time()
    {
        Option kernelZone = Flag("kerneltz", s_kernelZone, "Dates and times are in the kernel's time zone instead of UTC.");
        Option utc = Flag("utc", Switch(static (in i) => !s_kernelZone.IsSet(i), static (ref _) => { }),
            "Dates and times are in UTC; the default.", shorthand: true, excludes: [kernelZone]);
        Options =
        [
            Option("timestart", s_timeOfDay, (ref i) => ref i.DayStart, "The time of day from which packets match; midnight if not given.",
                when: HasTimeOfDay),
            Option("timestop", s_timeOfDay, (ref i) => ref i.DayStop, "The time of day until which packets match; 23:59:59 if not given.",
                when: HasTimeOfDay),
            Option("monthdays", s_monthDays, (ref i) => ref i.MonthDays, "The days of the month on which packets match, from 1 to 31.",
                absent: MonthDays.All, invert: s_otherMonthDays),
            Option("weekdays", s_weekDays, (ref i) => ref i.WeekDays,
                "The days of the week on which packets match: Mon, Tue, Wed, Thu, Fri, Sat, Sun, or 1 to 7.",
                absent: WeekDays.All, invert: s_otherWeekDays),
            Option("datestart", s_date, (ref i) => ref i.DateStart, "The date and time from which packets match.", absent: 0, helpRank: -1),
            Option("datestop", s_date, (ref i) => ref i.DateStop,
                "The date and time until which packets match; 2038-01-19T03:14:07 if not given.", helpRank: -1),
            kernelZone,
            new LocalZone { Present = s_kernelZone, IsShorthand = true, Excluded = [utc] },
            utc,
            Flag("contiguous", s_contiguous, "A {--timestop} before {--timestart} is on the next day."),
        ];
    }

    /// <inheritdoc/>
    protected override void Begin(ref TimeInfo info)
    {
        info.DateStop = LastMoment;
        info.DayStop = LastSecond;
    }

    /// <inheritdoc/>
    protected override void Finish(ref TimeInfo info, in Given given, RuleInProgress rule)
    {
        if (s_contiguous.IsSet(info) && info.DayStart < info.DayStop)
        {
            throw new UsageException("time: --contiguous only makes sense when stoptime is smaller than starttime");
        }
    }

    /// <summary>Written as a sentence, in another order than saved; UTC is named, the kernel's zone is not.</summary>
    protected override void List(in TimeInfo info, Output output, in Format format)
    {
        output.Write(" TIME"u8);
        if (HasTimeOfDay(info))
        {
            Write(" from ", s_timeOfDay, info.DayStart, output, format);
            Write(" to ", s_timeOfDay, info.DayStop, output, format);
        }

        if (info.WeekDays != WeekDays.All)
        {
            Write(" on ", s_weekDays, info.WeekDays, output, format);
        }

        if (info.MonthDays != MonthDays.All)
        {
            Write(" on ", s_monthDays, info.MonthDays, output, format);
        }

        if (info.DateStart != 0)
        {
            Write(" starting from ", s_date, info.DateStart, output, format);
        }

        if (info.DateStop != LastMoment)
        {
            Write(" until date ", s_date, info.DateStop, output, format);
        }

        output.Write(s_kernelZone.IsSet(info) ? "" : " UTC");
        output.Write(s_contiguous.IsSet(info) ? " contiguous" : "");
    }

    private static bool HasTimeOfDay(in TimeInfo info) => info.DayStart != 0 || info.DayStop != LastSecond;

    private static void Write<T>(string label, Syntax<T> syntax, T value, Output output, in Format format)
        where T : unmanaged
    {
        output.Write(label);
        syntax.Write(value, output, format);
    }

    /// <inheritdoc/>
    protected override bool TryTake(Statement statement, ref TimeInfo info)
    {
        switch (statement)
        {
            case Statement.Asked { Words: "meta hour", Values.Intervals: [var (first, last)] } asked when first < last && last <= LastSecond && !HasTimeOfDay(info):
                (info.DayStart, info.DayStop) = asked.IsInverted ? ((uint)last + 1, (uint)first - 1) : ((uint)first, (uint)last);
                return HasTimeOfDay(info) && info.DayStart <= LastSecond && info.DayStop <= LastSecond;
            case Statement.Asked { Words: "meta time", IsInverted: false } asked when asked.Values.TryBound(64, out UInt128 from, out UInt128 until):
                bool isEndless = until == ulong.MaxValue || until == (UInt128)LastMoment * Nanoseconds; // the latter is how iptables-translate says that
                bool can = (from == 0 || (info.DateStart == 0 && from % Nanoseconds == 0 && from / Nanoseconds <= LastMoment))
                    && (isEndless || (info.DateStop == LastMoment && (until + 1) % Nanoseconds == 0 && until / Nanoseconds < LastMoment));
                info.DateStart = can && from > 0 ? (uint)(from / Nanoseconds) : info.DateStart;
                info.DateStop = can && !isEndless ? (uint)(until / Nanoseconds) : info.DateStop;
                return can;
            case Statement.Asked { Words: "meta day", IsInverted: false, Values.Intervals: { Count: > 0 } days } when info.WeekDays == WeekDays.All:
                int bits = 0;
                foreach ((UInt128 from, UInt128 to) in days)
                {
                    for (UInt128 day = from; day <= to && day < 7; day++)
                    {
                        bits |= 1 << (day == 0 ? 7 : (int)day); // Sunday is the last day of the struct's
                    }
                }

                info.WeekDays = (byte)bits;
                return bits != 0;
            default:
                return false;
        }
    }

    /// <summary>
    /// nft(8) reads dates and times of day in its own time zone, but numbers are as the kernel has them. That counts hours in UTC, whatever its zone is, and
    /// days in its zone.
    /// </summary>
    protected override bool Translate(in TimeInfo info, NftText nft)
    {
        if (!nft.SaysAsOriginal)
        {
            return TranslateInUtc(info, nft);
        }

        if (info.MonthDays != MonthDays.All || info.DateStart > info.DateStop || (info.WeekDays & WeekDays.All) == 0)
        {
            return false;
        }

        if (info.DateStart != 0 || info.DateStop != LastMoment)
        {
            nft.Write($" meta time \"{Date(info.DateStart)}\"-\"{Date(info.DateStop)}\"");
        }

        if (HasTimeOfDay(info))
        {
            nft.Write($" meta hour \"{TimeSpan.FromSeconds(info.DayStart):c}\"-\"{TimeSpan.FromSeconds(info.DayStop):c}\"");
        }

        return info.WeekDays == WeekDays.All || nft.Write($" meta day {WeekDays.NftWords(info.WeekDays)}");

        static string Date(uint seconds) => DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static bool TranslateInUtc(in TimeInfo info, NftText nft)
    {
        bool hasDays = info.WeekDays != WeekDays.All, hasTimes = HasTimeOfDay(info) || info.DateStart != 0 || info.DateStop != LastMoment;
        if (info.MonthDays != MonthDays.All || (info.WeekDays & WeekDays.All) == 0 || (s_contiguous.IsSet(info) && hasDays) || (s_kernelZone.IsSet(info) && hasTimes))
        {
            nft.Why = s_kernelZone.IsSet(info) && hasTimes ? "nft has times of day and dates only in UTC" : null;
            return false;
        }

        nft.Write(info.DateStart == 0 ? "" : $" meta time >= {info.DateStart}");
        nft.Write(info.DateStop == LastMoment ? "" : $" meta time < {info.DateStop + 1ul}");
        if (HasTimeOfDay(info) && info.DayStart != info.DayStop) // the same: always
        {
            bool isOverMidnight = info.DayStart > info.DayStop;
            nft.Write(!isOverMidnight ? $" meta hour {info.DayStart}-{info.DayStop}" : info.DayStart == info.DayStop + 1 ? "" : $" meta hour != {info.DayStop + 1}-{info.DayStart - 1}");
        }

        return !hasDays || nft.Write($" meta day {WeekDays.NftWords(info.WeekDays)}");
    }

    /// <summary>The old name of <c>--kerneltz</c>.</summary>
    private sealed class LocalZone() : Option<TimeInfo>("localtz", "The old name of {--kerneltz}.")
    {
        public override void Parse(in Argument argument, Span<byte> payload)
        {
            argument.Rule.Warn("WARNING: --localtz is being replaced by --kerneltz, since \"local\" is ambiguous. "
                + "Note the kernel timezone has caveats - see manpage for details.");
            base.Parse(argument, payload);
        }
    }

    /// <inheritdoc/>
    public override bool AsksByConditions => false;

    /// <inheritdoc/>
    public override Answer Ask(ReadOnlySpan<byte> payload, Packet packet, out Option? by)
    {
        by = null;
        ref readonly TimeInfo info = ref As(payload);
        return packet.Machine?.Now is not { } now ? Answer.Unknown : info.Has(now) ? Answer.Yes : Answer.No;
    }
}
