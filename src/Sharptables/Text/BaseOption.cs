namespace Sharptables.Text;

/// <summary>An option of the command line itself, not of an extension.</summary>
/// <param name="Name">Its long name.</param>
/// <param name="Letter">Its letter; <c>'0'</c> and other digits stand for those that have none.</param>
/// <param name="Words">What follows it.</param>
internal readonly record struct BaseOption(string Name, char Letter, BaseOptionWords Words);
