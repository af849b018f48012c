namespace Sharptables.Explain;

/// <summary>Where a packet is sent.</summary>
/// <param name="Way">Which way.</param>
/// <param name="Interface">The interface that it leaves by; empty if it does not leave, or that is not known.</param>
/// <param name="Reason">Why it goes nowhere, in words; or which route it takes, if that is to be shown.</param>
internal sealed record RouteAnswer(RouteWay Way, string Interface = "", string Reason = "");
