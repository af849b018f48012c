using System;

namespace Sharptables.Names;

/// <summary>The names of users and groups.</summary>
public static class Accounts
{
    private static readonly AccountDatabase s_users = new(isGroups: false);
    private static readonly AccountDatabase s_groups = new(isGroups: true);

    /// <summary>What to say of a user that was not found when not all sources could be asked; null when they could.</summary>
    public static string? UserGap => s_users.Gap;

    /// <summary>What to say of a group that was not found when not all sources could be asked; null when they could.</summary>
    public static string? GroupGap => s_groups.Gap;

    /// <summary>The number of a user.</summary>
    public static bool TryGetUserId(ReadOnlySpan<byte> name, out uint id) => TryGetNumber(s_users, name, out id);

    /// <summary>The name of a user; empty when the number has none.</summary>
    public static bool TryGetUserName(uint id, out ReadOnlySpan<byte> name) => TryGetName(s_users, id, out name);

    /// <summary>The number of a group.</summary>
    public static bool TryGetGroupId(ReadOnlySpan<byte> name, out uint id) => TryGetNumber(s_groups, name, out id);

    /// <summary>The name of a group; empty when the number has none.</summary>
    public static bool TryGetGroupName(uint id, out ReadOnlySpan<byte> name) => TryGetName(s_groups, id, out name);

    private static bool TryGetNumber(AccountDatabase accounts, ReadOnlySpan<byte> name, out uint id)
    {
        uint? found = accounts.FindNumber(name);
        id = found ?? 0;
        return found is not null;
    }

    private static bool TryGetName(AccountDatabase accounts, uint id, out ReadOnlySpan<byte> name)
    {
        name = accounts.FindName(id);
        return !name.IsEmpty;
    }
}
