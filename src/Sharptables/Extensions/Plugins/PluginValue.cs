namespace Sharptables.Extensions.Plugins;

/// <summary>A value of a plugin's option.</summary>
/// <param name="type">Its kind (<c>enum xt_option_type</c> of xtables.h); below zero: unknown.</param>
internal sealed class PluginValue(int type) : ValueForm
{
    private static readonly string[] s_placeholders =
    [
        "", "number", "number", "number", "number", "number[:number]", "number[:number]", "number[:number]", "number[:number]", "number",
        "text", "value[/mask]", "value[/mask]", "level", "address", "address[/prefix]", "protocol", "port", "port[:port]", "prefix", "prefix", "mac",
    ];

    /// <inheritdoc/>
    public override string Placeholder => type > 0 && type < s_placeholders.Length ? s_placeholders[type] : "value";
}
