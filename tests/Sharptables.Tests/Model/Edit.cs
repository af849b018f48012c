namespace Sharptables.Tests.Model;

/// <summary>
/// One edit of a random sequence. Its numbers choose among what is there when it is carried out, so that any part of a sequence is one.
/// </summary>
internal sealed record Edit(EditKind Kind, int Chain, int Number, int Other);
