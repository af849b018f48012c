namespace Sharptables.Kernel;

/// <summary>An option of a plugin.</summary>
/// <param name="Name">Its long name.</param>
/// <param name="Number">The number that the plugin knows it by.</param>
/// <param name="Argument">Whether a value follows: getopt's <c>no_argument</c>, <c>required_argument</c>, <c>optional_argument</c>.</param>
/// <param name="Type">The kind of value (<c>enum xt_option_type</c>); below zero: the plugin reads it by itself.</param>
internal readonly record struct PluginOptionFacts(string Name, int Number, int Argument, int Type)
{
    public const int OptionalArgument = 2;
}
